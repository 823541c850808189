"""A plan of an import as its page shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skills.importing.in_words import counted, what_stays
from skills.importing.merging import Outcome
from skills.importing.plan import About, Entry, Plan
from skills.models import Skill
from skills.wording import Piece, difference

# A browser takes its time with more, and nobody reads them.
MOST_SHOWN = 300


@dataclass(frozen=True)
class ShownText:
    """One text of an entry: the words that differ, or why it stays."""

    label: str
    pieces: list[Piece]
    why: str = ""


@dataclass(frozen=True)
class ShownEntry:
    entry: Entry
    texts: list[ShownText]


@dataclass(frozen=True)
class Section:
    """All that is new, changed, withdrawn or kept; `more` are not shown."""

    heading: str
    explanation: str
    count: int
    count_in_words: str
    entries: list[ShownEntry]
    more: int


def sections_of(plan: Plan) -> list[Section]:
    edited = _edited_here(plan.withdrawn[:MOST_SHOWN])
    return [
        _section("New", "They are added.", plan.new, lambda entry: []),
        _section("Changed", "The publisher’s new words are taken.", plan.changed, _changes),
        _section(
            "Withdrawn",
            "The files do not have them. They leave the lists; their pages stay.",
            plan.withdrawn,
            lambda entry: edited.get(entry.pk, []) if entry.about is About.SKILL else [],
        ),
        _section("Kept", "What was edited here stays as it is.", plan.kept, _kept),
    ]


def _section(heading: str, explanation: str, entries: Sequence[Entry], texts_of: Any) -> Section:
    shown = [ShownEntry(entry, texts_of(entry)) for entry in entries[:MOST_SHOWN]]
    in_words = counted(Counter(entry.about.value for entry in entries))
    return Section(heading, explanation, len(entries), in_words, shown, len(entries) - len(shown))


def _edited_here(withdrawn: Sequence[Entry]) -> dict[int | None, list[ShownText]]:
    """What is said of the skills among them that somebody here has edited, by key."""
    keys = [entry.pk for entry in withdrawn if entry.about is About.SKILL and entry.pk]
    found = Skill.objects.edited_here().filter(pk__in=keys).values_list("pk", flat=True) if keys else []
    return {key: [ShownText("", [], "Edited here: the edit stays on its page.")] for key in found}


def _changes(entry: Entry) -> list[ShownText]:
    back = [ShownText("", [], "No longer withdrawn.")] if entry.withdraws is False else []
    return back + [ShownText(merged.label, difference(merged.ours, merged.theirs)) for merged in entry.changed]


def _kept(entry: Entry) -> list[ShownText]:
    deleted = [ShownText("", [], "Deleted here.")] if entry.is_deleted_here else []
    return deleted + [
        ShownText(
            merged.label,
            # What one will be asked about: what the publisher did to its own words.
            difference(merged.last_imported, merged.theirs) if merged.outcome is Outcome.CONFLICT else [],
            f"{what_stays(merged).capitalize()}.",
        )
        for merged in entry.kept
    ]


def summed(plan: Plan) -> str:
    """ "3 new, 5 changed"."""
    counts = {"new": plan.new, "changed": plan.changed, "withdrawn": plan.withdrawn, "kept": plan.kept}
    said = [f"{len(entries)} {name}" for name, entries in counts.items() if entries]
    if plan.conflicts:
        said.append(f"{plan.conflicts} text{'s' if plan.conflicts > 1 else ''} to review")
    return ", ".join(said) or "the order and the categories"
