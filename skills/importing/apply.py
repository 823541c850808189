"""Carrying a plan out, in one revision and one transaction: all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.utils.text import get_text_list

from skills import document
from skills.models import (
    Attribute,
    Category,
    Edition,
    Import,
    ImportedFile,
    Level,
    Notice,
    Skill,
    Subcategory,
)
from skills.models.conflict import path_of
from skills.models.edition import ATTRIBUTION
from skills.models.revision import name_of, revision

from .merging import Merged, Outcome
from .parts import LEVEL_MODELS, MODELS, Conflicts, Levels, model_part, published
from .places import Path
from .plan import IS_WITHDRAWN, About, Entry, Plan
from .planning import BATCH, batches, plan_import
from .reading import counts_of
from .sheet import File

MARKED_PARTS = ("overall_description", "guidance_notes")
TEXTS = [name for part in ("name", *MARKED_PARTS) for name in (part, f"published_{part}")]
WRITTEN_FIELDS = {
    About.LEVEL: ["guiding_phrase", "published_guiding_phrase", "essence", "published_essence"],
    About.ATTRIBUTE: [*TEXTS, "position", "is_withdrawn", "published_is_withdrawn"],
    About.SKILL: [
        *(*TEXTS, "subcategory", "published_subcategory", "position", "is_withdrawn", "published_is_withdrawn"),
        *(f"{part}_change" for part in MARKED_PARTS),
    ],
}


Progress = Callable[[int], None]
"""Told how many skills, attributes and levels are written."""


def no_progress(done: int) -> None:
    pass


class ChangedMeanwhile(Exception):
    """Something has changed since somebody looked at the plan. Nothing was written; `plan` is the new one."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the plan has changed")
        self.plan = plan


def import_edition(
    edition: document.Edition,
    files: Sequence[File],
    *,
    by: User | None = None,
    makes_current: bool = False,
    based_on: str | None = None,
    progress: Progress = no_progress,
) -> Plan:
    """Plan the import against the database as it is now, and carry that out. An empty plan writes nothing at all.

    With `based_on`, the mark of a plan that somebody has seen, only if the plan is still that one. Raises
    `ChangedMeanwhile`.
    """
    names = get_text_list([file.name for file in files], "and")
    with revision(by=by, reason=f"Imported {names}"):
        _lock(edition.slug)
        plan = plan_import(edition, makes_current=makes_current)
        if based_on is not None and based_on != plan.mark:
            raise ChangedMeanwhile(plan)
        if not plan.is_empty:
            _CarryingOut(plan).carry_out(files, by, progress)
    return plan


def _lock(slug: str) -> None:
    """Nobody else may change what is compared until the transaction ends."""
    # With its key, so that nothing can be added to it either.
    edition = Edition.objects.select_for_update().filter(slug=slug).first()
    if edition is None:
        return
    for model in (Category, Level, Attribute, Skill, Notice):
        # Without: who edits a skill of another edition has the search index point at this one's, and holds the index.
        is_pointed_at = model in (Attribute, Skill)
        chosen = model.objects.select_for_update(no_key=is_pointed_at).filter(edition=edition)
        list(chosen.order_by("pk").values_list("pk"))
    places = Subcategory.objects.select_for_update(of=("self",)).filter(category__edition=edition)
    list(places.order_by("pk").values_list("pk"))


class _CarryingOut:
    edition: Edition
    fingerprint: Import
    subcategories: dict[Path, Subcategory]
    """Those of the document, by path, as they stand in the database now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.positions = {(move.about, move.pk): move.position for move in plan.moves}

    def carry_out(self, files: Sequence[File], by: User | None, progress: Progress) -> None:
        self.write_edition()
        self.write_fingerprint(files, by)
        self.write_places()
        done = 0
        for about in MODELS:
            entries = [entry for entry in self.plan.entries if entry.about is about and entry.writes]
            for batch in batches(entries, BATCH):
                self.add([entry for entry in batch if entry.is_new])
                self.change([entry for entry in batch if not entry.is_new])
                done += len(batch)
                progress(done)
        self.move()
        for gone in self.plan.places.gone:
            gone.model.objects.get(pk=gone.pk).delete()

    def write_edition(self) -> None:
        plan, said = self.plan, self.plan.edition
        if plan.edition_pk is None:
            edition = Edition.objects.create(slug=said.slug, **published(name=said.name, attribution=ATTRIBUTION))
        else:
            edition = Edition.objects.get(pk=plan.edition_pk)
        if plan.makes_current:
            edition.make_current()
        if plan.ends_development:
            Edition.objects.filter(pk=edition.pk).update(in_development=False)
        Notice.objects.filter(edition=edition, notice__in=plan.notices).delete()
        self.edition = edition

    def write_places(self) -> None:
        places = self.plan.places
        for renamed in places.renamed:
            renamed.model.objects.filter(pk=renamed.pk).update(
                name=renamed.name, published_name=renamed.published_name, position=renamed.position
            )
        stored = Subcategory.objects.select_related("category").in_bulk(places.stored.values())
        found: dict[Path, Subcategory] = {path: stored[pk] for path, pk in places.stored.items()}
        categories = Category.objects.in_bulk(places.stored_categories.values())
        taken = self.slugs_taken()
        for said in self.plan.edition.categories or ():
            category = categories.get(places.stored_categories.get(said.slug, 0))
            if category is None:
                category = Category.objects.create(edition=self.edition, **_named(said, taken[None]))
            for place in said.subcategories:
                if (said.slug, place.slug) not in found:
                    created = Subcategory.objects.create(category=category, **_named(place, taken[category.pk]))
                    found[said.slug, place.slug] = created
        self.subcategories = found

    def slugs_taken(self) -> defaultdict[int | None, set[str]]:
        """Those of the subcategories by the key of their category, and under None those of the categories."""
        taken: defaultdict[int | None, set[str]] = defaultdict(set)
        taken[None].update(self.edition.categories.values_list("slug", flat=True))
        subcategories = Subcategory.objects.filter(category__edition=self.edition)
        for category, slug in subcategories.values_list("category", "slug"):
            taken[category].add(slug)
        return taken

    def write_fingerprint(self, files: Sequence[File], by: User | None) -> None:
        counts = counts_of(self.plan.edition)
        self.fingerprint = Import.objects.create(
            edition=self.edition,
            imported_by=by,
            imported_by_name=name_of(by),
            skill_count=counts.get("skills", 0),
            skill_level_count=counts.get("skill levels", 0),
            attribute_count=counts.get("attributes", 0),
            level_count=counts.get("levels", 0),
            conflict_count=self.plan.conflicts,
        )
        ImportedFile.objects.bulk_create(
            ImportedFile(imported_in=self.fingerprint, name=file.name, sha256=file.sha256) for file in files
        )

    def add(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        about = entries[0].about
        made = MODELS[about].objects.bulk_create([self.made(entry) for entry in entries])
        if about in LEVEL_MODELS:
            model = LEVEL_MODELS[about]
            model.objects.bulk_create(
                model(**{about.value: owner}, number=level.number, **published(description=level.description))
                for owner, entry in zip(made, entries, strict=True)
                for level in getattr(entry.said, model_part(about))
            )

    def made(self, entry: Entry) -> Any:
        said: Any = entry.said
        if entry.about is About.LEVEL:
            words = published(guiding_phrase=said.guiding_phrase or "", essence=said.essence or "")
            return Level(edition=self.edition, number=said.number, **words)
        texts = published(
            name=said.name,
            overall_description=said.overall_description or "",
            guidance_notes=said.guidance_notes or "",
        )
        if entry.about is About.ATTRIBUTE:
            return Attribute(edition=self.edition, code=said.code, kind=said.kind, position=said.position, **texts)
        place = self.subcategories[said.category, said.subcategory]
        return Skill(
            edition=self.edition,
            code=said.code,
            position=said.position,
            subcategory=place,
            published_subcategory=place,
            **texts,
        )

    def change(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        about = entries[0].about
        parts = (model_part(about), "levels_taken_away") if about in LEVEL_MODELS else ()
        found = MODELS[about].objects.prefetch_related(*parts).in_bulk([entry.pk for entry in entries])
        changed, levels, conflicts = [], Levels(about), Conflicts(about, self.fingerprint)
        for entry in entries:
            owner = found[entry.pk]
            for merged in entry.merged:
                conflicts.take(owner, merged, self.theirs(entry, merged))
                if merged.number:
                    levels.take(owner, merged)
                elif merged.moves_the_base:
                    self.write(owner, merged, entry)
            if self.has_own_changes(entry):
                changed.append(owner)
                owner.position = self.positions.pop((about, owner.pk), getattr(owner, "position", None))
        if changed:
            MODELS[about].objects.bulk_update(changed, WRITTEN_FIELDS[about], batch_size=BATCH)
        levels.write()
        conflicts.write()

    @staticmethod
    def has_own_changes(entry: Entry) -> bool:
        return any(merged.moves_the_base and not merged.number for merged in entry.merged)

    def write(self, owner: Any, merged: Merged, entry: Entry) -> None:
        is_updated = merged.outcome is Outcome.UPDATED
        said: Any = entry.said
        theirs: Any = merged.theirs
        if merged.part == "subcategory":
            theirs = self.subcategories[said.category, said.subcategory]
        elif merged.part == IS_WITHDRAWN:
            theirs = bool(merged.theirs)
        setattr(owner, f"published_{merged.part}", theirs)
        if is_updated:
            setattr(owner, merged.part, theirs)
        if is_updated and merged.part in MARKED_PARTS and entry.about is About.SKILL:
            setattr(owner, f"{merged.part}_change", "")

    def theirs(self, entry: Entry, merged: Merged) -> str:
        """What the review list holds of the publisher's text; of a place, its slugs."""
        said: Any = entry.said
        if merged.part == "subcategory":
            return path_of(self.subcategories[said.category, said.subcategory])
        return merged.theirs

    def move(self) -> None:
        """Write the places in the order that were not written with something else."""
        for about in LEVEL_MODELS:
            moved = [MODELS[about](pk=pk, position=place) for (of, pk), place in self.positions.items() if of is about]
            if moved:
                MODELS[about].objects.bulk_update(moved, ["position"], batch_size=BATCH)


def _named(said: document.Category | document.Subcategory, taken: set[str]) -> dict[str, Any]:
    """The slug is another one where somebody here gave it to one that the publisher calls otherwise."""
    slugs = (said.slug if number == 1 else f"{said.slug[:95]}-{number}" for number in count(1))
    slug = next(slug for slug in slugs if slug not in taken)
    taken.add(slug)
    return {"slug": slug, "position": said.position, **published(name=said.name)}
