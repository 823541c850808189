"""What a cell of the publisher's holds: a code, a name, a text, the address of an edition."""

import re
from dataclasses import dataclass

from django.conf import settings

from skills import prose

from .rows import Row, quoted

CODE = re.compile("[A-Z]{4}")
A_CODE = "a code of four capital letters"
# What people write into a cell that should be empty.
STAND_FOR_NOTHING = {"-", "–", "—", "n/a", "na", "none"}
ADDRESS = re.compile(
    r"(?:/(?P<language>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?))?/(?:skillcode|shortcode|lor)"
    r"/(?P<edition>[0-9][0-9A-Za-z]{0,9})/(?P<of>\w+)/?$"
)


@dataclass(frozen=True)
class Address:
    """One of the publisher's addresses and where it stands.

    It says the edition, as its slug here, and the code or level that it is `of`.
    """

    edition: str
    of: str
    row: Row
    heading: str


def code_in(row: Row) -> str:
    """The code of a row; "" where it has none, which is a problem.

    One that is odd is a warning: its address says it too or, where there is none, the row is passed over.
    """
    cell = row["Code"]
    code = "".join(cell.split()).upper()
    if row.is_error("Code"):
        row.problem("Code", f"{A_CODE} was expected, not an error of the spreadsheet ({cell.strip()}).")
        return ""
    if not code:
        row.problem("Code", f"{A_CODE} was expected; there is none.")
    elif not CODE.fullmatch(code):
        return _code_in_address(row)
    elif code != cell.strip():
        row.warning("Code", f"{quoted(cell)} is read as {code}.")
    return code


def _code_in_address(row: Row) -> str:
    found = ADDRESS.search(row["URL"].strip())
    code = found["of"].upper() if found else ""
    if CODE.fullmatch(code):
        row.warning("Code", f"{quoted(row['Code'])} is no code of four letters. The row's address says {code}.")
        return code
    row.warning(
        "Code", f"{quoted(row['Code'])} is no code of four letters. This row is passed over, as if it were not there."
    )
    return ""


def words_in(row: Row, heading: str, *, longest: int, label: re.Pattern[str] | None = None) -> str:
    """A short text without Markdown, on one line, and without the label in front of it; "" is a problem."""
    words = " ".join(prose.words_of_cell(row[heading]).split())
    if label:
        words = label.sub("", words)
    return _checked(row, heading, words, longest=longest, is_needed=True)


def text_in(row: Row, heading: str, *, is_needed: bool = False, lines_are_items: bool = False) -> str:
    """A text as Markdown; "" is a problem where it is needed."""
    text = prose.from_cell(row[heading], lines_are_items=lines_are_items)
    return _checked(row, heading, text, longest=settings.LONGEST_TEXT, is_needed=is_needed)


def description_in(row: Row, number: int, *, is_needed: bool = False, lines_are_items: bool = False) -> str:
    """The description at a level; "" where the row is not defined at it, which its digit must say too."""
    heading = f"Level {number} description"
    text = text_in(row, heading, lines_are_items=lines_are_items)
    if row.is_error(heading):
        return ""
    if row[heading].strip().lower() in STAND_FOR_NOTHING:
        row.problem(heading, f"a description or an empty cell was expected, not {quoted(row[heading])}.")
        return ""
    digit = row.digit_of_level(number)
    if digit and digit != str(number):
        row.problem(
            "Levels", f"{number} or an empty cell was expected in the column of level {number}, not {quoted(digit)}."
        )
    elif digit and not text:
        row.problem(heading, f"a description was expected, for “Levels” has a {number}.")
    elif text and digit == "":
        row.problem("Levels", f"a {number} was expected in the column of level {number}, for it is described.")
    elif is_needed and not text:
        row.problem(heading, "a description was expected; the cell is empty.")
    return text


def address_in(row: Row, heading: str, *, of: str) -> Address | None:
    """The publisher's address in a cell; None where there is none. An odd one, or one of another code, is a warning."""
    cell = row[heading].strip()
    if not cell:
        return None
    found = ADDRESS.search(cell)
    if not found:
        row.warning(heading, f"{quoted(cell)} is no address of the publisher's that is known.")
        return None
    if found["of"].upper() != of:
        row.warning(heading, f"the address of {of} was expected, not that of {quoted(found['of'])}.")
    language = (found["language"] or "en").lower().replace("_", "-")
    edition = found["edition"].lower() + ("" if language == "en" else f"-{language}")
    return Address(edition, found["of"], row, heading)


def _checked(row: Row, heading: str, text: str, *, longest: int, is_needed: bool) -> str:
    if row.is_error(heading):
        row.problem(heading, f"an error of the spreadsheet stands here ({row[heading].strip()}), not a text.")
    elif is_needed and not text:
        row.problem(heading, "a text was expected; the cell is empty.")
    elif len(text) > longest:
        row.problem(heading, f"the text is too long: {len(text):,} characters, {longest:,} at most.")
    return text
