"""A text in words as search compares them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skills.search.words import WORD, fold, folded, key, stem, stems, words_of


@pytest.mark.parametrize(
    "same",
    [
        "manage managing managed manages management",
        "test TEST Testing",
        "café CAFÉ cafe\u0301 cafe",
        "naïve naive",
        "organisation organization organisations ORGANISING",
        "programme program programs",
        "programming programmer programmers",
        "behaviour behavior behaviours",
        "centre center",
        "modelling modeling modelled",
        "catalogue catalog",
        "analyse analyze analysing analyzing",
        "licence license",
        "supervise supervision",
        "organisation's organisation’s organisation",
        "KPIs kpi KPI",
        "mgmt management",
    ],
)
def test_these_are_one_word(same):
    assert len({stem(word) for word in same.split()}) == 1


@pytest.mark.parametrize(
    "different",
    ["programme programming", "test tester", "bias bia", "hour her", "four for", "sell sele", "c c++ c#", "art arc"],
)
def test_these_are_not(different):
    words = different.split()
    assert len({stem(word) for word in words}) == len(words)


def test_words_are_told_apart_at_what_is_no_letter():
    assert folded("CI/CD, e-learning: user_name (don't!)") == ["ci", "cd", "e", "learning", "user", "name", "dont"]
    assert folded("C++ C# .NET ASP.NET F#") == ["cplusplus", "csharp", "dotnet", "asp", "net", "fsharp"]


@pytest.mark.parametrize("phrase", ["help desk", "Help-Desk", "helpdesk", "help desks", "HELPDESKS"])
def test_a_phrase_has_one_key_however_it_is_written(phrase):
    assert key(folded(phrase)) == "helpdesk"


def test_the_ending_of_the_last_word_alone_does_not_matter():
    assert key(folded("service design")) == key(folded("service designing"))
    assert key(folded("testing manager")) != key(folded("tester manager"))


@given(st.text(max_size=200))
def test_any_text_has_words_of_which_the_stems_hold_no_space(text):
    assert stems(text).split() == [part for word in words_of(text) for part in stem(word).split()]
    assert all(word in text and fold(word) for word in words_of(text))


@pytest.mark.parametrize(
    ("word", "expected"), [("½", "12"), ("㈠", "一"), ("⒈", "1"), ("m²", "m2"), ("ﬁt", "fit"), ("É#", "esharp")]
)
def test_of_a_character_that_stands_for_several_the_letters_and_digits_count(word, expected):
    assert fold(word) == stem(word) == expected


@given(st.text())
@example("ﷺ ½ ㈠ ŉ İ ΐ")
def test_a_stem_holds_letters_and_digits_alone(text):
    assert all(stem(word).isalnum() for word in words_of(text))


@given(st.text(max_size=80))
def test_what_is_folded_stays_when_it_is_folded_again(text):
    for word in folded(text):
        assert [fold(part) for part in WORD.findall(word)] in ([word], WORD.findall(word))


def test_a_very_long_word_is_read_in_part():
    assert len(fold("a" * 10_000)) == 60
