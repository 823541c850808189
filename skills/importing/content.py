"""The publisher's sheets as parts of a document: skills with their categories, generic attributes, levels."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from skills import document, prose
from skills.document import slug_of
from skills.models import Attribute, Category, Level, Skill
from skills.models.level import NUMBERS

from .cells import Address, address_in, code_in, description_in, text_in, words_in
from .rows import Problem, Report, Row, count_of_headings, quoted, rows_by_heading
from .sheet import Sheet

SKILLS, ATTRIBUTES, LEVELS = "Skills", "Attributes", "Levels of responsibility"
DESCRIPTIONS = tuple(f"Level {number} description" for number in NUMBERS)
SKILL_HEADINGS = ("Code", "Skill", "Category", "Subcategory", "Overall description", "Guidance notes", *DESCRIPTIONS)
ATTRIBUTE_HEADINGS = ("Code", "Attribute name", "Type", "Overall description", "Guidance notes", *DESCRIPTIONS)
LEVEL_HEADINGS = ("Level", *map(str, NUMBERS))
GUIDING_PHRASE, ESSENCE, URL = "guiding phrase", "essence of the level", "url"
# SFIA 8 says what it asks at each level in columns, which are its generic attributes. It gives them no codes: four are
# those of SFIA 9, the fifth is ours.
COLUMNS_OF_SFIA_8 = {
    "Autonomy": ("AUTO", "attribute"),
    "Influence": ("INFL", "attribute"),
    "Complexity": ("COMP", "attribute"),
    "Business skills": ("BUSI", "behaviour"),
    "Knowledge": ("KNGE", "attribute"),
}
KINDS = {"attributes": "attribute", "business skills/behavioural factors": "behaviour"}
ORDER = re.compile("[0-9]{1,9}")
# Fewer headings in common do not make a table one of ours.
FEWEST_HEADINGS = 3
LABEL_OF_ESSENCE = re.compile(r"^essence of the level\s*:\s*", re.IGNORECASE)
LEVEL_AND_PHRASE = re.compile(r"([1-7])\s*(?:[-–]\s*(.{0,100}))?")

Categories = dict[str, tuple[str, dict[str, str]]]
"""By slug, in order: the name, and the names of the subcategories by slug."""


@dataclass
class Content:
    """What some sheets say, and the publisher's addresses in them. None: they say nothing of it."""

    levels: tuple[document.Level, ...] | None = None
    attributes: tuple[document.Attribute, ...] | None = None
    categories: tuple[document.Category, ...] | None = None
    skills: tuple[document.Skill, ...] | None = None
    addresses: list[Address] = field(default_factory=list)
    is_of_sfia_8: bool = False
    """Whether the levels are laid out as in SFIA 8, which has no addresses to say so."""


def name_of(sheet: Sheet) -> str:
    """Which of the three a sheet is: by its name or, where it has none, by its headings; "" for another table."""
    if sheet.name:
        return sheet.name
    counts = {
        SKILLS: count_of_headings(sheet, SKILL_HEADINGS),
        ATTRIBUTES: count_of_headings(sheet, ATTRIBUTE_HEADINGS),
        LEVELS: max(_levels_across(sheet), count_of_headings(sheet, COLUMNS_OF_SFIA_8)),
    }
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] >= FEWEST_HEADINGS else ""


def _levels_across(sheet: Sheet) -> int:
    """How many of the headings of SFIA 9's levels there are. The numbers alone stand in rows of skills, too."""
    return count_of_headings(sheet, LEVEL_HEADINGS) * count_of_headings(sheet, LEVEL_HEADINGS[:1])


def read_sheet(sheet: Sheet, name: str, content: Content, report: Report) -> None:
    """Put what one sheet says into the content, and what is wrong with it into the report."""
    if name == SKILLS:
        _read_skills(sheet, content, report)
    elif name == ATTRIBUTES:
        _put_attributes(tuple(_attributes(sheet, content, report)), content, report)
    elif count_of_headings(sheet, COLUMNS_OF_SFIA_8) >= FEWEST_HEADINGS:
        _read_levels_of_sfia_8(sheet, content, report)
    else:
        content.levels = tuple(_levels(sheet, content, report))


def _put_attributes(attributes: tuple[document.Attribute, ...], content: Content, report: Report) -> None:
    """One sheet alone says them: that of SFIA 9's attributes, or that of SFIA 8's levels."""
    if content.attributes is not None:
        message = f"SFIA 9's levels were expected beside a sheet “{ATTRIBUTES}”; these are SFIA 8's."
        report.problems.append(Problem(LEVELS, None, "", message))
    content.attributes = attributes


def _coded_rows(
    sheet: Sheet, name: str, headings: Sequence[str], content: Content, report: Report
) -> Iterator[tuple[str, Row]]:
    """The rows with a code of their own, each with it; the addresses in them go into the content."""
    rows: dict[str, int] = {}
    for row in rows_by_heading(sheet, name, headings, report):
        code = code_in(row)
        if not code:
            continue
        if code in rows:
            row.problem("Code", f"{code} stands in row {rows[code]} already.")
            continue
        rows[code] = row.number
        address = address_in(row, "URL", of=code)
        if address:
            content.addresses.append(address)
        yield code, row


def _refuse_none(rows: Collection[object], name: str, report: Report) -> None:
    """A sheet of headings alone would withdraw all that the edition has."""
    if not rows and all(problem.sheet != name for problem in report.problems):
        report.problems.append(
            Problem(name, None, "", "at least one row that can be read was expected; there is none.")
        )


def _read_skills(sheet: Sheet, content: Content, report: Report) -> None:
    rows = sorted(_coded_rows(sheet, SKILLS, SKILL_HEADINGS, content, report), key=lambda pair: _order(pair[1]))
    _refuse_none(rows, SKILLS, report)
    categories: Categories = {}
    content.skills = tuple(_skill(code, row, position, categories) for position, (code, row) in enumerate(rows, 1))
    content.categories = tuple(
        document.Category(
            slug,
            name,
            position,
            tuple(
                document.Subcategory(subslug, subname, subposition)
                for subposition, (subslug, subname) in enumerate(subcategories.items(), 1)
            ),
        )
        for position, (slug, (name, subcategories)) in enumerate(categories.items(), 1)
    )


def _order(row: Row) -> tuple[int, int]:
    """The framework's own order, where the sheet numbers it: people sort sheets by name."""
    number = row["#"].strip()
    if not row.has("#"):
        return 0, row.number
    if not ORDER.fullmatch(number):
        row.problem("#", f"a whole number was expected, not {quoted(number)}.")
        return 0, row.number
    return int(number), row.number


def _skill(code: str, row: Row, position: int, categories: Categories) -> document.Skill:
    category, name = _division(row, "Category")
    subcategory, subname = _division(row, "Subcategory")
    first_name, subcategories = categories.setdefault(category, (name, {}))
    _warn_of_another_name(row, "Category", name, first_name)
    _warn_of_another_name(row, "Subcategory", subname, subcategories.setdefault(subcategory, subname))
    levels = ((number, description_in(row, number)) for number in NUMBERS)
    skill = document.Skill(
        code=code,
        name=words_in(row, "Skill", longest=longest(Skill, "name")),
        position=position,
        category=category,
        subcategory=subcategory,
        overall_description=text_in(row, "Overall description", is_needed=True),
        guidance_notes=text_in(row, "Guidance notes"),
        skill_levels=tuple(document.SkillLevel(number, text) for number, text in levels if text),
    )
    if not skill.skill_levels:
        row.warning("Levels", f"{code} is described at no level.")
    return skill


def _division(row: Row, heading: str) -> tuple[str, str]:
    """The slug and the name of a category or subcategory."""
    name = words_in(row, heading, longest=longest(Category, "name"))
    slug = slug_of(name)[: longest(Category, "slug")]  # one letter may be written with three
    if name and not slug:
        row.problem(heading, f"a letter from A to Z or a digit was expected in {quoted(name)}, for its address.")
    return slug, name


def _warn_of_another_name(row: Row, heading: str, name: str, first_name: str) -> None:
    if name != first_name:
        row.warning(heading, f"{quoted(name)} is read as {quoted(first_name)}: both have the same address.")


def _attributes(sheet: Sheet, content: Content, report: Report) -> Iterator[document.Attribute]:
    rows = list(_coded_rows(sheet, ATTRIBUTES, ATTRIBUTE_HEADINGS, content, report))
    _refuse_none(rows, ATTRIBUTES, report)
    for position, (code, row) in enumerate(rows, 1):
        kind = KINDS.get(" ".join(row["Type"].split()).lower())
        if not kind:
            row.problem(
                "Type",
                f"“Attributes” or “Business skills/Behavioural factors” was expected, not {quoted(row['Type'])}.",
            )
        is_list = kind == "behaviour"
        levels = [(number, description_in(row, number, is_needed=True, lines_are_items=is_list)) for number in NUMBERS]
        yield document.Attribute(
            code=code,
            name=words_in(row, "Attribute name", longest=longest(Attribute, "name")),
            kind=kind or "attribute",
            position=position,
            overall_description=text_in(row, "Overall description"),
            guidance_notes=text_in(row, "Guidance notes"),
            attribute_levels=tuple(document.AttributeLevel(number, text) for number, text in levels if text),
        )


def _levels(sheet: Sheet, content: Content, report: Report) -> Iterator[document.Level]:
    """The levels of SFIA 9, whose sheet has labels down its first column and the levels across."""
    lines = {_label(row["Level"]): row for row in rows_by_heading(sheet, LEVELS, LEVEL_HEADINGS, report)}
    _refuse_none(lines, LEVELS, report)
    if not lines:
        return
    for label in (GUIDING_PHRASE, ESSENCE):
        if label not in lines:
            report.problems.append(Problem(LEVELS, None, "Level", f"a row “{label.capitalize()}” was expected."))
    phrases, essences, addresses = (lines.get(label) for label in (GUIDING_PHRASE, ESSENCE, URL))
    for heading in map(str, NUMBERS):
        address = address_in(addresses, heading, of=heading) if addresses else None
        if address:
            content.addresses.append(address)
        if phrases and essences:
            yield document.Level(
                int(heading),
                words_in(phrases, heading, longest=longest(Level, "guiding_phrase")),
                words_in(essences, heading, longest=longest(Level, "essence"), label=LABEL_OF_ESSENCE),
            )


def _read_levels_of_sfia_8(sheet: Sheet, content: Content, report: Report) -> None:
    """The levels of SFIA 8 without a word of their own, and with its five columns, which are its attributes."""
    content.is_of_sfia_8 = True
    found: dict[int, tuple[Row, str]] = {}
    for row in rows_by_heading(sheet, LEVELS, tuple(COLUMNS_OF_SFIA_8), report):
        label = LEVEL_AND_PHRASE.fullmatch(" ".join(prose.words_of_cell(row.at(0)).split()))
        if not label:
            row.problem("", f"a level, “1 - ” to “7 - ”, was expected in the first column, not {quoted(row.at(0))}.")
        elif int(label[1]) in found:
            row.problem("", f"level {label[1]} stands in row {found[int(label[1])][0].number} already.")
        else:
            found[int(label[1])] = row, label[2] or ""
    _refuse_none(found, LEVELS, report)
    if not found:
        return
    missing = [number for number in NUMBERS if number not in found]
    report.problems.extend(Problem(LEVELS, None, "", f"a row for level {number} was expected.") for number in missing)
    content.levels = tuple(document.Level(number, found[number][1] or None) for number in sorted(found))
    attributes = (
        document.Attribute(
            code=code,
            name=name,
            kind=kind,
            position=position,
            attribute_levels=tuple(
                document.AttributeLevel(
                    number, text_in(found[number][0], name, is_needed=True, lines_are_items=kind == "behaviour")
                )
                for number in sorted(found)
            ),
        )
        for position, (name, (code, kind)) in enumerate(COLUMNS_OF_SFIA_8.items(), 1)
    )
    _put_attributes(tuple(attributes), content, report)


def _label(cell: str) -> str:
    return " ".join(cell.split()).lower().rstrip(":")


def longest(model: type[Skill | Attribute | Category | Level], name: str) -> int:
    field: Any = model._meta.get_field(name)
    return int(field.max_length)
