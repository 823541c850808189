"""Three texts become one: what the publisher said last, what the publisher says now, and what stands here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Same = Callable[[str, str], bool]


class Outcome(StrEnum):
    SAME = "same"
    """Neither has changed anything."""
    UPDATED = "updated"
    """Only the publisher has: theirs is taken."""
    KEPT = "kept"
    """Only we have: ours stays."""
    AGREED = "agreed"
    """Both have, and say the same now."""
    CONFLICT = "conflict"
    """Both have: ours stays and the three texts go on the review list."""
    WAITING = "waiting"
    """They are on it already, and the publisher says nothing new."""
    SETTLED = "settled"
    """They were on it, and the publisher has gone back to what it said before: ours stays."""


@dataclass(frozen=True)
class Merged:
    """What becomes of one text. A level that is not defined has the description ""."""

    part: str
    number: int
    """The level of a description; 0 for anything else."""
    label: str
    last_imported: str
    theirs: str
    ours: str
    outcome: Outcome

    @property
    def writes(self) -> bool:
        return self.outcome not in (Outcome.SAME, Outcome.KEPT, Outcome.WAITING)

    @property
    def moves_the_base(self) -> bool:
        """Whether theirs becomes the publisher's last word, against which the next import is compared."""
        return self.outcome in (Outcome.UPDATED, Outcome.AGREED)

    @property
    def is_ours(self) -> bool:
        """Whether what somebody did here stays."""
        return self.outcome not in (Outcome.SAME, Outcome.UPDATED)


def merge(last_imported: str, theirs: str, ours: str, waiting: str | None, same: Same) -> Outcome:
    """What becomes of a text; `waiting` is what the review list holds as newly imported, None where it holds nothing.

    `same` says whether two of the publisher's texts are one: they may differ in white space. What somebody did here
    counts to the letter.
    """
    if waiting is not None and same(theirs, waiting):
        return Outcome.WAITING
    if same(theirs, last_imported):
        if waiting is not None:
            return Outcome.SETTLED
        return Outcome.SAME if ours == last_imported else Outcome.KEPT
    if ours == last_imported:
        return Outcome.UPDATED
    return Outcome.AGREED if same(theirs, ours) else Outcome.CONFLICT


def same_line(text: str, other: str) -> bool:
    return text.split() == other.split()
