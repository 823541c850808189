"""Comparing what the publisher's files say with what the database holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, count, islice, pairwise, takewhile
from typing import Any, TypeVar

from skills import document, prose
from skills.models import Attribute, Conflict, Edition, Level, Notice, Skill
from skills.models.level import NUMBERS
from skills.models.recorded import RecordedModel

from .merging import Merged, Outcome, merge, same_line
from .places import Places, emptied, plan_places
from .plan import IS_WITHDRAWN, WITHDRAWN, About, Entry, Move, Plan

# How many are held in memory at a time, with their texts.
BATCH = 500
MODELS: dict[About, Any] = {About.SKILL: Skill, About.ATTRIBUTE: Attribute}
MARKDOWN = ("overall_description", "guidance_notes")
LABELS = {
    "name": "Name",
    "overall_description": "Overall description",
    "guidance_notes": "Guidance notes",
    "guiding_phrase": "Guiding phrase",
    "essence": "Essence",
}
Asked = dict[tuple[str, int], str]
"""What the review list holds as newly imported, by part and level."""
T = TypeVar("T")


def plan_import(edition: document.Edition, *, makes_current: bool = False) -> Plan:
    """What importing the edition would do to the database as it is now."""
    stored = Edition.objects.filter(slug=edition.slug).first()
    places = plan_places(stored, edition.categories)
    plan = _Planning(edition, stored, places)
    plan.compare_coded(About.SKILL, edition.skills)
    plan.compare_coded(About.ATTRIBUTE, edition.attributes)
    plan.compare_levels()
    is_first = edition.skills is not None and not (stored and stored.imports.filter(skill_count__gt=0).exists())
    return Plan(
        edition=edition,
        edition_pk=stored.pk if stored else None,
        places=plan.places_after(),
        entries=tuple(plan.entries),
        moves=tuple(plan.moves),
        unchanged=dict(plan.unchanged),
        notices=_notices_that_go(stored) if is_first else (),
        ends_development=bool(is_first and stored and stored.in_development),
        makes_current=makes_current and not (stored and stored.is_current),
    )


def _notices_that_go(edition: Edition | None) -> tuple[str, ...]:
    """The publisher's own, of the time before it published; one that was written or changed here stays."""
    notices = Notice.objects.filter(edition=edition) if edition else ()
    return tuple(found.notice for found in notices if found.notice == found.published_notice)


class _Planning:
    """What has been found so far, while batch after batch is compared."""

    def __init__(self, edition: document.Edition, stored: Edition | None, places: Places) -> None:
        self.edition = edition
        self.stored = stored
        self.places = places
        self.entries: list[Entry] = []
        self.moves: list[Move] = []
        self.unchanged: Counter[str] = Counter()

    def add(self, entry: Entry) -> None:
        """What stays the same is left out."""
        merged = tuple(merged for merged in entry.merged if merged.outcome is not Outcome.SAME)
        entry = replace(entry, merged=merged)
        if entry.writes or entry.is_kept:
            self.entries.append(entry)
        else:
            self.unchanged[entry.about.value] += 1

    def compare_levels(self) -> None:
        stored = (
            {level.number: level for level in self.stored.levels.prefetch_related("conflicts")} if self.stored else {}
        )
        wanted = self.edition.levels or ()
        deleted = _levels_deleted_here(self.stored, {said.number for said in wanted} - stored.keys())
        for said in wanted:
            level = stored.get(said.number)
            if level is None:
                is_deleted, name = said.number in deleted, said.guiding_phrase or ""
                self.add(Entry(About.LEVEL, said.number, name, said=said, is_deleted_here=is_deleted))
                continue
            merged = _merged_texts(said, level, ("guiding_phrase", "essence"), _asked(level))
            self.add(Entry(About.LEVEL, said.number, level.guiding_phrase, level.pk, said, tuple(merged)))

    def compare_coded(self, about: About, said: Sequence[Any] | None) -> None:
        """Skills or attributes; nothing where the files do not speak of them."""
        if said is None:
            return
        seen: set[int] = set()
        codes = {wanted.code for wanted in said}
        positions = self.positions_of(about, said)
        for batch in batches(said, BATCH):
            found = _stored(MODELS[about], self.stored, [wanted.code for wanted in batch], codes) if self.stored else {}
            for wanted in batch:
                self.compare(about, replace(wanted, position=positions[wanted.code]), found.get(wanted.code))
            seen.update(stored.pk for stored in found.values() if stored.pk)
        self.withdraw(about, seen)

    def positions_of(self, about: About, said: Sequence[Any]) -> dict[str, int]:
        """Where each will stand. Those that stand in the publisher's order already stay where they are, whatever has
        gone from between them."""
        stored = _positions(MODELS[about], self.stored, [wanted.code for wanted in said]) if self.stored else {}
        here = [stored[wanted.code] for wanted in takewhile(lambda wanted: wanted.code in stored, said)]
        added = said[len(here) :]
        if any(wanted.code in stored for wanted in added) or any(one >= other for one, other in pairwise(here)):
            return {wanted.code: wanted.position for wanted in said}
        places = chain(here, count(max(stored.values(), default=0) + 1))
        return {wanted.code: place for wanted, place in zip(said, places, strict=False)}

    def compare(self, about: About, said: Any, stored: Any | None) -> None:
        if stored is None:
            self.add(Entry(about, said.code, said.name, said=said))
        elif stored.pk is None:
            self.add(Entry(about, said.code, said.name, said=said, is_deleted_here=True))
        else:
            self.add(Entry(about, said.code, stored.name, stored.pk, said, tuple(self.merged(about, said, stored))))
            if stored.position != said.position:
                self.moves.append(Move(about, stored.pk, said.position))

    def merged(self, about: About, said: Any, stored: Any) -> Iterator[Merged]:
        """What becomes of each text, and of all else that the publisher says of it."""
        asked = _asked(stored)
        yield _merged_presence(stored.published_is_withdrawn, stored.is_withdrawn, is_gone=False)
        yield from _merged_code(said, stored)
        yield from _merged_texts(said, stored, ("name", "overall_description", "guidance_notes"), asked)
        yield from (self.merged_place(said, stored, asked) if about is About.SKILL else _merged_kind(said, stored))
        yield from _merged_levels(said, stored, asked)

    def merged_place(self, said: document.Skill, stored: Skill, asked: Asked) -> Iterator[Merged]:
        """Places are compared by their keys, for names may be changed here. One that is not there yet has none."""
        path = said.category, said.subcategory
        last, ours = stored.published_subcategory_id, stored.subcategory_id
        theirs = self.places.stored.get(path)
        held = asked.get(("subcategory", 0))
        held_key = None if held is None else str(self.places.keys_by_slugs.get(held))
        outcome = merge(str(last), str(theirs or path), str(ours), held_key, same_line)
        names = self.places.names_by_key
        names_of_three = names.get(last or 0, ""), names.get(theirs or 0, self.places.names[path]), names[ours]
        yield Merged("subcategory", 0, "Subcategory", *names_of_three, outcome)

    def withdraw(self, about: About, seen: set[int]) -> None:
        """What the publisher had and has no more. What was added here the publisher never had."""
        if self.stored is None:
            return
        gone = MODELS[about].objects.in_edition(self.stored).exclude(published_name="")
        names = ("pk", "code", "name", "published_is_withdrawn", "is_withdrawn")
        for pk, code, name, last, ours in gone.order_by("code").values_list(*names):
            if pk not in seen:
                self.add(Entry(about, code, name, pk, merged=(_merged_presence(last, ours, is_gone=True),)))

    def places_after(self) -> Places:
        """With those that no skill will stand in."""
        if self.stored is None or self.edition.skills is None:
            return self.places
        places = {
            (entry.about, entry.pk): merged for entry in self.entries for merged in entry.merged if _is_place(merged)
        }
        used: set[int] = set()
        asked = _places_asked(self.stored)
        skills = Skill.objects.in_edition(self.stored).values_list("pk", "subcategory", "published_subcategory")
        for pk, ours, published in skills:
            merged = places.get((About.SKILL, pk))
            if merged is None or merged.outcome is not Outcome.UPDATED:
                used.add(ours)
            if published and (merged is None or not merged.moves_the_base):
                used.add(published)
            if merged is None and pk in asked:
                # The files do not have the skill any more: its question stays open.
                used.add(self.places.keys_by_slugs.get(asked[pk], ours))
        return replace(self.places, gone=emptied(self.stored, self.places, used))


def _is_place(merged: Merged) -> bool:
    return merged.part == "subcategory"


def batches(found: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(found)
    while batch := list(islice(iterator, size)):
        yield batch


def _stored(model: Any, edition: Edition, codes: list[str], all_codes: Set[str]) -> dict[str, Any]:
    """By the publisher's code, with all that is compared; one without a key was deleted here."""
    skills = model.objects.in_edition(edition).prefetch_related(model.part_names[0], "levels_taken_away", "conflicts")
    found = {stored.code: stored for stored in skills.filter(code__in=codes)}
    missing = [code for code in codes if code not in found]
    if not missing:
        return found
    once = _once(model, edition, missing)
    renamed = {stored.pk: stored for stored in skills.filter(pk__in=once.values()).exclude(code__in=all_codes)}
    # One that is there still, by a code that the files have too, has nothing to do with this one any more.
    there = set(model.objects.filter(pk__in=once.values()).values_list("pk", flat=True))
    for code, pk in once.items():
        if pk in renamed or pk not in there:
            found[code] = renamed.get(pk) or model(code=code)
    return found


def _once(model: Any, edition: Edition, codes: Iterable[str]) -> dict[str, int]:
    """The keys of those that had these codes of the publisher's once."""
    records = model.history.filter(edition_id=edition.pk, code__in=codes).exclude(published_name="")
    return dict(records.order_by("history_id").values_list("code", "id"))


def _positions(model: Any, edition: Edition, codes: Sequence[str]) -> dict[str, int]:
    """Where those stand that are here, by the publisher's code."""
    here = {
        code: (pk, place) for pk, code, place in model.objects.in_edition(edition).values_list("pk", "code", "position")
    }
    found = {code: place for code, (_, place) in here.items()}
    wanted = set(codes)
    places = {pk: place for code, (pk, place) in here.items() if code not in wanted}
    for code, pk in _once(model, edition, wanted - here.keys()).items():
        if pk in places:
            found[code] = places[pk]
    return found


def _levels_deleted_here(edition: Edition | None, missing: Set[int]) -> set[int]:
    if edition is None or not missing:
        return set()
    records = Level.history.filter(edition_id=edition.pk, number__in=missing)
    once = records.exclude(published_guiding_phrase="", published_essence="")
    return set(once.order_by().values_list("number", flat=True))


def _places_asked(edition: Edition) -> dict[int, str]:
    """What the review list holds as the publisher's places of skills, by their keys."""
    found = Conflict.objects.filter(part=Conflict.Part.SUBCATEGORY, skill__edition=edition)
    return dict(found.values_list("skill", "newly_imported"))


def _asked(stored: Any) -> Asked:
    return {(conflict.part, conflict.number): conflict.newly_imported for conflict in stored.conflicts.all()}


def _merged_texts(said: Any, stored: RecordedModel, parts: Iterable[str], asked: Asked) -> Iterator[Merged]:
    for part in parts:
        last, theirs, ours = getattr(stored, f"published_{part}"), getattr(said, part), getattr(stored, part)
        if theirs is not None:
            same = prose.same_words if part in MARKDOWN else same_line
            outcome = merge(last, theirs, ours, asked.get((part, 0)), same)
            yield Merged(part, 0, LABELS[part], last, theirs, ours, outcome)


def _merged_levels(said: Any, stored: Any, asked: Asked) -> Iterator[Merged]:
    name = stored.part_names[0]
    said_at = {level.number: level.description for level in getattr(said, name)}
    levels = {level.number: level for level in getattr(stored, name).all()}
    published = {level.number: level.published_description for level in stored.levels_taken_away.all()}
    published |= {number: level.published_description for number, level in levels.items()}
    for number in NUMBERS:
        ours = levels[number].description if number in levels else ""
        last, theirs = published.get(number, ""), said_at.get(number, "")
        outcome = merge(last, theirs, ours, asked.get(("description", number)), prose.same_words)
        yield Merged("description", number, f"Description at level {number}", last, theirs, ours, outcome)


def _merged_code(said: Any, stored: Any) -> Iterator[Merged]:
    if said.code != stored.code:
        yield Merged("code", 0, "Code", said.code, said.code, stored.code, Outcome.KEPT)


def _merged_kind(said: document.Attribute, stored: Attribute) -> Iterator[Merged]:
    """It is taken when the attribute comes in, and stays: a publisher changes none."""
    if said.kind != stored.kind:
        yield Merged("kind", 0, "Kind", said.kind, said.kind, stored.kind, Outcome.KEPT)


def _merged_presence(last: bool, ours: bool, *, is_gone: bool) -> Merged:
    """Whether it is withdrawn. Somebody here may have undone that, and so it stays."""
    last_imported, theirs, here = (WITHDRAWN if withdrawn else "" for withdrawn in (last, is_gone, ours))
    outcome = merge(last_imported, theirs, here, None, same_line)
    return Merged(IS_WITHDRAWN, 0, "Withdrawal", last_imported, theirs, here, outcome)
