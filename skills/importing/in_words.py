"""A plan as lines of text, for a terminal: by code what is new, changed, withdrawn and kept; the rest is counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from skills.wording import Mark, Piece, difference

from .merging import Merged, Outcome
from .plan import About, Entry, Plan

# As much of what is the same as tells where one is.
CONTEXT = 30  # characters
WHAT_STAYS = {
    Outcome.KEPT: "edited here",
    Outcome.AGREED: "edited here, and the publisher says the same now",
    Outcome.CONFLICT: "edited here, and the publisher has changed it too: ours stays, and it goes on the review list",
    Outcome.WAITING: "edited here, on the review list",
    Outcome.SETTLED: "edited here; the publisher has gone back to its words before, so it leaves the review list",
}
PLURALS: dict[str, str] = {About.SKILL: "skills", About.ATTRIBUTE: "attributes", About.LEVEL: "levels"}
MOST_NAMED = 8


def in_words(plan: Plan) -> Iterator[str]:
    """The lines of a plan. None where there is nothing to change and nothing was edited here."""
    yield from _section("new", plan.new)
    yield from _section("changed", plan.changed, _changes)
    yield from _section("withdrawn", plan.withdrawn)
    yield from _section("kept (edited here)", plan.kept, _kept)
    yield from in_words_beside(plan)
    if plan.unchanged:
        yield f"unchanged: {counted(plan.unchanged)}"


def in_words_beside(plan: Plan) -> Iterator[str]:
    """What the plan does beside skills, attributes and levels, a sentence each."""
    if plan.places.new:
        yield f"new categories and subcategories: {_named(plan.places.new)}"
    if plan.places.renamed:
        yield f"categories and subcategories with another name or place: {len(plan.places.renamed)}"
    if plan.places.kept_names:
        yield f"names that stay as they are here: {', '.join(plan.places.kept_names)}"
    if plan.places.gone:
        yield f"empty now, and deleted: {', '.join(gone.name for gone in plan.places.gone)}"
    if plan.moves:
        yield f"other places in the publisher's order: {len(plan.moves)}"
    if plan.notices:
        yield f"notices that go: {', '.join(plan.notices)}"
    if plan.ends_development:
        yield "no longer in development"
    if plan.makes_current:
        yield "becomes the current edition"


def what_stays(merged: Merged) -> str:
    """Why a text stays as it is here."""
    return WHAT_STAYS[merged.outcome]


def _section(heading: str, entries: list[Entry], details: object = None) -> Iterator[str]:
    if not entries:
        return
    yield f"{heading}: {counted(Counter(entry.about.value for entry in entries))}"
    for entry in entries:
        yield f"  {entry.title}"
        if callable(details):
            yield from (f"    {line}" for line in details(entry))


def _changes(entry: Entry) -> Iterator[str]:
    if entry.withdraws is False:
        yield "no longer withdrawn"
    for merged in entry.changed:
        yield f"{merged.label}: {in_brackets(difference(merged.ours, merged.theirs))}"


def _kept(entry: Entry) -> Iterator[str]:
    if entry.is_deleted_here:
        yield "deleted here; the latest changes in the administration bring it back"
    for merged in entry.kept:
        yield f"{merged.label}: {what_stays(merged)}"


def in_brackets(pieces: Iterable[Piece]) -> str:
    """What differs, as wdiff writes it: "… some [-old-]{+new+} words …"."""
    marks = {Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
    listed = list(pieces)
    last = len(listed) - 1
    shown = (
        marks[piece.mark].format(piece.text)
        if piece.mark in marks
        else _shortened(piece.text, is_first=place == 0, is_last=place == last)
        for place, piece in enumerate(listed)
    )
    return " ".join("".join(shown).replace("-]{+", "-] {+").split())


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * CONTEXT:
        return text
    return ("" if is_first else text[:CONTEXT]) + " … " + ("" if is_last else text[-CONTEXT:])


def counted(counts: Mapping[str, int]) -> str:
    """ "2 skills, 1 level"."""
    return ", ".join(
        f"{counts[about]} {about if counts[about] == 1 else PLURALS[about]}" for about in PLURALS if counts.get(about)
    )


def _named(places: Sequence[str]) -> str:
    """Their names or, of many, those of the first."""
    more = len(places) - MOST_NAMED
    return ", ".join(places[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
