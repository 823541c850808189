"""From files to the description of an edition, or all that is wrong with them."""

import csv
import re
from dataclasses import replace
from itertools import chain

import pytest

from skills import prose
from skills.document import AttributeLevel, Level
from skills.importing.files import read
from skills.importing.reading import Reading, counts_of, name_of_edition, read_edition
from skills.importing.sheet import UnreadableFile
from tests import workbooks
from tests.workbooks import full_size, invented, write_csvs, write_sfia_8, write_sfia_9

from .tables import (
    NUMBERS,
    SKILL_COLUMNS,
    attribute_row,
    attributes_sheet,
    file_of,
    level_row_of_sfia_8,
    levels_sheet,
    levels_sheet_of_sfia_8,
    sheet_of,
    skill_address,
    skill_row,
    skills_sheet,
)


@pytest.fixture
def workbook(tmp_path):
    return write_sfia_9(tmp_path / "SFIA 9.xlsx", invented())


def file_at(path):
    with path.open("rb") as content:
        return read(path.name, content)


def reading_of(*paths, edition_slug=""):
    return read_edition([file_at(path) for path in paths], edition_slug=edition_slug)


def edition_of(*paths, edition_slug=""):
    reading = reading_of(*paths, edition_slug=edition_slug)
    assert [*map(str, reading.problems)] == []
    return reading.edition


def problems_of(reading):
    assert reading.edition is None
    return [*map(str, reading.problems)]


def addressed(*pairs):
    """A file of skills, each given as its code and the edition and language of its address."""
    return file_of(
        skills_sheet(*(skill_row(code, {"URL": skill_address(code, *place)}) for code, *place in pairs)),
        name="one.xlsx",
    )


# Whole editions.


def test_a_full_sfia_9_has_all_that_is_known_to_be_in_it(tmp_path):
    reading = reading_of(write_sfia_9(tmp_path / "9.xlsx", full_size("9")))
    assert counts_of(reading.edition) == {
        "categories": 6,
        "subcategories": 22,
        "skills": 147,
        "skill levels": 672,
        "attributes": 16,
        "levels": 7,
    }
    assert {len(attribute.attribute_levels) for attribute in reading.edition.attributes} == {7}
    assert (reading.edition.slug, reading.edition.name) == ("9", "SFIA 9")
    assert reading == Reading(reading.edition)


def test_a_full_sfia_8_has_all_that_is_known_to_be_in_it(tmp_path):
    reading = reading_of(write_sfia_8(tmp_path / "8.xlsx", full_size("8")), edition_slug="8")
    assert counts_of(reading.edition) == {
        "categories": 6,
        "subcategories": 19,
        "skills": 121,
        "skill levels": 495,
        "attributes": 5,
        "levels": 7,
    }
    assert (reading.edition.slug, reading.edition.name) == ("8", "SFIA 8")
    assert reading == Reading(reading.edition)


def test_each_text_of_a_workbook_shows_the_words_of_its_cell(tmp_path):
    content = full_size("9")
    edition = edition_of(write_sfia_9(tmp_path / "9.xlsx", content))
    for row, skill in zip(content.skills, edition.skills, strict=True):
        assert (skill.code, skill.name) == (row.code, row.name)
        cells = [row.overall_description, row.guidance_notes, *row.descriptions.values()]
        levels = [level.description for level in skill.skill_levels]
        assert [level.number for level in skill.skill_levels] == [*row.descriptions]
        for cell, text in zip(cells, [skill.overall_description, skill.guidance_notes, *levels], strict=True):
            assert prose.as_words(text).split() == cell.replace("_x000D_", "").split()


def test_the_traps_within_cells_are_behind_when_an_edition_is_described(workbook):
    edition = edition_of(workbook)
    tide, lamp, *_ = edition.skills
    assert tide.guidance_notes.split("\n\n")[:3] == [
        "Tides are kept by voice and by lantern. The voices are:",
        "- the long call\n- the short call, which is never used on Sundays\n- silence",
        "Of the lanterns, only two are lit at once.",
    ]
    assert lamp.guidance_notes.startswith(r"\* is the mark of a clean lens, \_ that of a cracked one")
    assert edition.levels[1] == Level(2, "Lend a hand", "Lends a hand at the oars, and keeps the stroke of others.")
    texts = [text for skill in edition.skills for text in (skill.guidance_notes, skill.overall_description)]
    texts += [level.description for part in edition.attributes for level in part.attribute_levels]
    assert not re.search(r"_x000D_|\r|\xa0|\S  |\s$", "\0".join(texts))


def test_lines_are_items_in_behaviours_alone(workbook):
    attributes = edition_of(workbook).attributes
    levels = {
        kind: [*chain.from_iterable(part.attribute_levels for part in attributes if part.kind == kind)]
        for kind in ("attribute", "behaviour")
    }
    assert [len(of_kind) for of_kind in levels.values()] == [4 * 7, 12 * 7]
    assert not any(level.description.startswith("- ") for level in levels["attribute"])
    for level in levels["behaviour"]:
        assert all(line.startswith("- ") for line in level.description.split("\n"))


def test_the_columns_of_sfia_8_are_its_attributes(tmp_path):
    edition = edition_of(write_sfia_8(tmp_path / "8.xlsx", invented("8")), edition_slug="8")
    assert [part.code for part in edition.attributes] == ["AUTO", "INFL", "COMP", "BUSI", "KNGE"]
    assert edition.levels == tuple(Level(number) for number in NUMBERS)
    assert isinstance(edition.attributes[0].attribute_levels[6], AttributeLevel)


# The files.


def test_sheets_are_found_by_name_whatever_their_order(workbook):
    file = file_at(workbook)
    other = replace(file, sheets=file.sheets[::-1])
    assert read_edition([other]) == read_edition([file])


@pytest.mark.parametrize(
    ("encoding", "newline", "delimiter"), [("cp1252", "\r\n", ","), ("utf-8-sig", "\n", ","), ("utf-8", "\n", ";")]
)
def test_the_sheets_saved_as_csv_say_the_same_as_the_workbook(workbook, tmp_path, encoding, newline, delimiter):
    paths = write_csvs(tmp_path, invented(), encoding=encoding, newline=newline, delimiter=delimiter)
    assert edition_of(*paths.values()) == edition_of(workbook)
    assert edition_of(*[*paths.values()][::-1]) == edition_of(workbook)


def test_a_csv_is_known_by_its_headings_whatever_its_name(workbook, tmp_path):
    paths = write_csvs(tmp_path, invented())
    renamed = [path.rename(tmp_path / f"export {number}.csv") for number, path in enumerate(paths.values())]
    assert edition_of(*renamed) == edition_of(workbook)


def test_the_csvs_of_sfia_8_are_known_too(tmp_path):
    paths = write_csvs(tmp_path, invented("8"), shape="8")
    whole = write_sfia_8(tmp_path / "8.xlsx", invented("8"))
    assert edition_of(*paths.values(), edition_slug="8") == edition_of(whole, edition_slug="8")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Skills", {"skills", "categories"}),
        ("Attributes", {"attributes"}),
        ("Levels of responsibility", {"levels"}),
    ],
)
def test_of_a_sheet_that_is_not_given_nothing_is_said(tmp_path, given, said):
    edition = edition_of(write_csvs(tmp_path, invented())[given])
    parts = ("skills", "categories", "attributes", "levels")
    assert {name for name in parts if getattr(edition, name) is not None} == said


def test_a_csv_may_have_a_title_and_its_columns_in_another_order(workbook, tmp_path):
    path = write_csvs(tmp_path, invented())["Skills"]
    with path.open(encoding="cp1252", newline="") as file:
        rows = [[*row[8:], *row[:8]] for row in csv.reader(file)]
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows([["Our skills"], [], *rows])
    assert edition_of(path).skills == edition_of(workbook).skills


def test_two_files_of_one_sheet_are_refused_with_both_names():
    one, other = (file_of(skills_sheet(skill_row()), name=name) for name in ("one.csv", "other.csv"))
    reading = read_edition([one, other], edition_slug="9")
    assert problems_of(reading) == ["other.csv: “Skills” was given twice; it stands in one.csv too."]


def test_a_file_of_another_table_is_refused_with_what_was_expected():
    people = sheet_of(["Person", "Skill", "Since"], [{"Person": "Ada", "Skill": "TIDE", "Since": "2021"}])
    reading = read_edition([file_of(people, name="people.csv"), addressed(("TIDE",))])
    assert problems_of(reading) == [
        "people.csv: the headings of “Skills”, “Attributes” or “Levels of responsibility” were expected; "
        "this is another table."
    ]


def test_a_trimmed_workbook_is_refused_with_the_column(workbook):
    trimmed = workbooks.without_column(workbook, "Skills", "Code")
    assert problems_of(reading_of(trimmed)) == ["Skills, column “Code”: this column is missing."]


def test_a_truncated_workbook_is_refused(workbook):
    with pytest.raises(UnreadableFile, match="damaged or was not copied completely"):
        file_at(workbooks.truncated(workbook))


def test_a_workbook_that_sharepoint_packed_again_says_the_same(workbook):
    assert edition_of(workbooks.repacked(workbook)) == edition_of(workbook)


# Everything that is wrong.


def test_every_problem_in_every_sheet_is_reported_at_once(workbook, tmp_path):
    for sheet, row, heading, value in (
        ("Skills", 2, "Skill", "#REF!"),
        ("Skills", 3, "Level 1 description", "N/A"),
        ("Skills", 4, "Code", "TIDE"),
        ("Attributes", 2, "Type", "Trait"),
        ("Attributes", 17, 7, None),
        ("Levels of responsibility", 3, 2, None),
    ):
        workbook = workbooks.with_cell(workbook, sheet, row, heading, value)
    assert problems_of(reading_of(workbook)) == [
        "Skills, row 2, column “Skill”: an error of the spreadsheet stands here (#REF!), not a text.",
        "Skills, row 3, column “Level 1 description”: a description or an empty cell was expected, not “N/A”.",
        "Skills, row 4, column “Code”: TIDE stands in row 2 already.",
        "Attributes, row 2, column “Type”: “Attributes” or “Business skills/Behavioural factors” was expected, "
        "not “Trait”.",
        "Attributes, row 17, column “Levels”: a 7 was expected in the column of level 7, for it is described.",
        "Levels of responsibility, row 3, column “1”: a text was expected; the cell is empty.",
    ]


def test_warnings_are_told_beside_problems_and_stop_nothing_alone():
    odd = skill_row("TIDES")
    alone = read_edition([file_of(skills_sheet(skill_row(), odd))], edition_slug="3")
    assert [skill.code for skill in alone.edition.skills] == ["TIDE"]
    beside = read_edition([file_of(skills_sheet(skill_row("LAMP", {"Skill": ""}), odd))], edition_slug="3")
    assert len(beside.problems) == 1
    for reading in (alone, beside):
        assert [*map(str, reading.warnings)] == [
            "Skills, row 3, column “Code”: “TIDES” is no code of four letters. "
            "This row is passed over, as if it were not there."
        ]


def test_counts_unlike_the_known_ones_are_warnings(tmp_path):
    content = full_size("9")
    last = content.skills[-1]
    reading = reading_of(write_sfia_9(tmp_path / "9.xlsx", content.without_skill(last.code)))
    assert len(reading.edition.skills) == 146
    assert [*map(str, reading.warnings)] == [
        "Skills: 146, where SFIA 9 is known to have 147.",
        f"Skill levels: {672 - len(last.descriptions)}, where SFIA 9 is known to have 672.",
    ]


@pytest.mark.parametrize(
    ("slug", "warnings"),
    [
        ("9", ["Attributes: 1, where SFIA 9 is known to have 16."]),
        ("9-fr", ["Attributes: 1, where SFIA 9 (fr) is known to have 16."]),
        ("8", []),
        ("7", []),
        ("90", []),
    ],
)
def test_counts_are_compared_where_they_are_known_and_given(slug, warnings):
    reading = read_edition([file_of(attributes_sheet(attribute_row()))], edition_slug=slug)
    assert [*map(str, reading.warnings)] == warnings


# Which edition it is.


@pytest.mark.parametrize(
    ("place", "slug", "name"),
    [(("9",), "9", "SFIA 9"), (("10",), "10", "SFIA 10"), (("9", "fr"), "9-fr", "SFIA 9 (fr)")],
)
def test_the_edition_is_taken_from_the_addresses(place, slug, name):
    edition = read_edition([addressed(("TIDE", *place))]).edition
    assert (edition.slug, edition.name) == (slug, name)


def test_the_language_of_a_workbook_is_part_of_its_edition(tmp_path):
    path = write_sfia_9(tmp_path / "9.xlsx", replace(invented(), language="fr"))
    assert edition_of(path).slug == "9-fr"


def test_the_addresses_of_any_sheet_say_the_edition(tmp_path):
    addresses = [f"https://sfia-online.org/en/lor/9/{number}" for number in NUMBERS]
    files = [file_of(levels_sheet({"URL": addresses})), file_of(skills_sheet(skill_row()))]
    assert read_edition(files).edition.slug == "9"


def test_files_without_addresses_ask_for_the_edition(tmp_path):
    path = write_sfia_8(tmp_path / "8.xlsx", invented("8"))
    reading = reading_of(path)
    assert problems_of(reading) == ["The files do not say which edition they are."]
    assert reading.asks_for_edition
    assert not reading_of(path, edition_slug="8").asks_for_edition


def test_nobody_is_asked_for_the_edition_of_files_that_have_other_problems():
    reading = read_edition([file_of(skills_sheet(skill_row("")))])
    assert problems_of(reading) == [
        "Skills, row 2, column “Code”: a code of four capital letters was expected; there is none."
    ]
    assert not reading.asks_for_edition


@pytest.mark.parametrize(
    ("given", "place"), [("9", ("9",)), ("9-trial", ("9",)), ("9-fr", ("9", "fr")), ("9", ("9", "fr"))]
)
def test_an_edition_that_is_given_may_say_more_or_less_than_the_addresses(given, place):
    assert read_edition([addressed(("TIDE", *place))], edition_slug=given).edition.slug == given


@pytest.mark.parametrize(
    ("given", "place", "said"), [("8", ("9",), "9"), ("90", ("9",), "9"), ("9-de", ("9", "fr"), "9-fr")]
)
def test_an_edition_that_is_given_against_the_addresses_is_a_problem(given, place, said):
    reading = read_edition([addressed(("TIDE", *place))], edition_slug=given)
    assert problems_of(reading) == [f"Edition: the addresses in the files say {said}, not {given}."]
    assert not reading.asks_for_edition


@pytest.mark.parametrize("given", ["", "9"])
def test_addresses_of_another_edition_than_most_are_problems_where_they_stand(given):
    file = addressed(("TIDE", "8"), ("LAMP", "9"), ("FOGS", "9"), ("ECHO", "9", "fr"), ("BELL", "9"))
    expected = "an address of SFIA 9 was expected, as most are, not"
    reading = read_edition([file], edition_slug=given)
    assert problems_of(reading) == [
        f"Skills, row 2, column “URL”: {expected} 8.",
        f"Skills, row 5, column “URL”: {expected} 9-fr.",
    ]
    assert not reading.asks_for_edition


def test_sheets_of_two_editions_do_not_become_one(tmp_path):
    skills = write_csvs(tmp_path, invented())["Skills"]
    (tmp_path / "fr").mkdir()
    attributes = write_csvs(tmp_path / "fr", replace(invented(), language="fr"))["Attributes"]
    problems = problems_of(reading_of(skills, attributes))
    assert problems[0] == "Skills, row 2, column “URL”: an address of SFIA 9 (fr) was expected, as most are, not 9."
    assert len(problems) == 4


@pytest.mark.parametrize("given", ["nine", "-9", "9_fr", "9 fr", "9-FR", "9-", "9--fr", "９", f"9-{'x' * 29}", "9\n"])
def test_an_edition_that_cannot_stand_in_an_address_is_a_problem(given):
    assert problems_of(read_edition([file_of(skills_sheet(skill_row()))], edition_slug=given)) == [
        "Edition: a digit was expected, then small letters, digits or hyphens, as in “9” or “9-fr”."
    ]


@pytest.mark.parametrize(
    ("slug", "name"), [("9", "SFIA 9"), ("9-fr", "SFIA 9 (fr)"), ("9-en-us", "SFIA 9 (en-us)"), ("7b", "SFIA 7b")]
)
def test_an_edition_is_named_after_its_slug(slug, name):
    assert name_of_edition(slug) == name


def test_sfia_8_given_as_sheets_of_several_files_is_whole():
    columns = [column for column in SKILL_COLUMNS if column != "URL"]
    levels = levels_sheet_of_sfia_8(*map(level_row_of_sfia_8, NUMBERS), name="")
    skills = skills_sheet(skill_row(), columns=columns, name="")
    edition = read_edition([file_of(levels), file_of(skills)], edition_slug="8").edition
    assert counts_of(edition) == {
        "categories": 1,
        "subcategories": 1,
        "skills": 1,
        "skill levels": 1,
        "attributes": 5,
        "levels": 7,
    }
