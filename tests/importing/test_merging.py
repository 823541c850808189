"""What becomes of a text, told by the publisher's last words, its new ones and ours."""

import pytest

from skills.importing.merging import Outcome, merge, same_line

OLD, NEW, OURS, OTHER = "Old words.", "New words.", "Our words.", "Other words."
SPACED = "Old   words. "


@pytest.mark.parametrize(
    ("last_imported", "theirs", "ours", "outcome"),
    [
        (OLD, OLD, OLD, Outcome.SAME),
        ("", "", "", Outcome.SAME),
        (OLD, SPACED, OLD, Outcome.SAME),
        (OLD, NEW, OLD, Outcome.UPDATED),
        ("", NEW, "", Outcome.UPDATED),
        (OLD, "", OLD, Outcome.UPDATED),
        (OLD, OLD, OURS, Outcome.KEPT),
        (OLD, OLD, "", Outcome.KEPT),
        ("", "", OURS, Outcome.KEPT),
        (OLD, OLD, SPACED, Outcome.KEPT),
        (OLD, SPACED, OURS, Outcome.KEPT),
        (OLD, NEW, NEW, Outcome.AGREED),
        (OLD, "", "", Outcome.AGREED),
        (OLD, NEW, OURS, Outcome.CONFLICT),
        (OLD, NEW, SPACED, Outcome.CONFLICT),
        (OLD, NEW, "", Outcome.CONFLICT),
        (OLD, "", OURS, Outcome.CONFLICT),
        ("", NEW, OURS, Outcome.CONFLICT),
    ],
)
def test_what_only_one_has_changed_is_taken_and_what_both_have_is_asked(last_imported, theirs, ours, outcome):
    assert merge(last_imported, theirs, ours, None, same_line) is outcome


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome"),
    [
        (NEW, OURS, Outcome.WAITING),
        ("New  words.", OURS, Outcome.WAITING),
        # Ours was changed by hand meanwhile: still nobody has decided.
        (NEW, NEW, Outcome.WAITING),
        (NEW, OLD, Outcome.WAITING),
        (OLD, OURS, Outcome.SETTLED),
        (OTHER, OURS, Outcome.CONFLICT),
        (OTHER, OTHER, Outcome.AGREED),
        (OTHER, OLD, Outcome.UPDATED),
    ],
)
def test_an_open_question_waits_until_the_publisher_says_something_new(theirs, ours, outcome):
    assert merge(OLD, theirs, ours, NEW, same_line) is outcome
