"""What somebody asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skills.search.question import LONGEST, MOST_WORDS, Sought, parsed


def sought(text: str) -> list[str]:
    """What is looked for, with "*" where words that begin so count too."""
    return [" ".join(one.stems) + "*" * one.is_open for one in parsed(text).sought]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("software testing", ["softwar", "test*"]),
        ("the design of the software", ["design", "softwar*"]),
        ("to be or not to be", ["to", "be*", "or", "not"]),
        ('"service desk" tools', ["servic desk", "tool*"]),
        ('"service desk"', ["servic desk"]),
        ("“service desk”", ["servic desk"]),
        ('service "desk', ["servic", "desk*"]),
        ('service desk"', ["servic", "desk"]),
        ("test testing tests", ["test*"]),
        ("testing this", ["test"]),
    ],
)
def test_words_that_say_something_and_phrases_are_looked_for(text, expected):
    assert sorted(sought(text)) == sorted(expected)


def test_what_is_no_text_and_white_space_to_spare_are_passed_over():
    assert parsed(" \x00 risk\t\n\u200b  audit \ue000").text == "risk audit"


@pytest.mark.parametrize("text", ["", " ", "\x00", '"', '""', "🙂", "-- * ( ) :", "\u0301", "\uff9f"])
def test_there_may_be_nothing_to_look_for(text):
    question = parsed(text)
    assert (question.words, question.sought, question.code) == ((), (), "")


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("ITMG", "ITMG", None),
        ("itmg", "ITMG", None),
        (" itmg ", "ITMG", None),
        ("itmg5", "ITMG", 5),
        ("ITMG 5", "ITMG", 5),
        ("ITMG-5", "ITMG", 5),
        ("ITMG/5", "ITMG", 5),
        ("ITMG level 5", "ITMG", 5),
        ("itmg L5", "ITMG", 5),
        ("ITMG8", "", None),
        ("ITMG 55", "", None),
        ("ITM5", "", None),
        ("ITMGS", "", None),
        ("ITMG PROG", "", None),
        ("ÏTMG", "", None),
    ],
)
def test_a_code_and_a_level_are_known_in_the_ways_in_which_people_write_them(text, code, number):
    question = parsed(text)
    assert (question.code, question.number) == (code, number)


@pytest.mark.parametrize(
    ("text", "plainly"),
    [("TEST", True), ("TEST 5", True), ("test5", True), ("test", False), ("Test", False), ("test 5", False)],
)
def test_capitals_and_a_number_close_by_make_a_code(text, plainly):
    assert parsed(text).is_written_as_code is plainly


def test_only_words_in_capitals_are_codes_within_a_question():
    assert parsed("ITMG or PROG, not TEST1 and itop XTESTX").codes == ["ITMG", "PROG"]


def test_what_is_too_long_is_read_in_part_and_says_so():
    many = parsed(" ".join(f"word{number}" for number in range(MOST_WORDS + 1)))
    assert (len(many.words), many.is_cut) == (MOST_WORDS, True)
    assert not many.is_open
    assert not any(one.is_open for one in many.sought)
    assert parsed("a " * 10_000).is_cut
    assert parsed(f"{'a' * LONGEST}b").is_cut
    assert parsed(f"{'long' * 50} " * 3).is_cut
    assert parsed(f"{'long' * 50} " * 3).with_words({"xyzzy": "x"}).is_cut
    assert len(parsed("a" * 10_000).text) == LONGEST
    assert not parsed("How does one test software?").is_cut


@pytest.mark.parametrize(
    "text", [f"risk{' ' * 1000}", f"{' ' * 1000}risk", f"risk{'!' * 1000}", "risk" + "\x00" * 1000]
)
def test_what_is_only_padded_is_read_to_its_end(text):
    question = parsed(text)
    assert (question.words, question.is_cut, question.is_open) == (("risk",), False, True)


def test_the_longest_phrase_holds_the_shorter_ones():
    question = parsed("senior product owner")
    phrases = {phrase.key: phrase for phrase in question.phrases()}
    assert set(phrases) == {"senior", "product", "owner", "seniorproduct", "productowner", "seniorproductowner"}
    assert phrases["owner"].is_within(phrases["productowner"])
    assert not phrases["productowner"].is_within(phrases["owner"])
    assert not phrases["senior"].is_within(phrases["productowner"])


def test_a_phrase_weighs_by_the_words_that_say_something():
    question = parsed("the product owner of a team")
    shares = {phrase.key: question.share_of(phrase) for phrase in question.phrases()}
    assert shares["productowner"] == shares["theproductowner"] == 2 / 3


def test_no_phrase_weighs_more_than_the_whole_question():
    question = parsed("which of the tools")
    assert max(map(question.share_of, question.phrases())) == 1


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("testing for", ["testingfor"]),
        ("product own", ["productown", "own"]),
        ("the end of the", ["endofthe"]),
        ("for", ["for"]),
        ("the who", ["thewho"]),
    ],
)
def test_words_that_say_nothing_begin_no_term_by_themselves(text, beginnings):
    assert [ending.key for ending in parsed(text).endings()] == beginnings


def test_words_are_put_in_place_of_others():
    question = parsed('Programing "in Pythn"').with_words({"programing": "programming", "pythn": "python"})
    assert question.text == 'programming "in python"'


@given(st.text(max_size=600))
def test_any_text_is_a_question(text):
    question = parsed(text)
    assert len(question.words) <= MOST_WORDS
    assert bool(question.words) == bool(question.sought)
    assert all(isinstance(one, Sought) and one.stems and all(one.stems) for one in question.sought)
