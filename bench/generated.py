"""Editions of any size, for seeing what grows with it."""

from itertools import product

from skills.models import Category, Edition, Level, Skill, SkillLevel, Subcategory

CATEGORIES, SUBCATEGORIES = 6, 4
DEFINED_AT = (3, 4, 5, 6)
# As long as in the sample edition.
SENTENCE = "Does what the words say, in this and that way. "
OVERALL_DESCRIPTION, DESCRIPTION = SENTENCE * 2, SENTENCE * 15


def make_edition(skill_count: int) -> Edition:
    """An edition of so many skills, each defined at four levels."""
    edition = Edition.objects.create(slug=f"0-{skill_count}", name=f"Generated, {skill_count} skills")
    Level.objects.bulk_create(
        Level(edition=edition, number=number, guiding_phrase=f"Phrase {number}", essence=OVERALL_DESCRIPTION)
        for number in range(1, 8)
    )
    subcategories = [
        subcategory for number in range(CATEGORIES) for subcategory in _make_category(edition, number=number)
    ]
    skills = Skill.objects.bulk_create(
        Skill(
            edition=edition,
            subcategory=subcategories[number % len(subcategories)],
            code=_code(number),
            name=f"Generated skill {number}",
            position=number,
            overall_description=OVERALL_DESCRIPTION,
        )
        for number in range(skill_count)
    )
    SkillLevel.objects.bulk_create(
        SkillLevel(skill=skill, number=number, description=DESCRIPTION) for skill, number in product(skills, DEFINED_AT)
    )
    return edition


def _make_category(edition: Edition, *, number: int) -> list[Subcategory]:
    category = Category.objects.create(
        edition=edition, slug=f"category-{number}", name=f"Category {number}", position=number
    )
    return Subcategory.objects.bulk_create(
        Subcategory(category=category, slug=f"subcategory-{place}", name=f"Subcategory {place}", position=place)
        for place in range(SUBCATEGORIES)
    )


def _code(number: int) -> str:
    """Four capitals, counting up from AAAA."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in (3, 2, 1, 0))
