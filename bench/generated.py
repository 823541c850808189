"""Editions of any size, for seeing what grows with it: as many levels, and texts about as long, as SFIA 9 has."""

from itertools import cycle, islice
from typing import Any

from skills.models import Attribute, AttributeLevel, Category, Change, Edition, Level, Skill, SkillLevel, Subcategory

# Subcategories of each category.
SUBCATEGORIES = (5, 4, 4, 3, 3, 3)
# The first and the last level of skills: 672 levels of 147 skills in SFIA 9, 4.6 of each.
RANGES = [(2, 6), (3, 7), (4, 7), (1, 5), (5, 7), (2, 5), (3, 6), (1, 6), (2, 7)]
NAMES = ["Service design", "Data", "Risk and continuity management", "Enterprise and business architecture practice"]
CHANGES = ["", Change.UNCHANGED, Change.UNCHANGED, Change.MODIFIED, Change.NEW]
SENTENCE = "Does what the words say, in this and that way. "
OVERALL_DESCRIPTION, DESCRIPTION = f"{SENTENCE * 2}And then some more.", SENTENCE * 15
ATTRIBUTE_COUNT = 16


def make_edition(skill_count: int, **fields: Any) -> Edition:
    """An edition of so many skills; some parts have change markers."""
    edition = Edition.objects.create(
        **{"slug": f"0-{skill_count}", "name": f"Generated, {skill_count} skills", **fields}
    )
    Level.objects.bulk_create(
        Level(edition=edition, number=number, guiding_phrase=f"Phrase {number}", essence=OVERALL_DESCRIPTION)
        for number in range(1, 8)
    )
    _make_attributes(edition)
    _make_skills(edition, skill_count)
    return edition


def _make_attributes(edition: Edition) -> None:
    attributes = Attribute.objects.bulk_create(
        Attribute(
            edition=edition,
            code=code_for(number),
            name=f"Attribute {number}",
            kind=Attribute.Kind.ATTRIBUTE if number < 4 else Attribute.Kind.BEHAVIOUR,
            position=number,
            overall_description=OVERALL_DESCRIPTION,
        )
        for number in range(ATTRIBUTE_COUNT)
    )
    AttributeLevel.objects.bulk_create(
        AttributeLevel(attribute=attribute, number=number, description=f"- {SENTENCE}\n- At {number}: {SENTENCE}")
        for attribute in attributes
        for number in range(1, 8)
    )


def _make_skills(edition: Edition, skill_count: int) -> None:
    subcategories = [
        subcategory
        for number, count in enumerate(SUBCATEGORIES)
        for subcategory in _make_category(edition, number=number, subcategory_count=count)
    ]
    skills = Skill.objects.bulk_create(
        Skill(
            edition=edition,
            subcategory=subcategories[number * len(subcategories) // skill_count],
            code=code_for(number),
            name=f"{NAMES[number % len(NAMES)]} {number}",
            position=number,
            overall_description=OVERALL_DESCRIPTION,
            overall_description_change=CHANGES[number % len(CHANGES)],
            guidance_notes=DESCRIPTION,
        )
        for number in range(skill_count)
    )
    SkillLevel.objects.bulk_create(
        SkillLevel(skill=skill, number=number, description=DESCRIPTION)
        for skill, (first, last) in zip(skills, islice(cycle(RANGES), skill_count), strict=True)
        for number in range(first, last + 1)
    )


def _make_category(edition: Edition, *, number: int, subcategory_count: int) -> list[Subcategory]:
    category = Category.objects.create(
        edition=edition, slug=f"category-{number}", name=f"Category {number}", position=number
    )
    return Subcategory.objects.bulk_create(
        Subcategory(category=category, slug=f"subcategory-{place}", name=f"Subcategory {place}", position=place)
        for place in range(subcategory_count)
    )


def code_for(number: int) -> str:
    """Four capitals, counting up from AAAA."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (3, 2, 1, 0))
