"""The invented workbooks have the layout of the publisher's, or what is read from them proves nothing."""

import csv
import re
import zipfile
from dataclasses import replace
from itertools import chain, groupby, pairwise

import pytest
from defusedxml import EntitiesForbidden
from openpyxl import load_workbook

from . import workbooks
from .workbooks import AttributeRow, SkillRow, full_size, invented, write_csvs, write_sfia_8, write_sfia_9

BLANKS = [None] * 6
DESCRIPTIONS = [f"Level {number} description" for number in range(1, 8)]
TEXTS = ["Overall description", "Guidance notes", *DESCRIPTIONS]
SKILLS = ["#", "Levels", *BLANKS, "Code", "URL", "Skill", "Category", "Subcategory", *TEXTS]
SKILLS_OF_SFIA_8 = ["#", "Levels", *BLANKS, "Code", "Skill", "Category", "Subcategory", *TEXTS]
ATTRIBUTES = ["Levels", *BLANKS, "Code", "URL", "Attribute name", "Type", *TEXTS]
CODES = "AUTO INFL COMP KNGE COLL COMM IMPM CRTY DECM DIGI LEAD LADV PLAN PROB ADAP SCPE"


@pytest.fixture
def workbook(tmp_path):
    return write_sfia_9(tmp_path / "SFIA 9.xlsx", invented())


def rows_of(path, sheet):
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def column_of(path, sheet, heading):
    headings, *rows = rows_of(path, sheet)
    return [row[headings.index(heading)] for row in rows]


def part_of(path, name):
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {part.filename: part.file_size for part in archive.infolist()}


def texts_of(content):
    """Each cell of text but names, guiding phrases and essences."""
    for row in (*content.skills, *content.attributes):
        yield from (row.overall_description, row.guidance_notes, *row.descriptions.values())


def lists_of(cell):
    """The lists of a cell, by the rule of which the publisher's can be rebuilt."""
    lines = [line.strip() for line in cell.replace("_x000D_", "").split("\n")]
    opened = [at for at, (line, following) in enumerate(pairwise(lines)) if not following and line]
    for at in opened:
        if lines[at].endswith(":"):
            after = [*lines[at + 2 :], ""]
            yield after[: after.index("")]


# What the workbooks say.


@pytest.mark.parametrize(
    ("edition", "skills", "subcategories", "skill_levels"), [("9", 147, 22, 672), ("8", 121, 19, 495)]
)
def test_a_full_size_edition_has_as_much_as_the_real_one(edition, skills, subcategories, skill_levels):
    rows = full_size(edition).skills
    assert len({row.code for row in rows}) == len({row.name for row in rows}) == len(rows) == skills
    assert len({row.category for row in rows}) == 6
    assert len({row.subcategory for row in rows}) == len({(row.category, row.subcategory) for row in rows})
    assert len([*groupby(row.subcategory for row in rows)]) == subcategories
    assert sum(len(row.descriptions) for row in rows) == skill_levels


def test_the_texts_of_a_full_size_edition_are_about_as_long_as_the_real_ones():
    rows = full_size("9").skills
    descriptions = [*chain.from_iterable(row.descriptions.values() for row in rows)]
    assert 120 < sum(len(row.overall_description) for row in rows) / len(rows) < 171
    assert 750 < sum(len(row.guidance_notes) for row in rows) / len(rows) < 1000
    assert 350 < sum(map(len, descriptions)) / len(descriptions) < 450
    assert max(len(row.overall_description) for row in rows) <= 171
    assert max(len(row.guidance_notes) for row in rows) <= 1671
    assert max(map(len, descriptions)) <= 729
    assert max(len(row.name) for row in rows) <= 44


def test_every_skill_of_sfia_8_has_its_code_in_sfia_9_too():
    before, after = ({row.code for row in full_size(edition).skills} for edition in "89")
    assert before < after
    assert len(after - before) == 26


@pytest.mark.parametrize("content", [invented(), invented(skills=100), full_size("9"), full_size("8")])
def test_codes_are_four_capitals_and_levels_are_contiguous(content):
    for row in content.skills:
        assert re.fullmatch("[A-Z]{4}", row.code)
        numbers = [*row.descriptions]
        assert numbers == [*range(numbers[0], numbers[-1] + 1)]
        assert 1 <= numbers[0] <= numbers[-1] <= 7


@pytest.mark.parametrize("skills", [0, 1, 4, 5, 14_700])
def test_as_many_skills_are_invented_as_are_asked_for(skills):
    rows = invented(skills=skills).skills
    assert len(rows) == len({row.code for row in rows}) == len({row.name for row in rows}) == skills


def test_no_invented_skill_has_the_code_of_an_attribute():
    assert not {row.code for row in invented(skills=500).skills} & {*CODES.split()}


def test_the_same_is_invented_every_time(tmp_path):
    assert invented() == invented()
    one, other = (write_sfia_9(tmp_path / name, full_size("9")) for name in ("one.xlsx", "other.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_a_small_workbook_has_two_categories_of_several_subcategories():
    rows = invented().skills
    categories = {row.category: {other.subcategory for other in rows if other.category == row.category} for row in rows}
    assert [len(subcategories) for subcategories in categories.values()] == [2, 2]


def test_the_sixteen_attributes_are_the_publishers_and_defined_at_all_levels():
    attributes = invented().attributes
    assert [row.code for row in attributes] == CODES.split()
    assert [row.kind for row in attributes] == ["Attributes"] * 4 + ["Business skills/Behavioural factors"] * 12
    assert all([*row.descriptions] == [*range(1, 8)] for row in attributes)


def test_an_attribute_is_one_paragraph_a_level_and_a_behaviour_up_to_five_lines():
    for row in invented().attributes:
        lines = {len(text.replace("_x000D_", "").strip().split("\n")) for text in row.descriptions.values()}
        assert lines == {1} if row.kind == "Attributes" else max(lines) <= 5


def test_descriptions_of_skills_are_up_to_four_paragraphs_with_no_blank_line():
    for row in (*invented().skills, *full_size("9").skills):
        for text in row.descriptions.values():
            lines = text.replace("_x000D_", "").split("\n")
            assert len(lines) <= 4
            assert all(line.strip() for line in lines)


@pytest.mark.parametrize("content", [invented(), full_size("9")])
def test_guidance_has_from_none_to_three_lists(content):
    counts = {len([*lists_of(row.guidance_notes)]) for row in content.skills}
    assert counts == {0, 2, 3} if len(content.skills) == 4 else counts == {0, 1, 2, 3}


def test_the_lists_written_out_are_those_meant():
    skills = {row.code: row for row in invented().skills}
    assert [*lists_of(skills["FOGS"].guidance_notes)] == [
        ["sea fog", "river fog"],
        ["steam", "smoke"],
        ["the breath of seals"],
    ]
    assert [*lists_of(skills["LAMP"].guidance_notes)] == []


def test_a_small_workbook_has_the_traps_of_a_real_one():
    cells = [*texts_of(invented())]
    text = "|".join(cells)
    assert re.search(r"[^_]\n", text), "a bare LF"
    assert all(trap in text for trap in ("\xa0", ".  ", " |", "’", "*", "_ ", "# ", "<b>", "\n1. ", "&"))
    assert any(cell.startswith("_x000D_\n") for cell in cells)
    assert [cell for cell in cells if cell.endswith("_x000D_\n" * 7)]
    assert text.encode("cp1252")


def test_a_changed_copy_differs_in_what_was_asked_alone():
    content = invented()
    assert content.with_skill("TIDE", name="Tide minding").skills[0] == replace(content.skills[0], name="Tide minding")
    assert content.with_skill("TIDE", name="Tide minding").skills[1:] == content.skills[1:]
    assert content.with_level(3, essence="Rows.").levels[2].essence == "Rows."
    assert content.with_attribute("PLAN", name="Plans").attributes[12].name == "Plans"
    assert [row.code for row in content.without_skill("LAMP").skills] == ["TIDE", "FOGS", "ECHO"]
    added = SkillRow("SALT", "Salt", "Boats", "Hulls", "Salts.", descriptions={1: "Salts a little."})
    assert content.plus_skill(added).skills == (*content.skills, added)


def test_a_description_is_changed_added_or_taken_away():
    content = invented()
    assert content.with_description("ECHO", 2, "Waits.").skills[3].descriptions == {2: "Waits."}
    assert [*content.with_description("ECHO", 1, "Waits.").skills[3].descriptions] == [1, 2]
    assert content.with_description("ECHO", 2, "").skills[3].descriptions == {}
    assert content.with_description("AUTO", 7, "Sails.").attributes[0].descriptions[7] == "Sails."


def test_a_copy_cannot_be_changed_in_what_is_not_there():
    content = invented()
    for change in (content.with_skill, content.with_attribute, content.without_skill, content.with_level):
        with pytest.raises(LookupError):
            change("NONE")
    with pytest.raises(LookupError):
        content.with_description("NONE", 1, "Nothing.")


# SFIA 9's workbook.


def test_sfia_9_has_its_sheets_with_the_protected_one_in_front(workbook, tmp_path):
    book = load_workbook(workbook)
    assert book.sheetnames == ["Read Me Notes", "Skills", "Attributes", "Levels of responsibility"]
    assert [sheet.protection.sheet for sheet in book] == [True, False, False, False]
    without = write_sfia_9(tmp_path / "without.xlsx", invented(), with_read_me=False)
    assert load_workbook(without).sheetnames == book.sheetnames[1:]


def test_sfia_9_has_its_headings_to_the_letter(workbook):
    assert rows_of(workbook, "Skills")[0] == SKILLS
    assert rows_of(workbook, "Attributes")[0] == ATTRIBUTES


def test_the_heading_over_the_digits_is_merged(workbook):
    book = load_workbook(workbook)
    assert [merged.coord for merged in book["Skills"].merged_cells.ranges] == ["B1:H1"]
    assert [merged.coord for merged in book["Attributes"].merged_cells.ranges] == ["A1:G1"]


@pytest.mark.parametrize(("sheet", "first_digit", "first_text"), [("Skills", 1, 15), ("Attributes", 0, 13)])
def test_a_digit_is_there_exactly_when_its_description_is(workbook, sheet, first_digit, first_text):
    for row in rows_of(workbook, sheet)[1:]:
        digits, texts = row[first_digit : first_digit + 7], row[first_text:]
        assert len(texts) == 7
        assert digits == [number if text else None for number, text in enumerate(texts, start=1)]


def test_skills_are_numbered_in_order(workbook):
    assert column_of(workbook, "Skills", "#") == [1, 2, 3, 4]


def test_addresses_name_the_language_the_edition_and_the_code(workbook, tmp_path):
    assert column_of(workbook, "Skills", "URL")[0] == "https://sfia-online.org/en/skillcode/9/TIDE"
    assert column_of(workbook, "Attributes", "URL")[0] == "https://sfia-online.org/en/shortcode/9/AUTO"
    assert rows_of(workbook, "Levels of responsibility")[3][7] == "https://sfia-online.org/en/lor/9/7"
    other = write_sfia_9(tmp_path / "other.xlsx", replace(invented("10"), language="de"))
    assert column_of(other, "Skills", "URL")[0] == "https://sfia-online.org/de/skillcode/10/TIDE"


def test_levels_of_responsibility_run_across(workbook):
    rows = rows_of(workbook, "Levels of responsibility")
    assert [row[0] for row in rows] == ["Level", "Guiding phrase", "Essence of the level", "URL"]
    assert rows[0][1:] == [1, 2, 3, 4, 5, 6, 7]
    assert rows[1][1:] == [level.guiding_phrase for level in invented().levels]
    assert rows[2][1] == "Essence of the level: Bails when told to, and learns why the boat was wet."


def test_cells_are_in_the_file_to_the_letter(workbook):
    guidance = invented().skills[0].guidance_notes
    assert "_x000D_\n_x000D_\nthe long call_x000D_\n" in guidance
    assert guidance in part_of(workbook, "xl/sharedStrings.xml")
    assert column_of(workbook, "Skills", "Guidance notes")[:3] == [row.guidance_notes for row in invented().skills[:3]]
    assert column_of(workbook, "Attributes", "Level 1 description") == [
        row.descriptions[1] for row in invented().attributes
    ]


def test_an_escaped_underscore_is_in_the_file_to_the_letter(tmp_path):
    path = write_sfia_9(tmp_path / "escaped.xlsx", invented().with_description("ECHO", 2, "_x005F_x000D_"))
    assert ">_x005F_x000D_<" in part_of(path, "xl/sharedStrings.xml")


def test_texts_are_shared_between_cells_as_excel_shares_them(workbook):
    assert "inlineStr" not in part_of(workbook, "xl/worksheets/sheet2.xml")
    assert part_of(workbook, "xl/sharedStrings.xml").count(">Tides and currents<") == 1


# SFIA 8's workbook.


def test_sfia_8_has_21_columns_and_no_attributes(tmp_path):
    path = write_sfia_8(tmp_path / "SFIA 8.xlsx", full_size("8"))
    assert load_workbook(path).sheetnames == ["Skills", "Levels of responsibility"]
    headings, *rows = rows_of(path, "Skills")
    assert headings == SKILLS_OF_SFIA_8
    assert len(headings) == 21
    assert len(rows) == 121
    assert all(re.fullmatch("[A-Z]{4}", row[8]) for row in rows)


def test_levels_of_sfia_8_run_down_and_hold_its_attributes(tmp_path):
    path = write_sfia_8(tmp_path / "SFIA 8.xlsx", invented("8"))
    headings, *rows = rows_of(path, "Levels of responsibility")
    assert headings == [None, "Autonomy", "Influence", "Complexity", "Business skills", "Knowledge"]
    assert [row[0] for row in rows] == ["1 - ", "2 - ", "3 - ", "4 - ", "5 - ", "6 - ", "7 - "]
    assert rows[6][4].startswith("Business skills, ")
    assert all(isinstance(attribute, AttributeRow) and not attribute.code for attribute in invented("8").attributes)


# CSV.


def test_a_csv_is_of_cp1252_with_line_breaks_inside_quotes(tmp_path):
    paths = write_csvs(tmp_path, invented())
    assert [*paths] == ["Skills", "Attributes", "Levels of responsibility"]
    octets = paths["Skills"].read_bytes()
    assert b"keeper\x92s" in octets
    assert b"_x000D_" not in octets
    assert b"\xef\xbb\xbf" not in octets
    assert octets.startswith(b"#,Levels,,,,,,,Code,URL,Skill,Category,Subcategory,Overall description,")
    assert b'"Fills the cellars of a town.\nKnows the smell of each."' in octets
    assert b"spares.\r\nRefuses smoke.\r\n" in octets


def test_a_csv_says_what_the_workbook_does(tmp_path, workbook):
    for sheet, path in write_csvs(tmp_path, invented()).items():
        with path.open(encoding="cp1252", newline="") as file:
            rows = [["" if cell is None else str(cell) for cell in row] for row in rows_of(workbook, sheet)]
            assert [*csv.reader(file)] == [[cell.replace("_x000D_", "\r") for cell in row] for row in rows]


def test_a_csv_may_have_other_ends_of_lines_delimiters_and_encodings(tmp_path):
    octets = write_csvs(tmp_path, invented(), encoding="utf-8-sig", newline="\n", delimiter=";")["Skills"].read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf#;Levels;;;;;;;Code;")
    assert b"\r" not in octets
    assert "keeper’s" in octets.decode()


def test_the_csvs_of_sfia_8_have_its_shape(tmp_path):
    paths = write_csvs(tmp_path, invented("8"), shape="8")
    assert [*paths] == ["Skills", "Levels of responsibility"]
    assert paths["Levels of responsibility"].read_bytes().startswith(b",Autonomy,Influence,")


# Changed and damaged.


def test_a_repacked_workbook_opens_and_has_a_part_more(workbook):
    path = workbooks.repacked(workbook)
    assert parts_of(path).keys() - parts_of(workbook).keys() == {"[trash]/0000.dat"}
    assert rows_of(path, "Skills") == rows_of(workbook, "Skills")


def test_a_truncated_workbook_does_not_open(workbook):
    path = workbooks.truncated(workbook)
    assert path.read_bytes()[:2] == b"PK"
    with pytest.raises(zipfile.BadZipFile):
        load_workbook(path)


@pytest.mark.parametrize(
    ("heading", "merged"), [("Code", ["B1:H1"]), ("Levels", []), ("#", []), ("Level 7 description", ["B1:H1"])]
)
def test_a_trimmed_sheet_lacks_one_column_alone(workbook, heading, merged):
    path, index = workbooks.without_column(workbook, "Skills", heading), SKILLS.index(heading)
    assert rows_of(path, "Skills") == [row[:index] + row[index + 1 :] for row in rows_of(workbook, "Skills")]
    assert rows_of(path, "Attributes") == rows_of(workbook, "Attributes")
    assert [cells.coord for cells in load_workbook(path)["Skills"].merged_cells.ranges] == merged
    assert load_workbook(path)["Read Me Notes"].protection.sheet


@pytest.mark.parametrize("value", ["N/A", "tide", 3, 2.5, True, None, "=1+1", "a\rb"])
def test_a_changed_sheet_has_one_other_cell(workbook, value):
    path = workbooks.with_cell(workbook, "Skills", 2, "Code", value)
    before, after = rows_of(workbook, "Skills"), rows_of(path, "Skills")
    assert before[1][8] == "TIDE"
    before[1][8] = value
    assert after == before


def test_a_cell_may_be_found_by_the_number_of_its_column_and_a_level_by_its_own(workbook):
    path = workbooks.with_cell(workbook, "Skills", 5, 8, 7)
    assert rows_of(path, "Skills")[4][1:8] == [None, 2, None, None, None, None, 7]
    path = workbooks.with_cell(path, "Levels of responsibility", 2, "7", "Rest")
    assert rows_of(path, "Levels of responsibility")[1][7] == "Rest"


def test_a_column_that_is_not_there_cannot_be_trimmed_or_changed(workbook):
    with pytest.raises(ValueError, match="Grade"):
        workbooks.without_column(workbook, "Skills", "Grade")
    with pytest.raises(ValueError, match="Grade"):
        workbooks.with_cell(workbook, "Skills", 2, "Grade", "A")


# Hostile.


@pytest.fixture(
    scope="module",
    params=[
        (workbooks.zip_bomb, workbooks.SKILLS_PART, 200 * 2**20),
        (workbooks.million_rows, workbooks.SKILLS_PART, 25 * 2**20),
        (workbooks.many_strings, workbooks.STRINGS_PART, 80 * 2**20),
    ],
    ids=lambda bomb: bomb[0].__name__,
)
def bomb(request, tmp_path_factory):
    write, part, size = request.param
    return write(tmp_path_factory.mktemp("bombs") / "bomb.xlsx"), part, size


def test_a_bomb_is_small_on_disk_and_large_within(bomb):
    path, part, size = bomb
    assert path.stat().st_size < 2**20
    assert parts_of(path)[part] > size


def test_a_bomb_has_the_right_headings(bomb):
    """Read as text: openpyxl would take in all of it."""
    with zipfile.ZipFile(bomb[0]) as archive:
        sheet = archive.open("xl/worksheets/sheet1.xml").read(5000).decode()
        strings = archive.open("xl/sharedStrings.xml").read(5000).decode()
    shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", strings)
    heading_row = sheet[: sheet.index("</row>")]
    headings = [shared[int(at)] for at in re.findall(r"<v>(\d+)</v>", heading_row)]
    assert headings == [heading for heading in SKILLS if heading]


def test_a_million_rows_are_all_that_a_sheet_can_have(tmp_path):
    assert part_of(workbooks.million_rows(tmp_path / "rows.xlsx"), "xl/worksheets/sheet1.xml").count("<row") == 2**20


def test_many_strings_are_five_million(tmp_path):
    strings = part_of(workbooks.many_strings(tmp_path / "strings.xlsx"), "xl/sharedStrings.xml")
    assert strings.count("<si><t>a</t></si>") == 5_000_000


@pytest.mark.parametrize("part", [workbooks.STRINGS_PART, workbooks.SKILLS_PART])
def test_a_billion_laughs_are_refused_for_their_entities_alone(tmp_path, part):
    path = workbooks.with_entities(tmp_path / "laughs.xlsx", part)
    assert path.stat().st_size < 2**15
    assert part_of(path, part).count("&laugh8;") == 10
    assert part_of(path, part).count("&laugh9;") == 1
    # openpyxl leaves open what it opened and could not read.
    with path.open("rb") as file, pytest.raises(ValueError, match="Unable to read") as refused:
        load_workbook(file)
    assert isinstance(refused.value.__cause__, EntitiesForbidden)


def test_an_encrypted_workbook_is_an_ole_container(tmp_path):
    path = workbooks.encrypted(tmp_path / "encrypted.xlsx")
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert not zipfile.is_zipfile(path)


def test_a_workbook_with_macros_opens_and_says_what_it_is(tmp_path):
    path = workbooks.macro_workbook(tmp_path / "macros.xlsx")
    assert "xl/vbaProject.bin" in parts_of(path)
    types = part_of(path, "[Content_Types].xml")
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    assert "spreadsheetml.sheet.main+xml" not in types
    assert rows_of(path, "Skills")[0] == SKILLS


def test_a_text_file_is_no_zip(tmp_path):
    path = workbooks.text_file(tmp_path / "words.xlsx")
    assert path.suffix == ".xlsx"
    assert not zipfile.is_zipfile(path)
