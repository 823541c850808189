"""Skills as a table for a spreadsheet: one row a skill."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from skills.models import Skill
from skills.models.level import NUMBERS

BYTE_ORDER_MARK = "\ufeff"
# With these a spreadsheet takes a cell for a formula and carries it out; the wide ones too, in some languages.
OPENS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def as_csv(skills: Iterable[Skill]) -> str:
    """The skills as CSV in UTF-8 with a byte order mark, without which Excel misreads it. Needs `with_levels`."""
    output = StringIO()
    writer = csv.writer(output)
    writer.writerow(
        ["Edition", "Code", "Skill", "Category", "Subcategory", "Overall description", "Guidance notes"]
        + [f"Level {number} description" for number in NUMBERS]
    )
    writer.writerows([harmless(cell) for cell in _cells(skill)] for skill in skills)
    return BYTE_ORDER_MARK + output.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front of what could open one."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(OPENS_A_FORMULA) else cell


def _cells(skill: Skill) -> Iterator[str]:
    yield skill.edition.name
    yield skill.code
    yield skill.name
    yield skill.subcategory.category.name
    yield skill.subcategory.name
    yield skill.overall_description
    yield skill.guidance_notes
    for number in NUMBERS:
        level = skill.at_level(number)
        yield level.description if level else ""
