"""Rows are found by their headings, wherever these stand."""

import pytest

from skills.importing.rows import Problem, Report, count_of_headings, quoted, rows_by_heading
from skills.importing.sheet import Sheet

from .tables import sheet_of


@pytest.fixture
def report():
    return Report()


def rows_of(sheet, report, headings=("Code", "Skill")):
    return [*rows_by_heading(sheet, "Skills", headings, report)]


def test_a_cell_is_found_by_its_heading_whatever_the_order_of_columns(report):
    for columns in (["Code", "Skill"], ["Skill", "Colour", "Code"]):
        (row,) = rows_of(sheet_of(columns, [{"Code": "TIDE", "Skill": "Tide keeping"}]), report)
        assert (row["Code"], row["Skill"], row.number) == ("TIDE", "Tide keeping", 2)
    assert report == Report()


def test_a_heading_may_have_other_white_space_and_case(report):
    (row,) = rows_of(sheet_of([" code\xa0", "Guidance\r\n NOTES"], [{" code\xa0": "TIDE"}]), report, ["Code"])
    assert row["Code"] == "TIDE"
    assert row.has("Guidance notes")
    assert not row.has("Guidance")


def test_a_column_that_is_not_there_is_an_empty_cell(report):
    (row,) = rows_of(sheet_of(["Code", "Skill"], [{}]), report)
    assert row["URL"] == ""
    assert row.at(2) == row.at(None) == ""


def test_of_two_columns_with_one_heading_the_first_counts(report):
    sheet = sheet_of(["Code", "Skill", "Code "], [{"Code": "TIDE", "Code ": "LAMP"}])
    assert [row["Code"] for row in rows_of(sheet, report)] == ["TIDE"]


@pytest.mark.parametrize("titles", [1, 9])
def test_titles_may_stand_above_the_headings(report, titles):
    sheet = sheet_of(["Code", "Skill"], [{"Code": "TIDE"}], above=["Our skills"] * titles)
    assert [(row["Code"], row.number) for row in rows_of(sheet, report)] == [("TIDE", titles + 2)]


def test_headings_are_not_looked_for_far_down(report):
    assert not rows_of(sheet_of(["Code", "Skill"], [{"Code": "TIDE"}], above=["Our skills"] * 10), report)
    assert len(report.problems) == 2


def test_the_row_with_the_most_headings_is_that_of_the_headings(report):
    sheet = sheet_of(["Code", "Skill"], [{"Code": "TIDE", "Skill": "Code"}], above=["Code"])
    assert [row.number for row in rows_of(sheet, report)] == [3]


def test_every_column_that_is_missing_is_a_problem_and_then_there_are_no_rows(report):
    assert not rows_of(sheet_of(["Colour", "Skill"], [{"Skill": "Tide keeping"}]), report, ["Code", "Skill", "URL"])
    assert [*map(str, report.problems)] == [
        "Skills, column “Code”: this column is missing.",
        "Skills, column “URL”: this column is missing.",
    ]


def test_a_sheet_without_any_row_has_no_column(report):
    assert not rows_of(Sheet("given", "Skills", ()), report)
    assert [problem.column for problem in report.problems] == ["Code", "Skill"]


def test_the_digit_of_a_level_stands_below_levels_or_right_of_it(report):
    (row,) = rows_of(sheet_of([*range(1, 8), "Code"], [{1: "1", 3: " 3 "}]), report, ["Code"])
    assert [row.digit_of_level(number) for number in range(1, 8)] == ["1", "", "3", "", "", "", ""]


@pytest.mark.parametrize("columns", [["Code"], [1, "Code"], [1, 2, 3, 4, 5, 6, "Code"]])
def test_a_sheet_without_all_columns_of_digits_has_none(report, columns):
    (row,) = rows_of(sheet_of(columns, [{"Code": "TIDE", 1: "1"}]), report, ["Code"])
    assert row.digit_of_level(1) is None


def test_an_error_of_a_spreadsheet_is_known_from_a_text_that_begins_alike(report):
    (row,) = rows_of(sheet_of(["Code", "Skill"], [{"Code": " #REF! ", "Skill": "#1 of all"}]), report)
    assert row.is_error("Code")
    assert not row.is_error("Skill")


def test_headings_in_common_are_counted_in_one_row():
    sheet = sheet_of(["Code", "Skill"], [{"Code": "URL", "Skill": "Code"}], above=["URL"])
    assert count_of_headings(sheet, ["Code", "skill", "URL"]) == 2
    assert count_of_headings(sheet_of([], []), ["Code"]) == 0


def test_a_problem_and_a_warning_say_where_they_are(report):
    (row,) = rows_of(sheet_of(["Code", "Skill"], [{"Code": "TIDE"}]), report)
    row.problem("Skill", "a text was expected.")
    row.warning("Code", "odd.")
    assert report.problems == [Problem("Skills", 2, "Skill", "a text was expected.")]
    assert report.warnings == [Problem("Skills", 2, "Code", "odd.")]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("Skills", 3, "Code", "one is expected."), "Skills, row 3, column “Code”: one is expected."),
        (Problem("Skills", None, "Code", "it is missing."), "Skills, column “Code”: it is missing."),
        (Problem("Skills", 3, "", "one is expected."), "Skills, row 3: one is expected."),
        (Problem("", None, "", "there are none."), "There are none."),
    ],
)
def test_a_problem_is_said_as_a_sentence(problem, sentence):
    assert str(problem) == sentence


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a\n b", "“a b”"),
        ("x" * 40, f"“{'x' * 40}”"),
        ("x" * 41, f"“{'x' * 40}…”"),
        (" \n", "an empty cell"),
        ("TI\u200bDE\x1b", "“TI\ufffdDE\ufffd”"),
    ],
)
def test_a_cell_is_quoted_on_one_line_and_not_for_long(cell, words):
    assert quoted(cell) == words
