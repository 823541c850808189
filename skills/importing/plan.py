"""What an import would do: new, changed, withdrawn, kept. A plan is compared and shown; nothing is written here."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from skills import document

from .merging import Merged, Outcome
from .places import Places

IS_WITHDRAWN, WITHDRAWN = "is_withdrawn", "withdrawn"


class About(StrEnum):
    """What an entry is about; the value is the name of its model."""

    SKILL = "skill"
    ATTRIBUTE = "attribute"
    LEVEL = "level"


@dataclass(frozen=True)
class Entry:
    """What an import does to one skill, attribute or level; `key` is its code or its number.

    `pk` is None for what is not there yet. `said` is what the files say of it, None where they do not have it.
    """

    about: About
    key: str | int
    name: str
    pk: int | None = None
    said: document.Skill | document.Attribute | document.Level | None = None
    merged: tuple[Merged, ...] = ()
    is_deleted_here: bool = False
    """Somebody here deleted it, and it stays so."""

    @property
    def title(self) -> str:
        """ "PROG Programming", "Level 3 Apply"."""
        code = f"Level {self.key}" if self.about is About.LEVEL else str(self.key)
        return f"{code} {self.name}".strip()

    @property
    def withdraws(self) -> bool | None:
        """The new state of the mark; None where it stays as it is."""
        return next((bool(merged.theirs) for merged in self._updated if merged.part == IS_WITHDRAWN), None)

    @property
    def is_new(self) -> bool:
        return self.pk is None and not self.is_deleted_here

    @property
    def _updated(self) -> list[Merged]:
        return [merged for merged in self.merged if merged.outcome is Outcome.UPDATED]

    @property
    def changed(self) -> list[Merged]:
        """The texts, and the place, that become the publisher's."""
        return [merged for merged in self._updated if merged.part != IS_WITHDRAWN]

    @property
    def kept(self) -> list[Merged]:
        return [merged for merged in self.merged if merged.is_ours]

    @property
    def is_changed(self) -> bool:
        return not self.is_new and (bool(self.changed) or self.withdraws is False)

    @property
    def is_kept(self) -> bool:
        return self.is_deleted_here or bool(self.kept)

    @property
    def writes(self) -> bool:
        return self.is_new or any(merged.writes for merged in self.merged)


@dataclass(frozen=True)
class Move:
    """Another place in the publisher's order."""

    about: About
    pk: int
    position: int


@dataclass(frozen=True)
class Plan:
    """What importing `edition` would do. Of what stays as it is, there is only the number."""

    edition: document.Edition
    edition_pk: int | None
    places: Places
    entries: tuple[Entry, ...] = ()
    moves: tuple[Move, ...] = ()
    unchanged: Mapping[str, int] = field(default_factory=dict)
    """How many are unchanged, by what they are about."""
    notices: tuple[str, ...] = ()
    """Those of an edition in development, which go when it is published."""
    ends_development: bool = False
    makes_current: bool = False

    @property
    def is_empty(self) -> bool:
        return not (
            self.edition_pk is None
            or self.places.writes
            or self.moves
            or self.notices
            or self.ends_development
            or self.makes_current
            or any(entry.writes for entry in self.entries)
        )

    @property
    def new(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_new]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_changed]

    @property
    def withdrawn(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.withdraws]

    @property
    def kept(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_kept]

    @property
    def conflicts(self) -> int:
        """How many texts it would put on the review list."""
        return sum(merged.outcome is Outcome.CONFLICT for entry in self.entries for merged in entry.merged)

    @property
    def mark(self) -> str:
        """The same for two plans that would do the same, and for no others."""
        digest = hashlib.sha256()
        for part in self._parts():
            digest.update(repr(part).encode("utf-8", "surrogatepass") + b"\n")
        return digest.hexdigest()

    def _parts(self) -> Iterator[object]:
        yield self.edition.slug, self.edition_pk, self.places, self.moves, self.notices
        yield self.ends_development, self.makes_current
        yield from self.entries
