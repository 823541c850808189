"""What the tests of importing do: editions as data, imported as a command would."""

from dataclasses import replace
from typing import Any

from skills import document
from skills.importing.apply import import_edition
from skills.importing.plan import Plan
from skills.importing.sheet import File
from skills.models import AttributeLevelTakenAway, Conflict, Import, Revision, SkillLevelTakenAway
from skills.models.recorded import recorded_models

FILE = File("skills-9.xlsx", "0" * 64, ())


def said_skill(code: str = "KNIF", *, levels: dict[int, str] | None = None, **fields: Any) -> document.Skill:
    """A skill as the publisher's files say it."""
    described = {5: f"{code} at 5.", 6: f"{code} at 6."} if levels is None else levels
    return document.Skill(
        **{
            "code": code,
            "name": f"Skill {code}",
            "position": 1,
            "category": "category",
            "subcategory": "subcategory",
            "overall_description": f"What {code} is.",
            "guidance_notes": f"How {code} is done.",
            "skill_levels": tuple(document.SkillLevel(number, text) for number, text in described.items()),
            **fields,
        }
    )


def said_attribute(code: str = "AUTO", *, levels: dict[int, str] | None = None, **fields: Any) -> document.Attribute:
    described = {number: f"{code} at {number}." for number in range(1, 8)} if levels is None else levels
    return document.Attribute(
        **{
            "code": code,
            "name": f"Attribute {code}",
            "kind": "attribute",
            "position": 1,
            "overall_description": f"What {code} is.",
            "guidance_notes": "",
            "attribute_levels": tuple(document.AttributeLevel(number, text) for number, text in described.items()),
            **fields,
        }
    )


def said_edition(*skills: document.Skill, slug: str = "9", **fields: Any) -> document.Edition:
    """An edition of these skills, with the categories that they name; what is not given it does not speak of."""
    paths = list(dict.fromkeys((skill.category, skill.subcategory) for skill in skills))
    categories = tuple(
        document.Category(
            category,
            category.capitalize(),
            position,
            tuple(
                document.Subcategory(slug, slug.capitalize(), place)
                for place, slug in enumerate([slug for of, slug in paths if of == category], 1)
            ),
        )
        for position, category in enumerate(dict.fromkeys(category for category, _ in paths), 1)
    )
    placed = tuple(replace(skill, position=position) for position, skill in enumerate(skills, 1))
    spoken_of = {"skills": placed, "categories": categories} if skills else {}
    return document.Edition(slug, **{"name": f"SFIA {slug}", **spoken_of, **fields})


def imported(*skills: document.Skill, **fields: Any) -> Plan:
    """Import an edition of these skills; what was planned and done."""
    return import_edition(said_edition(*skills, **fields), [FILE])


def everything_written() -> dict[str, Any]:
    """Every row of the framework, and the history, to the letter."""
    models = [*recorded_models(), Conflict, Import, Revision, SkillLevelTakenAway, AttributeLevelTakenAway]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models} | {
        f"history of {model.__name__}": model.history.count() for model in recorded_models()
    }
