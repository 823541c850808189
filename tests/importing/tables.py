"""Sheets with invented text as reading a file hands them on, for the steps behind it."""

from collections.abc import Iterable, Mapping, Sequence

from skills.importing.sheet import File, Sheet

NUMBERS = range(1, 8)
TEXTS = ["Overall description", "Guidance notes", *(f"Level {number} description" for number in NUMBERS)]
# A number is the column of that level's digit: the first of them is headed "Levels", the others are not.
SKILL_COLUMNS = ["#", *NUMBERS, "Code", "URL", "Skill", "Category", "Subcategory", *TEXTS]
ATTRIBUTE_COLUMNS = [*NUMBERS, "Code", "URL", "Attribute name", "Type", *TEXTS]
LEVEL_COLUMNS = ["Level", *map(str, NUMBERS)]
LEVEL_COLUMNS_OF_SFIA_8 = ["", "Autonomy", "Influence", "Complexity", "Business skills", "Knowledge"]

Column = int | str
Cells = Mapping[Column, str]


def sheet_of(columns: Sequence[Column], rows: Iterable[Cells], *, name: str = "", above: Sequence[str] = ()) -> Sheet:
    """The headings and the rows, below a row for each title."""
    titles = [(title, *[""] * (len(columns) - 1)) for title in above]
    headings = ["Levels" if column == 1 else "" if isinstance(column, int) else column for column in columns]
    cells = [tuple(row.get(column, "") for column in columns) for row in rows]
    return Sheet("given", name, tuple(enumerate([*titles, tuple(headings), *cells], start=1)))


def skills_sheet(
    *rows: Cells, columns: Sequence[Column] = SKILL_COLUMNS, name: str = "Skills", above: Sequence[str] = ()
) -> Sheet:
    """Rows that say nothing of their order are numbered."""
    return sheet_of(columns, [{"#": str(order), **row} for order, row in enumerate(rows, 1)], name=name, above=above)


def attributes_sheet(*rows: Cells, columns: Sequence[Column] = ATTRIBUTE_COLUMNS, name: str = "Attributes") -> Sheet:
    return sheet_of(columns, rows, name=name)


def levels_sheet(lines: Mapping[str, Sequence[str]] | None = None, *, name: str = "Levels of responsibility") -> Sheet:
    """Lines by their labels, over those that a whole sheet has; one that is empty is not there."""
    whole = {
        "Guiding phrase": [f"Phrase {number}" for number in NUMBERS],
        "Essence of the level": [f"Essence of the level: Essence {number}." for number in NUMBERS],
        **(lines or {}),
    }
    rows = [dict(zip(LEVEL_COLUMNS, [label, *cells], strict=True)) for label, cells in whole.items() if cells]
    return sheet_of(LEVEL_COLUMNS, rows, name=name)


def levels_sheet_of_sfia_8(*rows: Cells, name: str = "Levels of responsibility") -> Sheet:
    return sheet_of(LEVEL_COLUMNS_OF_SFIA_8, rows, name=name)


def skill_row(code: str = "TIDE", cells: Cells | None = None, *, levels: Mapping[int, str] | None = None) -> Cells:
    """A skill that is described at these levels, with its digits."""
    described = {2: "Calls the ebb."} if levels is None else levels
    return {
        "Code": code,
        "Skill": f"Skill {code}",
        "Category": "Lights",
        "Subcategory": "Lamps",
        "Overall description": f"What {code} is.",
        **{number: str(number) for number in described},
        **{f"Level {number} description": text for number, text in described.items()},
        **(cells or {}),
    }


def attribute_row(code: str = "AUTO", cells: Cells | None = None) -> Cells:
    """A generic attribute, described at all levels."""
    return {
        "Code": code,
        "Attribute name": f"Attribute {code}",
        "Type": "Attributes",
        **{number: str(number) for number in NUMBERS},
        **{f"Level {number} description": f"{code} at {number}." for number in NUMBERS},
        **(cells or {}),
    }


def level_row_of_sfia_8(number: int, cells: Cells | None = None) -> Cells:
    return {
        "": f"{number} - ",
        **{name: f"{name} at {number}." for name in LEVEL_COLUMNS_OF_SFIA_8[1:]},
        **(cells or {}),
    }


def skill_address(code: str, edition: str = "9", language: str = "en") -> str:
    return f"https://sfia-online.org/{language}/skillcode/{edition}/{code}"


def file_of(*sheets: Sheet, name: str = "skills.xlsx") -> File:
    return File(name, "0" * 64, sheets)
