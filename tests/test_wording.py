from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from skills.wording import MOST_SENTENCES, MOST_WORDS, Mark, Piece, difference

BRACKETS = {Mark.SAME: ("", ""), Mark.REMOVED: ("[-", "-]"), Mark.ADDED: ("{+", "+}")}
UNITS = [
    *("the ", "of ", "and ", "plans ", "leads ", "work", "others", "Übung ", "e\u0301 ", "\u0301", "👩‍👩‍👧 "),
    *(
        ".",
        ". ",
        "! ",
        ": ",
        "; ",
        ", ",
        "e.g. ",
        '." ',
        "**",
        "* ",
        "[",
        "](",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        "\u2028",
    ),
]
built_texts = st.lists(st.sampled_from(UNITS), max_size=60).map("".join)
any_texts = built_texts | st.text()
many_examples = hypothesis_settings(max_examples=300, deadline=None)

HERDING = (
    "Walks at the flank of the herd, holds the gate and keeps the rope from fouling, as the herder directs. "
    "Reports a cloud that darkens, lags or turns.\n\n"
    "Learns the whistles, the everyday names, and the distance to keep from a cumulus in the afternoon."
)


def shown(before: str, after: str) -> str:
    """The pieces on one line: [-removed-] and {+added+}."""
    return "".join(piece.text.join(BRACKETS[piece.mark]) for piece in difference(before, after))


def joined(pieces: list[Piece], *marks: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark in marks)


def assert_both_are_rebuilt(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert joined(pieces, Mark.SAME, Mark.REMOVED) == before
    assert joined(pieces, Mark.SAME, Mark.ADDED) == after


@given(any_texts, any_texts)
@many_examples
def test_both_texts_are_in_the_pieces_to_the_letter_in_either_direction(one, other):
    assert_both_are_rebuilt(one, other)
    assert_both_are_rebuilt(other, one)


@given(any_texts, any_texts)
@many_examples
def test_no_piece_is_empty_and_no_neighbours_have_the_same_mark(before, after):
    pieces = difference(before, after)
    assert all(piece.text for piece in pieces)
    assert all(piece.mark != following.mark for piece, following in pairwise(pieces))


@given(any_texts, any_texts)
@many_examples
def test_what_was_removed_stands_before_what_took_its_place(before, after):
    marks = [piece.mark for piece in difference(before, after)]
    assert (Mark.ADDED, Mark.REMOVED) not in pairwise(marks)


@given(any_texts)
@many_examples
def test_a_text_that_has_not_changed_is_one_piece(text):
    assert difference(text, text) == ([Piece(Mark.SAME, text)] if text else [])


def test_a_text_where_there_was_none_is_added_as_a_whole():
    assert difference("", HERDING) == [Piece(Mark.ADDED, HERDING)]
    assert difference(HERDING, "") == [Piece(Mark.REMOVED, HERDING)]


def test_one_word_changed_in_a_long_text_is_all_that_is_marked():
    before, after = HERDING.split("flank")
    assert shown(HERDING, HERDING.replace("flank", "side")) == f"{before}[-flank-]{{+side+}}{after}"


def test_several_words_changed_are_marked_one_by_one():
    assert shown(
        "Holds the gate open for the herd and keeps the rope of the bell from fouling.",
        "Keeps the gate open for the herd and frees the rope of the bell from knots.",
    ) == (
        "[-Holds-]{+Keeps+} the gate open for the herd and [-keeps-]{+frees+} the rope of the bell from "
        "[-fouling-]{+knots+}."
    )


def test_a_comma_does_not_change_the_word_before_it():
    assert shown("Plans and monitors work.", "Plans, and monitors, work.") == "Plans{+,+} and monitors{+,+} work."


@pytest.mark.parametrize(
    ("before", "after", "difference_shown"),
    [
        ("One is here. Three too.", "One is here. Two as well. Three too.", "One is here. {+Two as well. +}Three too."),
        ("One is here.", "One is here. Two as well.", "One is here.{+ Two as well.+}"),
        ("* One\n* Three\n", "* One\n* Two\n* Three\n", "* One\n{+* Two\n+}* Three\n"),
        ("Two, too: one.", "First (second). Two, too: one.", "{+First (second). +}Two, too: one."),
    ],
)
def test_a_sentence_inserted_leaves_the_others_unmarked(before, after, difference_shown):
    assert shown(before, after) == difference_shown


def test_of_two_paragraphs_that_change_places_the_longer_stays_and_the_other_moves():
    one, other = "Plans the work of a crew. Leads others.", "Knows the whistles, all of them."
    assert shown(f"{one}\n\n{other}", f"{other}\n\n{one}") == f"{{+{other}\n\n+}}{one}[-\n\n{other}-]"


def test_a_sentence_wholly_rewritten_is_replaced_as_a_whole():
    before = "Looks after the tail of the herd and keeps up the slower of the clouds by voice."
    after = "Chooses the lane by the slope of the land and the promise of rain."
    assert shown(f"Same. {before} Same.", f"Same. {after} Same.") == f"Same. [-{before}-]{{+{after}+}} Same."


def test_a_sentence_is_compared_with_the_one_that_it_is_most_like():
    assert shown(
        "Plans the work of a team. Keeps records.",
        "Knows every whistle by heart. Plans the work of a crew. Keeps records.",
    ) == ("{+Knows every whistle by heart. +}Plans the work of a [-team-]{+crew+}. Keeps records.")


@pytest.mark.parametrize("end", ['."', "!”", "?)", ":**", ";_", ".’)"])
def test_a_mark_that_closes_may_stand_behind_the_end_of_a_sentence(end):
    added = f"Gives the word to turn back early enough{end} "
    assert shown("Leads others.", f"{added}Leads others.") == f"{{+{added}+}}Leads others."


def test_a_few_words_between_two_that_changed_are_part_of_the_phrase():
    assert shown("Manages the planning of services.", "Directs the design of services.") == (
        "[-Manages the planning-]{+Directs the design+} of services."
    )


def test_a_few_words_between_two_that_were_added_stay_as_they_are():
    assert shown("Sets the plan for others.", "Boldly sets the grand plan for all others.") == (
        "[-Sets-]{+Boldly sets+} the {+grand +}plan for {+all +}others."
    )


def test_of_two_equal_words_the_one_beside_equal_words_stays():
    assert shown("Finds the design of the system too complex.", "Finds at last the system too simple.") == (
        "Finds [-the design of-]{+at last+} the system too [-complex-]{+simple+}."
    )


def test_of_words_that_change_places_the_longer_stay():
    assert shown("Plans for us deliveries daily.", "Plans deliveries for us daily.") == (
        "Plans [-for us -]deliveries {+for us +}daily."
    )


@pytest.mark.parametrize(
    ("before", "after", "difference_shown"),
    [
        ("one two\nthree", "one two\n\nthree", "one two{+\n+}\nthree"),
        ("one  two three", "one two three", "one[- -] two three"),
        ("* one\r\n* two\r\n", "* one\n* two\n", "* one[-\r-]\n* two[-\r-]\n"),
        ("one", " one", "{+ +}one"),
        ("one", "one\n", "one{+\n+}"),
    ],
)
def test_where_only_white_space_changed_no_word_is_marked(before, after, difference_shown):
    assert shown(before, after) == difference_shown


@pytest.mark.parametrize(("before", "after"), [("cafe", "cafe\u0301"), ("👩\u200d👧", "👩\u200d👩\u200d👧")])
def test_a_character_made_of_several_is_not_taken_apart(before, after):
    assert shown(f"Meets the {before} at noon.", f"Meets the {after} at noon.") == (
        f"Meets the [-{before}-]{{+{after}+}} at noon."
    )


def test_too_many_words_to_compare_differ_between_their_common_beginning_and_end():
    def text(word: str, *, count: int) -> str:
        return f"Begins {f'{word} same ' * count}ends."

    half = MOST_WORDS // 2
    assert len(difference(text("old", count=half), text("new", count=half))) > 3
    assert shown(text("old", count=half + 1), text("new", count=half + 1)) == (
        f"Begins [-{text('old', count=half + 1)[7:-11]}-]{{+{text('new', count=half + 1)[7:-11]}+}} same ends."
    )


def test_too_many_sentences_to_compare_differ_between_their_common_beginning_and_end():
    def text(word: str, *, count: int) -> str:
        return f"Begins. {f'{word}. Same. ' * count}Ends."

    half = MOST_SENTENCES // 2
    assert len(difference(text("Old", count=half), text("New", count=half))) > 3
    assert shown(text("Old", count=half + 1), text("New", count=half + 1)) == (
        f"Begins. [-{text('Old', count=half + 1)[8:-12]}-]{{+{text('New', count=half + 1)[8:-12]}+}} Same. Ends."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a. " * 3333, "b. a. " * 1666),
        ("a b " * 2500, "b a c " * 1666),
        (" " * 10_000, " " * 9_999 + "a"),
        ("\n" * 10_000, "\n " * 5_000),
        ("a\r\n" * 3333, "a\n" * 5_000),
        ("." * 10_000, ".," * 5_000),
        ('"' * 10_000, '." ' * 3333),
        ("a" * 10_000, "b" * 10_000),
        ("👩‍👩‍👧" * 2_000, "👩‍👧 " * 2_500),
        ("e\u0301" * 5_000, "\u0301e " * 3333),
        ((",(" * 49 + ".\n") * 100, (",((" * 33 + ".\n") * 99),
        (("a b c d e f g h " * 25 + ".\n") * 24, "a b.\n" * 2_000),
    ],
)
def test_the_longest_and_oddest_texts_have_an_answer(before, after):
    """Comparing them without a bound takes minutes, which nobody would wait for to end."""
    assert_both_are_rebuilt(before, after)
    assert_both_are_rebuilt(after, before)
