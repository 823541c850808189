"""Objects for tests: each says only what it must, a test says what it is about.

What is made by one call is made in one revision, for what follows each takes longer than the writing.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from itertools import count
from typing import Any, TypeVar, cast

from bench import generated
from skills.models import (
    Attribute,
    AttributeLevel,
    Category,
    Conflict,
    Edition,
    Import,
    Level,
    Retirement,
    SearchTerm,
    Skill,
    SkillLevel,
    Subcategory,
)
from skills.models.imported import now
from skills.models.revision import one_revision

_numbers = count()
Make = TypeVar("Make", bound=Callable[..., Any])


def one_revision_each(make: Make) -> Make:
    """A fixture too can be made in one."""

    @wraps(make)
    def made(*given: Any, **fields: Any) -> Any:
        with one_revision():
            return make(*given, **fields)

    return cast(Make, made)


@one_revision_each
def make_edition(*, slug: str = "9", is_current: bool = True, **fields: Any) -> Edition:
    """An edition with its seven levels."""
    edition = Edition.objects.create(**{"slug": slug, "name": f"Edition {slug}", "is_current": is_current, **fields})
    Level.objects.bulk_create(
        Level(edition=edition, number=number, guiding_phrase=f"Phrase {number}", essence=f"Essence of {number}.")
        for number in range(1, 8)
    )
    return edition


@one_revision_each
def make_subcategory(*, edition: Edition, category: str = "Category", name: str = "Subcategory") -> Subcategory:
    found = Subcategory.objects.filter(category__edition=edition, category__slug=category.lower(), slug=name.lower())
    if subcategory := found.select_related("category").first():
        return subcategory
    key = {"edition": edition, "slug": category.lower()}
    # Without the savepoint of `get_or_create`: nobody else makes one.
    parent = Category.objects.filter(**key).first() or Category.objects.create(
        **key, name=category, position=next(_numbers)
    )
    return Subcategory.objects.create(category=parent, slug=name.lower(), name=name, position=next(_numbers))


@one_revision_each
def make_skill(*, edition: Edition, code: str = "ABCD", defined_at: tuple[int, ...] = (), **fields: Any) -> Skill:
    """A skill with a description at each of the levels `defined_at`."""
    subcategory = fields.pop("subcategory", None) or make_subcategory(edition=edition)
    skill = Skill.objects.create(
        **{
            "edition": edition,
            "subcategory": subcategory,
            "code": code,
            "name": f"Skill {code}",
            "position": next(_numbers),
            "overall_description": f"What {code} is.",
            **fields,
        }
    )
    SkillLevel.objects.bulk_create(
        SkillLevel(skill=skill, number=number, description=f"{code} at {number}.") for number in defined_at
    )
    return skill


def make_skill_level(*, skill: Skill, number: int, **fields: Any) -> SkillLevel:
    return SkillLevel.objects.create(
        **{"skill": skill, "number": number, "description": f"{skill.code} at {number}.", **fields}
    )


@one_revision_each
def make_attribute(*, edition: Edition, code: str = "AUTO", **fields: Any) -> Attribute:
    """A generic attribute with a description at all seven levels."""
    attribute = Attribute.objects.create(
        **{
            "edition": edition,
            "code": code,
            "name": f"Attribute {code}",
            "kind": Attribute.Kind.ATTRIBUTE,
            "position": next(_numbers),
            "overall_description": f"What {code} is.",
            **fields,
        }
    )
    AttributeLevel.objects.bulk_create(
        AttributeLevel(attribute=attribute, number=number, description=f"{code} at {number}.") for number in range(1, 8)
    )
    return attribute


make_generated_edition = one_revision_each(generated.make_edition)


def make_retirement(*, code: str = "GONE", **fields: Any) -> Retirement:
    return Retirement.objects.create(
        **{"code": code, "name": f"Skill {code}", "last_edition": "Edition 7", "successors": "", **fields}
    )


def make_search_term(*, words: str, codes: str) -> SearchTerm:
    return SearchTerm.objects.create(words=words, codes=codes)


def make_import(*, edition: Edition, name: str = "skills.xlsx", sha256: str = "0" * 64, **fields: Any) -> Import:
    """An import into an edition, of one file."""
    # No two into one edition at one time, and the later ones later.
    fields = {"imported_at": now() + timedelta(milliseconds=next(_numbers)), **fields}
    made = Import.objects.create(edition=edition, **fields)
    made.files.create(name=name, sha256=sha256)
    return made


def make_conflict(
    *, about: Any, part: str, number: int = 0, newly_imported: str = "Theirs.", **fields: Any
) -> Conflict:
    """An open question about a text of a skill, an attribute or a level, found by an import of its edition."""
    found_by = fields.get("found_by") or about.edition.imports.first() or make_import(edition=about.edition)
    found_by.conflict_count += 1
    found_by.save()
    owner = {about._meta.model_name: about}
    return Conflict.objects.create(
        **owner, part=part, number=number, newly_imported=newly_imported, **{"found_by": found_by, **fields}
    )


def code_for(number: int) -> str:
    """A code of four capitals for each number, counting up from AAAA."""
    letters = [chr(ord("A") + number // 26**place % 26) for place in (3, 2, 1, 0)]
    return "".join(letters)
