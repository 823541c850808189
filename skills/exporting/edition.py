"""An edition out of the database, as plain data: what stands here, and what the publisher said last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from skills import document
from skills.models import (
    Attribute,
    AttributeLevel,
    AttributeLevelTakenAway,
    Category,
    Conflict,
    Edition,
    Skill,
    SkillLevel,
    SkillLevelTakenAway,
    Subcategory,
)

OURS, PUBLISHED = "", "published_"
"""Whose words: what the names of the fields that hold them begin with."""
MERGED = ("name", "overall_description", "guidance_notes", "is_withdrawn")


@contextmanager
def at_one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, also while somebody imports."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def describe(edition: Edition) -> document.Edition:
    """What stands here, with what was imported and what waits on the review list."""
    return document.Edition(
        **_framework(edition, OURS),
        attributes=_attributes(edition, OURS, _levels(AttributeLevel, "attribute", edition, OURS)),
        skills=_skills(edition, OURS, _levels(SkillLevel, "skill", edition, OURS)),
        imports=tuple(_imports(edition)),
        conflicts=tuple(_conflicts(edition)),
    )


def describe_published(edition: Edition) -> document.Edition:
    """The publisher's last words: without what was added here, with the levels that were taken away here.

    "" is a text, or the place of a skill, that the publisher does not have.
    """
    attribute_levels = _levels(AttributeLevel, "attribute", edition, PUBLISHED)
    _add_levels(attribute_levels, AttributeLevelTakenAway, "attribute", edition)
    skill_levels = _levels(SkillLevel, "skill", edition, PUBLISHED)
    _add_levels(skill_levels, SkillLevelTakenAway, "skill", edition)
    return document.Edition(
        **_framework(edition, PUBLISHED),
        attributes=_attributes(edition, PUBLISHED, attribute_levels),
        skills=_skills(edition, PUBLISHED, skill_levels),
    )


Levels = defaultdict[int, list[tuple[Any, ...]]]
"""The number, the description and, of a skill, the change at each level, by the key of its owner."""


def _levels(model: Any, owner: str, edition: Edition, whose: str) -> Levels:
    found: Levels = defaultdict(list)
    markers = ["change"] if model is SkillLevel else []
    rows = model.objects.filter(**{f"{owner}__edition": edition}).order_by("number")
    for pk, number, text, *change in rows.values_list(owner, "number", f"{whose}description", *markers):
        if text:
            found[pk].append((number, text, *change))
    return found


def _add_levels(found: Levels, model: Any, owner: str, edition: Edition) -> None:
    """Beside those that are there, those that were taken away."""
    rows = model.objects.filter(**{f"{owner}__edition": edition})
    for pk, *level in rows.values_list(owner, "number", "published_description"):
        if all(number != level[0] for number, *_ in found[pk]):
            found[pk] = sorted([*found[pk], tuple(level)])


def _framework(edition: Edition, whose: str) -> dict[str, Any]:
    """All but what has a code."""
    return {
        "slug": edition.slug,
        "name": getattr(edition, f"{whose}name"),
        "tagline": getattr(edition, f"{whose}tagline"),
        "attribution": getattr(edition, f"{whose}attribution"),
        "is_current": edition.is_current,
        "in_development": edition.in_development,
        "notices": tuple(
            document.Notice(position, notice)
            for position, notice in edition.notices.order_by("position").values_list("position", f"{whose}notice")
            if notice
        ),
        "levels": tuple(_levels_of_responsibility(edition, whose)),
        "categories": tuple(_categories(edition, whose)),
        "explanatory_sections": tuple(_explanatory_sections(edition, whose)),
    }


def _levels_of_responsibility(edition: Edition, whose: str) -> Iterator[document.Level]:
    names = (f"{whose}guiding_phrase", f"{whose}essence")
    for number, *texts in edition.levels.order_by("number").values_list("number", *names):
        if whose == OURS or any(texts):
            yield document.Level(number, *texts)


def _explanatory_sections(edition: Edition, whose: str) -> Iterator[document.ExplanatorySection]:
    names = (f"{whose}heading", f"{whose}explanation")
    for position, *texts in edition.explanatory_sections.order_by("position").values_list("position", *names):
        if any(texts):
            yield document.ExplanatorySection(position, *texts)


def _categories(edition: Edition, whose: str) -> Iterator[document.Category]:
    fields = ("slug", f"{whose}name", "position")
    inside = defaultdict(list)
    places = Subcategory.objects.filter(category__edition=edition).order_by("position", "slug")
    for category, slug, name, position in places.values_list("category", *fields):
        if name:
            inside[category].append(document.Subcategory(slug, name, position))
    for pk, slug, name, position in (
        Category.objects.in_edition(edition).order_by("position", "slug").values_list("pk", *fields)
    ):
        if name or inside[pk]:
            yield document.Category(slug, name, position, tuple(inside[pk]))


def _attributes(edition: Edition, whose: str, levels: Levels) -> tuple[document.Attribute, ...]:
    names = ("code", "name", "kind", "position", "overall_description", "guidance_notes", "is_withdrawn")
    rows = Attribute.objects.in_edition(edition).order_by("position", "code")
    described = (
        document.Attribute(
            **dict(zip(names, fields, strict=True)),
            attribute_levels=tuple(document.AttributeLevel(*level) for level in levels[pk]),
        )
        for pk, *fields in rows.values_list("pk", *_columns(names, whose))
    )
    return tuple(said for said in described if whose == OURS or _is_said(said, said.attribute_levels))


def _skills(edition: Edition, whose: str, levels: Levels) -> tuple[document.Skill, ...]:
    names = (
        *("code", "name", "position", "overall_description", "overall_description_change"),
        *("guidance_notes", "guidance_notes_change", "is_withdrawn"),
    )
    place = (f"{whose}subcategory__category__slug", f"{whose}subcategory__slug")
    rows = Skill.objects.in_edition(edition).order_by("position", "code")
    described = (
        document.Skill(
            **dict(zip(names, fields, strict=True)),
            category=category or "",
            subcategory=subcategory or "",
            skill_levels=tuple(document.SkillLevel(*level) for level in levels[pk]),
        )
        for pk, category, subcategory, *fields in rows.values_list("pk", *place, *_columns(names, whose))
    )
    return tuple(said for said in described if whose == OURS or said.subcategory or _is_said(said, said.skill_levels))


def _columns(names: Iterable[str], whose: str) -> list[str]:
    """Those that hold what is asked for, where there are two: ours and the publisher's."""
    return [f"{whose}{name}" if name in MERGED else name for name in names]


def _is_said(said: document.Attribute | document.Skill, levels: tuple[object, ...]) -> bool:
    return bool(said.name or said.overall_description or said.guidance_notes or levels)


def _imports(edition: Edition) -> Iterator[document.Import]:
    """The first one first."""
    for made in edition.imports.order_by("imported_at").prefetch_related("files"):
        yield document.Import(
            imported_at=made.imported_at.isoformat(),
            imported_by_name=made.imported_by_name,
            skill_count=made.skill_count,
            skill_level_count=made.skill_level_count,
            attribute_count=made.attribute_count,
            level_count=made.level_count,
            conflict_count=made.conflict_count,
            files=tuple(document.ImportedFile(file.name, file.sha256) for file in made.files.all()),
        )


def _conflicts(edition: Edition) -> Iterator[document.Conflict]:
    """Skill by skill, then attributes and levels."""
    for about, key in (("skill", "code"), ("attribute", "code"), ("level", "number")):
        rows = Conflict.objects.filter(Q((f"{about}__edition", edition))).order_by(f"{about}__{key}", "part", "number")
        for of, part, number, text, found_at in rows.values_list(
            f"{about}__{key}", "part", "number", "newly_imported", "found_by__imported_at"
        ):
            yield document.Conflict(about, of, part, number, text, found_at.isoformat())
