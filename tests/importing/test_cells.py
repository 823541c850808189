"""What a cell says, and what is wrong with it."""

import re

import pytest

from skills.importing.cells import address_in, code_in, description_in, text_in, words_in
from skills.importing.rows import Report, rows_by_heading

from .tables import NUMBERS, sheet_of

ERROR = "an error of the spreadsheet stands here (#REF!), not a text."


@pytest.fixture
def report():
    return Report()


@pytest.fixture
def row_of(report):
    """A row with these cells, and with no other columns."""

    def row(cells):
        (row,) = rows_by_heading(sheet_of([*cells], [cells]), "Skills", [], report)
        return row

    return row


@pytest.fixture
def described(row_of):
    """A row with columns for digits, this one in that of level 3, and this description of the level."""

    def row(digit, text):
        return row_of({**dict.fromkeys(NUMBERS, ""), 3: digit, "Level 3 description": text})

    return row


def said(found):
    """What stands in a report, by column."""
    return [(problem.column, problem.message) for problem in found]


# Codes.


@pytest.mark.parametrize("cell", ["TIDE", " TIDE\xa0", "TIDE\n"])
def test_a_code_is_four_capitals(row_of, report, cell):
    assert code_in(row_of({"Code": cell})) == "TIDE"
    assert report == Report()


@pytest.mark.parametrize("cell", ["tide", "Ti de"])
def test_a_code_in_small_letters_or_with_a_gap_is_read_with_a_warning(row_of, report, cell):
    assert code_in(row_of({"Code": cell})) == "TIDE"
    assert said(report.warnings) == [("Code", f"“{cell}” is read as TIDE.")]


@pytest.mark.parametrize("cell", ["TIDES", "T1DE", "TID", "ÉBBE", "ＴＩＤＥ"])
def test_an_odd_code_is_a_warning_and_its_row_is_passed_over(row_of, report, cell):
    assert code_in(row_of({"Code": cell})) == ""
    assert said(report.warnings) == [
        ("Code", f"“{cell}” is no code of four letters. This row is passed over, as if it were not there.")
    ]
    assert not report.problems


@pytest.mark.parametrize("cell", ["", " \n\xa0"])
def test_an_empty_code_is_a_problem(row_of, report, cell):
    assert code_in(row_of({"Code": cell})) == ""
    assert said(report.problems) == [("Code", "a code of four capital letters was expected; there is none.")]


def test_an_error_of_the_spreadsheet_instead_of_a_code_is_a_problem(row_of, report):
    assert code_in(row_of({"Code": "#REF!"})) == ""
    assert said(report.problems) == [
        ("Code", "a code of four capital letters was expected, not an error of the spreadsheet (#REF!).")
    ]
    assert not report.warnings


# Names and texts.


def test_words_are_one_line_of_what_the_cell_shows(row_of, report):
    assert (
        words_in(row_of({"Skill": " Tide\r\nkeeping\xa0 & *more* "}), "Skill", longest=100) == "Tide keeping & *more*"
    )
    assert report == Report()


@pytest.mark.parametrize("cell", ["Label: a tide", "a tide", "LABEL :  a tide"])
def test_words_may_have_a_label_in_front_of_them(row_of, report, cell):
    label = re.compile(r"label\s*:\s*", re.IGNORECASE)
    assert words_in(row_of({"Skill": cell}), "Skill", longest=6, label=label) == "a tide"
    assert report == Report()


def test_a_label_alone_is_no_text(row_of, report):
    assert words_in(row_of({"Skill": "Label: "}), "Skill", longest=6, label=re.compile("Label:")) == ""
    assert said(report.problems) == [("Skill", "a text was expected; the cell is empty.")]


@pytest.mark.parametrize("cell", ["", "\n \xa0"])
def test_words_are_always_needed_and_a_text_where_it_is_said(row_of, report, cell):
    row = row_of({"Skill": cell, "Guidance notes": cell, "Overall description": cell})
    assert words_in(row, "Skill", longest=100) == ""
    assert text_in(row, "Guidance notes") == ""
    assert text_in(row, "Overall description", is_needed=True) == ""
    expected = "a text was expected; the cell is empty."
    assert said(report.problems) == [("Skill", expected), ("Overall description", expected)]


def test_what_is_too_long_is_a_problem_and_what_just_fits_is_not(row_of, report, settings):
    settings.LONGEST_TEXT = 1200
    row = row_of({"Skill": "x" * 100, "Category": "x" * 101, "Guidance notes": "x" * 1200, "Level": "x" * 1201})
    words_in(row, "Skill", longest=100)
    words_in(row, "Category", longest=100)
    text_in(row, "Guidance notes")
    text_in(row, "Level")
    assert said(report.problems) == [
        ("Category", "the text is too long: 101 characters, 100 at most."),
        ("Level", "the text is too long: 1,201 characters, 1,200 at most."),
    ]


def test_an_error_of_the_spreadsheet_is_no_text(row_of, report):
    row = row_of({"Skill": "#REF!", "Guidance notes": "#REF! ", "Level 3 description": "#REF!"})
    words_in(row, "Skill", longest=3)
    text_in(row, "Guidance notes")
    assert description_in(row, 3, is_needed=True) == ""
    assert said(report.problems) == [(heading, ERROR) for heading in ("Skill", "Guidance notes", "Level 3 description")]


def test_a_text_is_markdown_that_shows_the_words_of_the_cell(row_of):
    cell = "1. is no list. *So*\xa0 said:\r\n\r\nthe first\r\nthe second\r\n\r\nThe end."
    markdown = "1\\. is no list. \\*So\\* said:\n\n- the first\n- the second\n\nThe end."
    assert text_in(row_of({"Guidance notes": cell}), "Guidance notes") == markdown


def test_the_lines_of_a_text_are_items_where_it_is_said(row_of):
    row = row_of({"Level 3 description": "\nOne.\r\nTwo.\n\n\n"})
    assert text_in(row, "Level 3 description", lines_are_items=True) == "- One.\n- Two."
    assert description_in(row, 3, lines_are_items=True) == "- One.\n- Two."


# Descriptions and digits.


@pytest.mark.parametrize(("digit", "text"), [("3", "Calls the ebb."), ("", ""), (" ", "\n")])
def test_a_digit_stands_exactly_where_there_is_a_description(described, report, digit, text):
    assert description_in(described(digit, text), 3) == text.strip()
    assert report == Report()


@pytest.mark.parametrize(
    ("digit", "text", "problem"),
    [
        ("3", "", ("Level 3 description", "a description was expected, for “Levels” has a 3.")),
        ("", "Calls.", ("Levels", "a 3 was expected in the column of level 3, for it is described.")),
        ("4", "Calls.", ("Levels", "3 or an empty cell was expected in the column of level 3, not “4”.")),
        ("x", "", ("Levels", "3 or an empty cell was expected in the column of level 3, not “x”.")),
    ],
)
def test_a_digit_and_a_description_that_disagree_are_one_problem(described, report, digit, text, problem):
    description_in(described(digit, text), 3, is_needed=True)
    assert said(report.problems) == [problem]
    assert report.problems[0].row == 2


@pytest.mark.parametrize("digit", ["", "3"])
@pytest.mark.parametrize("cell", ["-", " – ", "—", "N/A", "n/a", "None"])
def test_a_mark_for_nothing_where_a_cell_should_be_empty_is_a_problem(described, report, cell, digit):
    assert description_in(described(digit, cell), 3, is_needed=True) == ""
    assert said(report.problems) == [
        ("Level 3 description", f"a description or an empty cell was expected, not “{cell.strip()}”.")
    ]


def test_a_description_that_begins_with_such_a_mark_is_one(described, report):
    assert description_in(described("3", "None of the lamps."), 3) == "None of the lamps."
    assert report == Report()


def test_a_description_that_is_needed_is_missed_once(described, report):
    description_in(described("", ""), 3, is_needed=True)
    assert said(report.problems) == [("Level 3 description", "a description was expected; the cell is empty.")]


def test_without_columns_of_digits_the_descriptions_alone_count(row_of, report):
    row = row_of({"Level 3 description": "Calls.", "Level 4 description": ""})
    assert (description_in(row, 3), description_in(row, 4)) == ("Calls.", "")
    assert report == Report()


# Addresses.


@pytest.mark.parametrize(
    ("cell", "edition"),
    [
        ("https://sfia-online.org/en/skillcode/9/TIDE", "9"),
        (" http://www.sfia-online.org/en/skillcode/9/tide/ ", "9"),
        ("https://sfia-online.org/skillcode/8/TIDE", "8"),
        ("https://sfia-online.org/en/shortcode/9/TIDE", "9"),
        ("https://sfia-online.org/fr/skillcode/9/TIDE", "9-fr"),
        ("https://sfia-online.org/en_US/skillcode/9/TIDE", "9-en-us"),
        ("https://sfia-online.org/pt-br/skillcode/10B/TIDE", "10b-pt-br"),
        ("/en/skillcode/9/TIDE", "9"),
        ("https://localhost/skillcode/9/TIDE", "9"),
    ],
)
def test_an_address_says_the_edition_and_the_language_that_is_not_english(row_of, report, cell, edition):
    address = address_in(row_of({"URL": cell}), "URL", of="TIDE")
    assert (address.edition, address.of.upper()) == (edition, "TIDE")
    assert report == Report()


def test_the_address_of_another_code_is_a_warning(row_of, report):
    address = address_in(row_of({"URL": "https://sfia-online.org/en/skillcode/9/LAMP"}), "URL", of="TIDE")
    assert address.edition == "9"
    assert said(report.warnings) == [("URL", "the address of TIDE was expected, not that of “LAMP”.")]
    assert not report.problems


def test_an_address_that_is_not_given_is_none(row_of, report):
    assert address_in(row_of({"URL": " "}), "URL", of="TIDE") is None
    assert address_in(row_of({"Code": "TIDE"}), "URL", of="TIDE") is None
    assert report == Report()


@pytest.mark.parametrize(
    "cell",
    [
        "https://example.org/tide",
        "https://sfia-online.org/en/skillcode/TIDE",
        "https://sfia-online.org/en/skillcode/9_1/TIDE",
        f"https://sfia-online.org/en/skillcode/{'9' * 40}/TIDE",
        "#REF!",
    ],
)
def test_an_address_that_is_not_known_is_a_warning(row_of, report, cell):
    assert address_in(row_of({"URL": cell}), "URL", of="TIDE") is None
    ((column, message),) = said(report.warnings)
    assert (column, message[:6]) == ("URL", f"“{cell[:5]}")
    assert message.endswith("is no address of the publisher's that is known.")
    assert not report.problems
