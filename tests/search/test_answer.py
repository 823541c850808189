"""A question in, ranked skills out: the same questions and answers on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skills.models import Skill
from skills.models.revision import one_revision
from skills.search.answer import MOST_FOUND, answer
from tests.attacks import attacks
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_search_term,
    make_skill,
)

from .steps import skill_with

pytestmark = pytest.mark.django_db


# Matching


@pytest.mark.parametrize(
    "text", ["analyse", "analysing", "ANALYSED", "analyzed", "cafe", "CAFÉ", "cafe\u0301", "organizations", "organ"]
)
def test_stems_accents_and_spelling_do_not_matter_and_the_last_word_may_be_begun(edition, ask, text):
    skill_with(edition, "AAAA", level_2="Analyses cafés for the organisation.")
    assert ask(text) == ["AAAA"]


@pytest.mark.parametrize("text", ["½", "12", "㈠", "一", "M²", "m2", '"½ m²"', "ŉ", "ﷺ", "日本語"])
def test_a_character_that_stands_for_several_is_found(edition, ask, text):
    skill_with(edition, "AAAA", level_2="Cuts ½ m² ㈠ in ŉ ﷺ of 日本語.")
    assert ask(text) == ["AAAA"]


def test_only_the_last_word_may_be_begun(edition, ask):
    skill_with(edition, "AAAA", overall_description="Moulding and casting.")
    assert ask("casting mou") == ["AAAA"]
    assert ask("mou xyzzy") == []


def test_a_phrase_in_quotes_stands_in_one_text(edition, ask):
    skill_with(edition, "AAAA", level_1="Keeps the service desk open.")
    skill_with(edition, "BBBB", level_1="Keeps the desk for service.")
    skill_with(
        edition, "CCCC", overall_description="A service.", guidance_notes="Desk.", level_1="Service", level_2="Desk"
    )
    assert ask('"service desk"') == ["AAAA"]
    assert ask('"service desks" open') == ["AAAA"]
    assert set(ask("service desk")) == {"AAAA", "BBBB", "CCCC"}


def test_a_phrase_in_quotes_may_be_a_search_term(edition, ask):
    skill_with(edition, "PROD")
    make_search_term(words="product owner", codes="PROD")
    assert ask('"product owner"') == ["PROD"]


def test_every_part_is_looked_through(edition, ask):
    parts = {"overall_description": "kelp", "guidance_notes": "kelp", "level_1": "kelp", "level_7": "kelp"}
    for number, (part, word) in enumerate(parts.items()):
        skill_with(edition, code_for(number), **{"overall_description": "So.", part: word})
    make_attribute(edition=edition, code="AUTO", guidance_notes="Kelp.")
    assert set(ask("kelp")) == {code_for(number) for number in range(4)} | {"AUTO"}


def test_another_editions_texts_answer_nothing(edition, ask):
    skill_with(make_edition(slug="8", is_current=False), "AAAA", name="Moulding")
    assert ask("moulding") == []


# Typing errors


@pytest.mark.parametrize("text", ["programing langauge", "Progamming", "prgramming", "programmming", "rpogramming"])
def test_a_typing_error_in_the_name_of_a_skill_is_forgiven(edition, text):
    skill_with(edition, "PROG", name="Programming language")
    answered = answer(edition, text)
    assert [one.document.code for one in answered.found] == ["PROG"]


def test_what_was_looked_for_in_its_place_is_said(edition):
    skill_with(edition, "PROG", name="Programming")
    make_search_term(words="kubernetes", codes="PROG")
    assert answer(edition, "kuberntes").meant == {"kuberntes": "kubernetes"}
    assert answer(edition, "kubernetes").meant == {}
    assert answer(edition, "xyzzy").meant == {}


def test_a_word_that_a_text_holds_is_no_typing_error(edition, ask):
    skill_with(edition, "CAST", name="Casting")
    skill_with(edition, "FAST", level_1="Fasting.")
    assert ask("fasting") == ["FAST"]


# Any input at all


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\x00", '"', '""', "'", "''", "*", "%", "_", "\\", "a*", "-a", "^a", "a:b", "name:a", "(", ")"),
        *("NEAR(a b)", "a AND", "OR", "NOT a", "a & b", "a | !b", "a <-> b", ":*", "'a':*", "{name}: a", "🙂", "🙂 a"),
        *(
            "a" * 10_000,
            "a " * 5_000,
            '"' * 9_999,
            '"a" ' * 2_500,
            "日本語",
            "\ud800",
            "\u202eabc",
            "ﷺ",
            "½ ² ㈠",
            "İ ß ﬁ",
        ),
        *(
            "x' OR 1=1 --",
            "'; DROP TABLE skills_skill; --",
            "<script>alert(1)</script>",
            "{{ 7 }}",
            "%s %(a)s",
            "\n\r\t",
        ),
    ],
)
def test_any_input_gets_an_answer(edition, text):
    make_skill(edition=edition, name="A name", defined_at=(1,))
    make_search_term(words="abc", codes="ABCD")
    assert answer(edition, text).found is not None


def test_naughty_strings_get_an_answer(edition):
    make_skill(edition=edition, name="A name", defined_at=(1,))
    for text in attacks():
        assert answer(edition, text).found is not None


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80))
def test_whatever_somebody_types_gets_an_answer(edition, text):
    if not Skill.objects.exists():
        make_skill(edition=edition, name="A name", defined_at=(1,))
    assert answer(edition, text).found is not None


# How much


def test_of_very_much_the_best_are_found(edition, ask):
    with one_revision():
        for number in range(MOST_FOUND + 5):
            skill_with(edition, code_for(number), overall_description="Moulding.")
        skill_with(edition, "ZZZY", overall_description="Moulding and casting.")
        skill_with(edition, "ZZZZ", name="Moulding")
    answered = answer(edition, "moulding casting")
    codes = [one.document.code for one in answered.found]
    assert codes[:2] == ["ZZZY", "ZZZZ"]
    assert (len(codes), answered.is_cut) == (MOST_FOUND, True)
    assert ask("moulding")[0] == "ZZZZ"


def test_what_terms_add_to_very_much_is_cut_too(edition):
    with one_revision():
        for number in range(MOST_FOUND):
            skill_with(edition, code_for(number), overall_description="Moulding.")
    assert not answer(edition, "moulding").is_cut
    skill_with(edition, "ZZZZ")
    make_search_term(words="moulding", codes="ZZZZ")
    answered = answer(edition, "moulding")
    assert (len(answered.found), answered.is_cut) == (MOST_FOUND, True)


def test_a_question_takes_the_same_queries_however_much_there_is(edition, django_assert_max_num_queries):
    make_search_term(words="moulding", codes=" ".join(code_for(number) for number in range(5)))
    for number in range(25):
        skill_with(edition, code_for(number), overall_description="Moulding.")
    with django_assert_max_num_queries(4):
        assert len(answer(edition, "moulding").found) == 25
