"""Workbooks and CSV files in the publisher's layout with invented text, the damaged and the hostile among them.

Cells are written as they are given: `_x000D_` lands in the file as seven characters, as the publisher's does. The
package is written by hand, because openpyxl keeps strings inside the sheets and Excel shares them, which is read by
other code. Files made of the same content are the same to the byte.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

Cell = str | int | float | bool | None

BREAK = "_x000D_\n"
LEVEL_NUMBERS = range(1, 8)
LEVELS_CELLS = ["Levels", *[None] * 6]
DESCRIPTIONS = [f"Level {number} description" for number in LEVEL_NUMBERS]
ATTRIBUTE, BEHAVIOUR = "Attributes", "Business skills/Behavioural factors"
ATTRIBUTES = {
    ATTRIBUTE: {"AUTO": "Autonomy", "INFL": "Influence", "COMP": "Complexity", "KNGE": "Knowledge"},
    BEHAVIOUR: {
        "COLL": "Collaboration",
        "COMM": "Communication",
        "IMPM": "Improvement mindset",
        "CRTY": "Creativity",
        "DECM": "Decision-making",
        "DIGI": "Digital mindset",
        "LEAD": "Leadership",
        "LADV": "Learning and development",
        "PLAN": "Planning",
        "PROB": "Problem-solving",
        "ADAP": "Adaptability",
        "SCPE": "Security, privacy and ethics",
    },
}
ATTRIBUTES_OF_SFIA_8 = ["Autonomy", "Influence", "Complexity", "Business skills", "Knowledge"]
# Skills, subcategories and skill levels; both editions have six categories.
SIZES = {"9": (147, 22, 672), "8": (121, 19, 495)}


@dataclass(frozen=True)
class SkillRow:
    code: str
    name: str
    category: str
    subcategory: str
    overall_description: str
    guidance_notes: str = ""
    descriptions: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AttributeRow:
    """A generic attribute of kind ATTRIBUTE or BEHAVIOUR; those of SFIA 8 have no code."""

    code: str
    name: str
    kind: str
    overall_description: str
    guidance_notes: str
    descriptions: Mapping[int, str]


@dataclass(frozen=True)
class LevelColumn:
    """A level of responsibility, its essence without the label that the cell repeats."""

    number: int
    guiding_phrase: str
    essence: str


@dataclass(frozen=True)
class Content:
    """What a workbook says. Each method returns a changed copy; a code or number that is not there is a LookupError."""

    edition: str
    skills: tuple[SkillRow, ...]
    attributes: tuple[AttributeRow, ...]
    levels: tuple[LevelColumn, ...]
    language: str = "en"

    def with_skill(self, code: str, **changes: Any) -> "Content":
        return replace(self, skills=_with_row(self.skills, changes, code=code))

    def with_attribute(self, code: str, **changes: Any) -> "Content":
        return replace(self, attributes=_with_row(self.attributes, changes, code=code))

    def with_level(self, number: int, **changes: Any) -> "Content":
        return replace(self, levels=_with_row(self.levels, changes, number=number))

    def with_description(self, code: str, number: int, text: str) -> "Content":
        """A skill or an attribute with another description at a level; without the level where the text is empty."""
        coded: tuple[Any, ...] = (*self.skills, *self.attributes)
        rows = [row for row in coded if row.code == code]
        if not rows:
            raise LookupError(code)
        descriptions = {**rows[0].descriptions, number: text}
        change = self.with_skill if isinstance(rows[0], SkillRow) else self.with_attribute
        return change(code, descriptions={n: descriptions[n] for n in sorted(descriptions) if descriptions[n]})

    def without_skill(self, code: str) -> "Content":
        kept = tuple(skill for skill in self.skills if skill.code != code)
        if len(kept) == len(self.skills):
            raise LookupError(code)
        return replace(self, skills=kept)

    def plus_skill(self, row: SkillRow) -> "Content":
        return replace(self, skills=(*self.skills, row))


def _with_row(rows: Sequence[Any], changes: Mapping[str, Any], **identity: Any) -> tuple[Any, ...]:
    ((name, value),) = identity.items()
    if all(getattr(row, name) != value for row in rows):
        raise LookupError(value)
    return tuple(replace(row, **changes) if getattr(row, name) == value else row for row in rows)


# The invented text.

NOUNS = [
    *("Ebb", "Flood", "Buoy", "Lamp", "Shoal", "Groyne"),
    *("Fender", "Kelp", "Gull", "Jetty", "Harbour-bell", "Sandbank"),
]
TRADES = [
    *("counting", "keeping", "reckoning", "mending", "teaching", "listening", "charting"),
    *("gathering", "tending", "greeting", "trimming", "weighing", "storing", "hallowing"),
]
DEEDS = ["Counts", "Keeps", "Mends", "Hails", "Charts", "Asks after", "Weighs", "Hands on", "Wakes", "Sings to"]
THINGS = [
    *("the outer buoys", "every lamp on the mole", "a shoal that has moved", "the harbour’s bells", "salt and rope"),
    *("the slack of the morning", "what the ebb leaves", "the keeper’s own book", "two tides at once", "the gulls"),
]
MANNERS = [
    *("before the flood", "with an older hand", "as the almanac asks", "without being told", "until the mist lifts"),
    *("for the whole bay", "and writes down why", "in any weather", "for those who follow", "by bell and by lantern"),
]
SENTENCES = [f"{' '.join(words)}." for words in product(DEEDS, THINGS, MANNERS)]
CATEGORIES = ["Tides and currents", "Lights", "Bells and fog", "Shore and sand", "Boats", "Harbour folk"]
SUBCATEGORIES = [
    *("Ebb", "Flood", "Slack water", "Drift", "Lamps", "Lenses", "Wicks and oil", "Bells", "Horns", "Fog", "Echoes"),
    *("Groynes", "Dunes", "Shingle", "Moorings", "Ferries", "Hulls", "Rope", "Pilots", "Customs and salt"),
    *("Apprentices", "Almanacs"),
]
LEVELS = tuple(
    LevelColumn(number, phrase, essence)
    for number, (phrase, essence) in enumerate(
        [
            ("Bail", "Bails when told to, and learns why the boat was wet."),
            ("Lend a hand", "Lends a hand at the oars,  and keeps the stroke of others. "),
            ("Row", "Rows a known course alone, by daylight."),
            ("Steer", "Steers for a crew and answers\xa0for where they land."),
            ("Moor, advise", "Keeps a harbour’s boats afloat and tells others how it is done."),
            ("Launch, sway", "Decides which boats are built, and brings the whole coast round to it."),
            ("Chart the sea, cheer, gather", "Draws the chart by which all others sail."),
        ],
        start=1,
    )
)


def _written_out() -> tuple[SkillRow, ...]:
    """The skills that every small workbook begins with: each has traps of its own."""
    return (
        SkillRow(
            "TIDE",
            "Tide keeping",
            "Tides and currents",
            "Ebb",
            "Keeping the tide to its table, so that boats float when their owners come for them. ",
            "Tides are kept by voice and by lantern. The voices are:_x000D_\n_x000D_\nthe long call_x000D_\n"
            "the short call, which is never used on Sundays_x000D_\nsilence_x000D_\n_x000D_\n"
            "Of the lanterns, only two are lit at once.  _x000D_\n_x000D_\nWhat the keeper’s book holds:_x000D_\n"
            "_x000D_\nheights_x000D_\nhours - local and true_x000D_\n_x000D_\nA late tide is nobody’s fault.",
            {
                1: "Holds the lantern for a keeper. Learns the table.",
                2: "Calls a neap tide in with an older hand._x000D_\nWrites the height in the book.",
                3: "Calls any tide of the month.\xa0 Says when one is late._x000D_\n"
                "Keeps the book without blots._x000D_\nTeaches the short call. ",
                4: "Answers for the tides of a bay._x000D_\nSettles with the moon’s people what is owed.",
            },
        ),
        SkillRow(
            "LAMP",
            "Lamp/lens polishing",
            "Tides and currents",
            "Flood",
            "Polishing lamps & lenses so that light leaves them <unbent> and arrives in time.",
            "* is the mark of a clean lens, _ that of a cracked one, and # that of one lent to a friend.\n"
            "1. is not a list, nor is <b>this</b> bold; [nor](is) this a link: `it` is **shown** as written._x000D_\n"
            "_x000D_\nOne rule stands above all:_x000D_\nthe lamp is never left.",
            {
                number: f"# {number} of 7 lamps\xa0are polished *twice* before dusk, by snake_case and rote."
                for number in range(3, 8)
            },
        ),
        SkillRow(
            "FOGS",
            "Fog storage",
            "Bells and fog",
            "Fog",
            "Laying up fog in autumn  for the weeks that lack it.",
            "What keeps:\xa0_x000D_\n_x000D_\nsea fog _x000D_\nriver fog_x000D_\n_x000D_\nWhat does not:_x000D_\n"
            "_x000D_\nsteam_x000D_\nsmoke_x000D_\n_x000D_\nWhat nobody has tried:_x000D_\n_x000D_\nthe breath of seals",
            {
                5: "Fills the cellars of a town.\nKnows the smell of each.",
                6: "Decides what a county spares._x000D_\nRefuses smoke._x000D_\nBuys in spring._x000D_\nSells dear.",
            },
        ),
        SkillRow(
            "ECHO",
            "Echo collecting",
            "Bells and fog",
            "Echoes",
            "Bringing in echoes before they fade.",
            descriptions={2: "Waits below the cliff with a jar; does not shout."},
        ),
    )


def invented(edition: str = "9", skills: int = 4) -> Content:
    """A small workbook: the first four skills have traps, written out, the rest short texts made by rule."""
    made = (
        _made_skill(number, CATEGORIES[number % 2], SUBCATEGORIES[number % 2 * 4 + number % 3], length=120)
        for number in range(skills - len(_written_out()))
    )
    return Content(edition, (*_written_out()[:skills], *made), _made_attributes(edition), LEVELS)


def full_size(edition: str) -> Content:
    """As many skills, subcategories and skill levels as the real edition "8" or "9" has, with texts about as long."""
    skills, subcategories, _ = SIZES[edition]
    rows = []
    for number, defined_at in enumerate(_ranges(edition)):
        subcategory = number * subcategories // skills
        category = subcategory * len(CATEGORIES) // subcategories
        rows.append(_made_skill(number, CATEGORIES[category], SUBCATEGORIES[subcategory], defined_at, length=400))
    return Content(edition, tuple(rows), _made_attributes(edition), LEVELS)


def _ranges(edition: str) -> Iterator[range]:
    """The levels of each skill, two to seven of them, which add up to those of the edition."""
    skills, _, total = SIZES[edition]
    for number in range(skills):
        more = (number // 2 % 3) * (-1) ** number if number < skills - 1 else 0
        count = total * (number + 1) // skills - total * number // skills + more
        first = 1 + number % (8 - count)
        yield range(first, first + count)


def _made_skill(
    number: int, category: str, subcategory: str, defined_at: range = range(2, 5), *, length: int
) -> SkillRow:
    """The code is of four capitals from XAAA on, which is no skill's of the publisher."""
    code = "".join(chr(ord("A") + (23 * 26**3 + number) // 26**place % 26) for place in (3, 2, 1, 0))
    sea, trade = divmod(number, len(NOUNS) * len(TRADES))
    name = f"{NOUNS[trade % len(NOUNS)]} {TRADES[trade // len(NOUNS)]}{f', sea {sea + 1}' if sea else ''}"
    return SkillRow(
        code,
        name,
        category,
        subcategory,
        f"{name}, and what comes of it. {_made_text(number, length // 4)}",
        _made_guidance(number, length * 2),
        {
            level: f"{name} at mark {level}. {_made_lines(number * 7 + level, 1 + (number + level) % 4, length)}"
            for level in defined_at
        },
    )


def _made_attributes(edition: str) -> tuple[AttributeRow, ...]:
    if edition == "8":
        named = [("", name, ATTRIBUTE) for name in ATTRIBUTES_OF_SFIA_8]
    else:
        named = [(code, name, kind) for kind, names in ATTRIBUTES.items() for code, name in names.items()]
    return tuple(
        AttributeRow(
            code,
            name,
            kind,
            f"{name}, as the sea sees it. {_made_text(seed, 60)}",
            _made_guidance(seed, 500),
            {level: _made_attribute_cell(code, name, kind, seed + level) for level in LEVEL_NUMBERS},
        )
        for seed, (code, name, kind) in enumerate(named)
    )


def _made_attribute_cell(code: str, name: str, kind: str, seed: int) -> str:
    if kind == ATTRIBUTE:
        return f"{name}, {seed} fathoms down. {_made_text(seed, 200)}"
    before = BREAK if seed % 6 == 0 else ""
    after = BREAK * 7 if (code, seed) == ("PLAN", 19) else ""
    return f"{before}{name}, {seed} fathoms down. {_made_lines(seed, 1 + seed % 5, 250)}{after}"


def _made_text(seed: int, length: int) -> str:
    """Sentences of about `length` characters, one text in two with white space that nobody meant."""
    sentences: list[str] = []
    size = 0
    while size < length - 20:
        sentences.append(SENTENCES[(seed * 37 + len(sentences) * 389) % len(SENTENCES)])
        size += len(sentences[-1]) + 1
    text = " ".join(sentences)
    return (text, text, text, f"{text} ", text.replace(". ", ".  ", 1), text.replace(" the ", " the\xa0", 1))[seed % 6]


def _made_lines(seed: int, lines: int, length: int) -> str:
    return BREAK.join(_made_text(seed + line, length // lines) for line in range(lines))


def _made_guidance(seed: int, length: int) -> str:
    """Paragraphs with up to three lists between them, a blank line round each."""
    parts = [_made_text(seed, length // 3)]
    for list_number in range(seed % 4):
        items = (
            SENTENCES[(seed + list_number + item * 71) % len(SENTENCES)] for item in range(2 + (seed + list_number) % 4)
        )
        parts += [f"Whoever keeps watch {list_number + 1}:", BREAK.join(item[:-1].lower() for item in items)]
    parts += [_made_text(seed + 1, length // 3)] * (seed % 3 > 0)
    return (BREAK * 2).join(parts)


# The files.


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    is_protected: bool = False


def write_sfia_9(path: Path, content: Content, *, with_read_me: bool = True) -> Path:
    return _write(path, [*([_read_me()] if with_read_me else []), *_sheets_of_sfia_9(content)])


def write_sfia_8(path: Path, content: Content) -> Path:
    """The content must have SFIA 8's five attributes, as `invented("8")` and `full_size("8")` do."""
    return _write(path, _sheets_of_sfia_8(content))


def write_csvs(
    folder: Path,
    content: Content,
    *,
    encoding: str = "cp1252",
    newline: str = "\r\n",
    delimiter: str = ",",
    shape: str = "9",
) -> dict[str, Path]:
    """A file for each sheet, as "Save as CSV" leaves them. With the newline "\\n" no CR is left within cells either."""
    paths = {}
    for sheet in _sheets_of_sfia_9(content) if shape == "9" else _sheets_of_sfia_8(content):
        paths[sheet.name] = folder / f"{sheet.name}.csv"
        with paths[sheet.name].open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, lineterminator=newline, delimiter=delimiter)
            for row in sheet.rows:
                cells = [_unescaped(cell) if isinstance(cell, str) else cell for cell in row]
                writer.writerow(
                    [cell.replace("\r", "") if newline == "\n" and isinstance(cell, str) else cell for cell in cells]
                )
    return paths


def _unescaped(cell: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), cell)


def _read_me() -> Sheet:
    rows = [["Read Me Notes"], ["These words are invented."], ["Who holds a boat may use them._x000D_\nNobody else."]]
    return Sheet("Read Me Notes", rows, is_protected=True)


def _sheets_of_sfia_9(content: Content) -> list[Sheet]:
    site, edition = f"https://sfia-online.org/{content.language}", content.edition
    texts = ["Overall description", "Guidance notes", *DESCRIPTIONS]
    skills = [
        [
            *(position, *_digits(row), row.code, f"{site}/skillcode/{edition}/{row.code}", row.name),
            *(row.category, row.subcategory, *_texts(row)),
        ]
        for position, row in enumerate(content.skills, start=1)
    ]
    attributes = [
        [*_digits(row), row.code, f"{site}/shortcode/{edition}/{row.code}", row.name, row.kind, *_texts(row)]
        for row in content.attributes
    ]
    return [
        Sheet(
            "Skills",
            [["#", *LEVELS_CELLS, "Code", "URL", "Skill", "Category", "Subcategory", *texts], *skills],
            merged=["B1:H1"],
        ),
        Sheet(
            "Attributes",
            [[*LEVELS_CELLS, "Code", "URL", "Attribute name", "Type", *texts], *attributes],
            merged=["A1:G1"],
        ),
        Sheet(
            "Levels of responsibility",
            [
                ["Level", *(level.number for level in content.levels)],
                ["Guiding phrase", *(level.guiding_phrase for level in content.levels)],
                ["Essence of the level", *(f"Essence of the level: {level.essence}" for level in content.levels)],
                ["URL", *(f"{site}/lor/{edition}/{level.number}" for level in content.levels)],
            ],
        ),
    ]


def _sheets_of_sfia_8(content: Content) -> list[Sheet]:
    skills, _, _ = _sheets_of_sfia_9(content)
    url = skills.rows[0].index("URL")
    descriptions = {row.name: row.descriptions for row in content.attributes}
    levels = [
        [f"{level.number} - ", *(descriptions[name].get(level.number) for name in ATTRIBUTES_OF_SFIA_8)]
        for level in content.levels
    ]
    return [
        replace(skills, rows=[[*row[:url], *row[url + 1 :]] for row in skills.rows]),
        Sheet("Levels of responsibility", [[None, *ATTRIBUTES_OF_SFIA_8], *levels]),
    ]


def _digits(row: SkillRow | AttributeRow) -> list[int | None]:
    return [number if row.descriptions.get(number) else None for number in LEVEL_NUMBERS]


def _texts(row: SkillRow | AttributeRow) -> list[str | None]:
    descriptions = (row.descriptions.get(number) for number in LEVEL_NUMBERS)
    return [text or None for text in (row.overall_description, row.guidance_notes, *descriptions)]


# The same workbook, changed or damaged; each is written beside the one given.


def repacked(path: Path) -> Path:
    """With a part that no other part mentions, as SharePoint leaves it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _package(_beside(path, "repacked"), {**parts, "[trash]/0000.dat": bytes(512)})


def truncated(path: Path) -> Path:
    cut = _beside(path, "truncated")
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return cut


def without_column(path: Path, sheet: str, heading: str) -> Path:
    """Trimmed. Cells that were merged at or behind the column no longer are."""
    sheets = _read(path)
    whole = sheets[sheet]
    index = _index(whole, heading)
    sheets[sheet] = replace(
        whole,
        rows=[[*row[:index], *row[index + 1 :]] for row in whole.rows],
        merged=[cells for cells in whole.merged if (range_boundaries(cells)[2] or 0) <= index],
    )
    return _write(_beside(path, "trimmed"), sheets.values())


def with_cell(path: Path, sheet: str, row: int, heading: str | int, value: Cell) -> Path:
    """With another value in one cell. Rows count from 1, the headings'; a column may be given by its number too."""
    sheets = _read(path)
    rows = [list(cells) for cells in sheets[sheet].rows]
    rows[row - 1][heading - 1 if isinstance(heading, int) else _index(sheets[sheet], heading)] = value
    sheets[sheet] = replace(sheets[sheet], rows=rows)
    return _write(_beside(path, "changed"), sheets.values())


def _beside(path: Path, what: str) -> Path:
    return path.with_stem(f"{path.stem}-{what}")


def _index(sheet: Sheet, heading: str) -> int:
    return [str(cell) for cell in sheet.rows[0]].index(heading)


def _read(path: Path) -> dict[str, Sheet]:
    """The sheets as openpyxl reads them: all to the letter, but for `x005F_`, which it takes out."""
    book: Any = load_workbook(path)
    return {
        sheet.title: Sheet(
            sheet.title,
            list(sheet.iter_rows(values_only=True)),
            merged=[merged.coord for merged in sheet.merged_cells.ranges],
            is_protected=sheet.protection.sheet,
        )
        for sheet in book.worksheets
    }


# Hostile files. Each has the right sheets and headings wherever it can, so that it is what it holds that must stop it.

SKILLS_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def zip_bomb(path: Path) -> Path:
    """A fifth of a gigabyte in one cell of the Skills sheet."""
    parts = _parts(_sheets_of_sfia_9(invented()))
    head, tail = parts[SKILLS_PART].split("</sheetData>")
    opened, closed = '<row r="9"><c r="A9" t="inlineStr"><is><t>', "</t></is></c></row></sheetData>"
    return _package(path, {**parts, SKILLS_PART: [head, opened, *["A" * 2**20] * 200, closed, tail]})


def million_rows(path: Path) -> Path:
    """As many rows as a sheet can have, with a 1 in the first cell of each."""
    parts = _parts(_sheets_of_sfia_9(invented(skills=0)))
    head, tail = parts[SKILLS_PART].replace("A1:V1", "A1:V1048576").split("</sheetData>")
    rows = "<row><c><v>1</v></c></row>" * 1023
    return _package(path, {**parts, SKILLS_PART: [head, *[rows] * 1025, "</sheetData>", tail]})


def many_strings(path: Path) -> Path:
    """Five million shared strings of one letter, beside those that the sheets use."""
    parts = _parts(_sheets_of_sfia_9(invented()))
    head, tail = parts[STRINGS_PART].split("</sst>")
    return _package(path, {**parts, STRINGS_PART: [head, *["<si><t>a</t></si>" * 10_000] * 500, "</sst>", tail]})


def with_entities(path: Path, part: str = STRINGS_PART) -> Path:
    """A billion laughs in the shared strings, or in SKILLS_PART."""
    entities = "".join(f'<!ENTITY laugh{n} "{f"&laugh{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE laughs [<!ENTITY laugh0 "ha">{entities}]>'
    parts = _parts(_sheets_of_sfia_9(invented()))
    end, laugh = {
        STRINGS_PART: ("</sst>", "<si><t>&laugh9;</t></si>"),
        SKILLS_PART: ("</sheetData>", '<row r="9"><c r="I9" t="str"><v>&laugh9;</v></c></row>'),
    }[part]
    return _package(path, {**parts, part: parts[part].replace(XML, XML + doctype).replace(end, laugh + end)})


def encrypted(path: Path) -> Path:
    """Begins as a workbook with a password does: an OLE container, not a zip."""
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1016) + "EncryptedPackage".encode("utf-16-le"))
    return path


def macro_workbook(path: Path) -> Path:
    """The content of an .xlsm under the name of an .xlsx."""
    parts = _parts(_sheets_of_sfia_9(invented()))
    types = parts["[Content_Types].xml"].replace(WORKBOOK_TYPE, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    default = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="macros" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        ' Target="vbaProject.bin"/></Relationships>',
    )
    return _package(
        path,
        {
            **parts,
            "[Content_Types].xml": types.replace("</Types>", f"{default}</Types>"),
            "xl/_rels/workbook.xml.rels": relations,
            "xl/vbaProject.bin": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504),
        },
    )


def text_file(path: Path) -> Path:
    path.write_text("These are words, and no workbook.\n", encoding="utf-8")
    return path


# The package.

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_ML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK_TYPE = f"{SHEET_ML}.sheet.main+xml"
RELATIONS = f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
STYLES = (
    f'{XML}<styleSheet {MAIN}><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="1"><xf/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _write(path: Path, sheets: Iterable[Sheet]) -> Path:
    return _package(path, _parts(list(sheets)))


def _parts(sheets: Sequence[Sheet]) -> dict[str, str]:
    strings: dict[str, int] = {}
    files = {
        f"worksheets/sheet{number}.xml": _sheet_xml(sheet, strings) for number, sheet in enumerate(sheets, start=1)
    }
    named = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    shared = "".join(f'<si><t xml:space="preserve">{_as_xml(text)}</t></si>' for text in strings)
    targets = {**dict.fromkeys(files, "worksheet"), "styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items(), start=1)
    )
    types = "".join(
        f'<Override PartName="/xl/{target}" ContentType="{SHEET_ML}.{kind}+xml"/>' for target, kind in targets.items()
    )
    package_relations = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/>{types}</Types>',
        "_rels/.rels": f"{RELATIONS}{package_relations}</Relationships>",
        "xl/workbook.xml": f'{XML}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{RELATIONS}{relations}</Relationships>",
        **{f"xl/{name}": xml for name, xml in files.items()},
        "xl/styles.xml": STYLES,
        STRINGS_PART: f'{XML}<sst {MAIN} uniqueCount="{len(strings)}">{shared}</sst>',
    }


def _sheet_xml(sheet: Sheet, strings: dict[str, int]) -> str:
    """The sheet; each text becomes its place in `strings`, which grows."""
    columns = [get_column_letter(number) for number in range(1, len(sheet.rows[0]) + 1)]
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = "".join(
            _cell_xml(f"{column}{number}", cell, strings)
            for column, cell in zip(columns, row, strict=True)
            if cell is not None
        )
        rows.append(f'<row r="{number}">{cells}</row>')
    merged = "".join(f'<mergeCell ref="{cells}"/>' for cells in sheet.merged)
    return (
        f'{XML}<worksheet {MAIN}><dimension ref="A1:{columns[-1]}{len(rows)}"/><sheetData>{"".join(rows)}</sheetData>'
        + ('<sheetProtection sheet="1" objects="1" scenarios="1"/>' if sheet.is_protected else "")
        + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
        + "</worksheet>"
    )


def _cell_xml(place: str, cell: Cell, strings: dict[str, int]) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{cell:d}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


def _as_xml(text: str) -> str:
    """A CR that is itself in a cell would be read as LF if it were not spelled out."""
    return escape(text, {"\r": "&#13;"})


def _package(path: Path, parts: Mapping[str, str | bytes | Iterable[str]]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            dated = zipfile.ZipInfo(name)  # on the first day that a zip can name, whenever it is written
            dated.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(dated, "w") as file:
                for piece in [part] if isinstance(part, str | bytes) else part:
                    file.write(piece.encode() if isinstance(piece, str) else piece)
    return path
