"""A plan as lines for a terminal."""

import pytest

from skills.importing.in_words import in_brackets, in_words
from skills.importing.merging import Merged, Outcome
from skills.importing.places import Gone, Places, Renamed
from skills.importing.plan import IS_WITHDRAWN, WITHDRAWN, About, Entry, Move, Plan
from skills.models import Category
from skills.wording import Mark, Piece, difference

from .steps import said_edition

NOWHERE = Places(stored={}, stored_categories={}, names={}, names_by_key={}, keys_by_slugs={})


def lines(*entries, **fields):
    """Of an edition that is there already."""
    made = Plan(**{"edition": said_edition(), "edition_pk": 1, "places": NOWHERE, "entries": entries, **fields})
    return list(in_words(made))


def skill(*merged, pk=1, **fields):
    return Entry(About.SKILL, "PROG", "Programming", pk, merged=merged, **fields)


def text(outcome, *, theirs="New words.", ours="Old words."):
    return Merged("guidance_notes", 0, "Guidance notes", "Old words.", theirs, ours, outcome)


def withdrawal(theirs, ours):
    return Merged(IS_WITHDRAWN, 0, "Withdrawal", ours, theirs, ours, Outcome.UPDATED)


def test_of_nothing_to_do_nothing_is_said():
    assert lines() == []


def test_what_is_unchanged_is_counted_by_kind_and_nothing_more():
    assert lines(unchanged={"level": 7, "skill": 1, "attribute": 16}) == ["unchanged: 1 skill, 16 attributes, 7 levels"]


def test_what_is_new_is_named_by_its_code_or_number():
    entries = skill(pk=None), Entry(About.ATTRIBUTE, "AUTO", "Autonomy"), Entry(About.LEVEL, 3, "Apply")
    assert lines(*entries) == [
        "new: 1 skill, 1 attribute, 1 level",
        "  PROG Programming",
        "  AUTO Autonomy",
        "  Level 3 Apply",
    ]


def test_what_changes_is_shown_with_the_words_that_differ():
    assert lines(skill(text(Outcome.UPDATED))) == [
        "changed: 1 skill",
        "  PROG Programming",
        "    Guidance notes: [-Old-] {+New+} words.",
    ]


def test_what_is_withdrawn_is_named():
    assert lines(skill(withdrawal(WITHDRAWN, ""))) == ["withdrawn: 1 skill", "  PROG Programming"]


def test_what_comes_back_is_a_change():
    assert lines(skill(withdrawal("", WITHDRAWN))) == [
        "changed: 1 skill",
        "  PROG Programming",
        "    no longer withdrawn",
    ]


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Outcome.KEPT, "edited here"),
        (Outcome.AGREED, "edited here, and the publisher says the same now"),
        (
            Outcome.CONFLICT,
            "edited here, and the publisher has changed it too: ours stays, and it goes on the review list",
        ),
        (Outcome.WAITING, "edited here, on the review list"),
        (
            Outcome.SETTLED,
            "edited here; the publisher has gone back to its words before, so it leaves the review list",
        ),
    ],
)
def test_what_is_kept_is_said_with_the_reason(outcome, why):
    assert lines(skill(text(outcome))) == [
        "kept (edited here): 1 skill",
        "  PROG Programming",
        f"    Guidance notes: {why}",
    ]


def test_what_was_deleted_here_is_kept_so():
    assert lines(skill(pk=None, is_deleted_here=True)) == [
        "kept (edited here): 1 skill",
        "  PROG Programming",
        "    deleted here; the latest changes in the administration bring it back",
    ]


def test_one_that_is_changed_and_kept_stands_under_both_each_with_its_own():
    name = Merged("name", 0, "Name", "Old", "New", "Old", Outcome.UPDATED)
    assert lines(skill(name, text(Outcome.KEPT))) == [
        "changed: 1 skill",
        "  PROG Programming",
        "    Name: [-Old-] {+New+}",
        "kept (edited here): 1 skill",
        "  PROG Programming",
        "    Guidance notes: edited here",
    ]


def places(**fields):
    return Places(**{**vars(NOWHERE), **fields})


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"places": places(new=("One", "One › Two"))}, "new categories and subcategories: One, One › Two"),
        (
            {"places": places(new=tuple("ABCDEFGHIJ"))},
            "new categories and subcategories: A, B, C, D, E, F, G, H and 2 more",
        ),
        (
            {"places": places(renamed=(Renamed(Category, 1, "One", "One", 2, is_ours=False),))},
            "categories and subcategories with another name or place: 1",
        ),
        (
            {"places": places(kept_names=("Ours (the publisher calls it Theirs now)",))},
            "names that stay as they are here: Ours (the publisher calls it Theirs now)",
        ),
        ({"places": places(gone=(Gone(Category, 1, "One"),))}, "empty now, and deleted: One"),
        ({"moves": (Move(About.SKILL, 1, 2),)}, "other places in the publisher's order: 1"),
        ({"notices": ("Beta", "October")}, "notices that go: Beta, October"),
        ({"ends_development": True}, "no longer in development"),
        ({"makes_current": True}, "becomes the current edition"),
    ],
)
def test_what_it_does_beside_is_a_line_each(fields, line):
    assert lines(**fields) == [line]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Old words.", "New words.", "[-Old-] {+New+} words."),
        ("", "All of it.", "{+All of it.+}"),
        ("All of it.", "", "[-All of it.-]"),
    ],
)
def test_words_that_differ_stand_in_brackets(before, after, shown):
    assert in_brackets(difference(before, after)) == shown


def test_of_much_that_is_the_same_only_what_is_near_is_shown():
    first, middle, last = ("a" * 50 + "b" * 30, "c" * 30 + "d" * 50 + "e" * 30, "f" * 30 + "g" * 50)
    same, added = (lambda text: Piece(Mark.SAME, text)), Piece(Mark.ADDED, "new")
    shown = in_brackets([same(first), added, same(middle), added, same(last)])
    assert shown == f"… {'b' * 30}{{+new+}}{'c' * 30} … {'e' * 30}{{+new+}}{'f' * 30} …"
    assert in_brackets([same("a" * 60), added]) == "a" * 60 + "{+new+}"
