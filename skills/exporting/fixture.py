"""An edition as a fixture: Django's JSON with natural keys and no primary keys, the same bytes for the same edition.

Loading a text makes it the publisher's too, so the publisher's wording stands beside it only where the two differ.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from skills import document

Fields = dict[str, Any]
Record = tuple[str, Fields]


def as_fixture(ours: document.Edition, published: document.Edition) -> Iterator[str]:
    """The text of the fixture, piece by piece. `published` says what the publisher said last of the same edition."""
    opening = "[\n"
    for model, fields in _records(ours, published):
        text = json.dumps({"model": f"skills.{model}", "fields": fields}, ensure_ascii=False, indent=2)
        yield opening + "  " + text.replace("\n", "\n  ")
        opening = ",\n"
    yield "\n]\n"


def _records(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    """Each object behind those at which it points."""
    yield (
        "edition",
        {
            "slug": ours.slug,
            **_texts(ours, published, "name", "tagline", "attribution"),
            "is_current": ours.is_current,
            "in_development": ours.in_development,
        },
    )
    yield from _notices(ours, published)
    yield from _levels(ours, published)
    yield from _attributes(ours, published)
    yield from _categories(ours, published)
    yield from _skills(ours, published)
    yield from _levels_taken_away(ours, published)
    yield from _explanatory_sections(ours, published)
    yield from _imports(ours)
    yield from _conflicts(ours)


def _texts(ours: Any, published: Any | None, *names: str) -> Fields:
    """Each text, with the publisher's wording behind it where that differs: "" is none."""
    fields = {}
    for name in names:
        text, theirs = (getattr(said, name, None) or "" for said in (ours, published))
        fields[name] = text
        if theirs != text:
            fields[f"published_{name}"] = theirs
    return fields


def _where_set(said: Any, *names: str) -> Fields:
    return {name: getattr(said, name) for name in names if getattr(said, name)}


def _pairs(ours: Iterable[Any] | None, published: Iterable[Any] | None, key: str) -> Iterator[tuple[Any, Any | None]]:
    """Each of ours with the publisher's of the same key, None where the publisher does not have it."""
    theirs = {getattr(said, key): said for said in published or ()}
    return ((said, theirs.get(getattr(said, key))) for said in ours or ())


def _notices(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for notice, theirs in _pairs(ours.notices, published.notices, "position"):
        yield "notice", {"edition": [ours.slug], "position": notice.position, **_texts(notice, theirs, "notice")}


def _levels(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for level, theirs in _pairs(ours.levels, published.levels, "number"):
        texts = _texts(level, theirs, "guiding_phrase", "essence")
        yield "level", {"edition": [ours.slug], "number": level.number, **texts}


def _attributes(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for attribute, theirs in _pairs(ours.attributes, published.attributes, "code"):
        yield (
            "attribute",
            {
                "edition": [ours.slug],
                "code": attribute.code,
                **_texts(attribute, theirs, "name"),
                "kind": attribute.kind,
                "position": attribute.position,
                **_texts(attribute, theirs, "overall_description", "guidance_notes"),
                **_presence(attribute, theirs),
            },
        )
        their_levels = theirs.attribute_levels if theirs else ()
        for level, their_level in _pairs(attribute.attribute_levels, their_levels, "number"):
            key = {"attribute": [ours.slug, attribute.code], "number": level.number}
            yield "attributelevel", key | _texts(level, their_level, "description")


def _presence(said: document.Attribute | document.Skill, theirs: Any | None) -> Fields:
    is_the_publishers = {"published_is_withdrawn": True} if theirs and theirs.is_withdrawn else {}
    return {**_where_set(said, "is_withdrawn"), **is_the_publishers}


def _categories(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for category, theirs in _pairs(ours.categories, published.categories, "slug"):
        yield "category", {"edition": [ours.slug], **_heading(category, theirs)}
        their_subcategories = theirs.subcategories if theirs else ()
        for subcategory, their_subcategory in _pairs(category.subcategories, their_subcategories, "slug"):
            yield "subcategory", {"category": [ours.slug, category.slug], **_heading(subcategory, their_subcategory)}


def _heading(said: document.Category | document.Subcategory, theirs: Any | None) -> Fields:
    return {**_texts(said, theirs, "name"), "slug": said.slug, "position": said.position}


def _skills(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for skill, theirs in _pairs(ours.skills, published.skills, "code"):
        yield (
            "skill",
            {
                "edition": [ours.slug],
                **_place_and_name(ours.slug, skill, theirs),
                "position": skill.position,
                **_texts(skill, theirs, "overall_description"),
                **_where_set(skill, "overall_description_change"),
                **_texts(skill, theirs, "guidance_notes"),
                **_where_set(skill, "guidance_notes_change"),
                **_presence(skill, theirs),
            },
        )
        for level, their_level in _pairs(skill.skill_levels, theirs.skill_levels if theirs else (), "number"):
            key = {"skill": [ours.slug, skill.code], "number": level.number}
            yield "skilllevel", key | _texts(level, their_level, "description") | _where_set(level, "change")


def _place_and_name(slug: str, skill: document.Skill, theirs: document.Skill | None) -> Fields:
    """Where the publisher has another place, or none, its name is said too: see `take_place_from_fixture`."""
    place = [slug, skill.category, skill.subcategory]
    their_place = [slug, theirs.category, theirs.subcategory] if theirs and theirs.subcategory else None
    their_name = theirs.name if theirs else ""
    fields = {"subcategory": place, "code": skill.code, "name": skill.name}
    if (their_place, their_name) == (place, skill.name):
        return fields
    return fields | {"published_name": their_name, "published_subcategory": their_place}


def _levels_taken_away(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    """The publisher's, of what is here, that are not here."""
    for owner, pairs in (
        ("attribute", _pairs(ours.attributes, published.attributes, "code")),
        ("skill", _pairs(ours.skills, published.skills, "code")),
    ):
        for said, theirs in pairs:
            here = {level.number for level in getattr(said, f"{owner}_levels")}
            for level in getattr(theirs, f"{owner}_levels", ()):
                if level.number not in here:
                    key = {owner: [ours.slug, said.code], "number": level.number}
                    yield f"{owner}leveltakenaway", {**key, "published_description": level.description}


def _explanatory_sections(ours: document.Edition, published: document.Edition) -> Iterator[Record]:
    for section, theirs in _pairs(ours.explanatory_sections, published.explanatory_sections, "position"):
        texts = _texts(section, theirs, "heading", "explanation")
        yield "explanatorysection", {"edition": [ours.slug], "position": section.position, **texts}


def _imports(ours: document.Edition) -> Iterator[Record]:
    """Who imported is said by name: accounts are no part of an edition."""
    names = ("imported_at", "imported_by_name")
    counts = ("skill_count", "skill_level_count", "attribute_count", "level_count", "conflict_count")
    for made in ours.imports:
        yield "import", {"edition": [ours.slug], **{name: getattr(made, name) for name in (*names, *counts)}}
        for file in made.files:
            key = {"imported_in": [ours.slug, made.imported_at], "name": file.name}
            yield "importedfile", {**key, "sha256": file.sha256}


def _conflicts(ours: document.Edition) -> Iterator[Record]:
    for conflict in ours.conflicts:
        yield (
            "conflict",
            {
                conflict.about: [ours.slug, conflict.key],
                "part": conflict.part,
                **_where_set(conflict, "number"),
                "newly_imported": conflict.newly_imported,
                "found_by": [ours.slug, conflict.found_by],
            },
        )
