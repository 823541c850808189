"""The rows of a sheet by heading, and what is wrong with them: every problem is found, none stops the search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .sheet import Sheet

# Somebody may have put a title above the headings.
ROWS_ABOVE_THE_HEADINGS = 10
ERRORS_OF_A_SPREADSHEET = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
LONGEST_QUOTE = 40  # characters
LEVELS = "levels"  # one heading over seven columns, of which six have none


@dataclass(frozen=True)
class Problem:
    """What is wrong or odd, and where: the row as a spreadsheet counts it, None where it is about the whole sheet."""

    sheet: str
    row: int | None
    column: str
    message: str

    def __str__(self) -> str:
        parts = [self.sheet, f"row {self.row}" if self.row else "", f"column “{self.column}”" if self.column else ""]
        place = ", ".join(filter(None, parts))
        return f"{place}: {self.message}" if place else f"{self.message[:1].upper()}{self.message[1:]}"


@dataclass
class Report:
    """What was found on the way: problems, which stop an import, and warnings, which do not."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row of a sheet: `row["Code"]` is the cell under that heading, "" where there is no such column."""

    sheet: str
    number: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]
    report: Report

    def __getitem__(self, heading: str) -> str:
        return self.at(self.columns.get(_key(heading)))

    def at(self, index: int | None) -> str:
        """The cell in a column, whatever its heading."""
        return "" if index is None or index >= len(self.cells) else self.cells[index]

    def has(self, heading: str) -> bool:
        return _key(heading) in self.columns

    def digit_of_level(self, number: int) -> str | None:
        """What stands in this level's column under "Levels"; None where the sheet has no such columns."""
        first = self.columns.get(LEVELS)
        return None if first is None else self.at(first + number - 1).strip()

    def is_error(self, heading: str) -> bool:
        return self[heading].strip() in ERRORS_OF_A_SPREADSHEET

    def problem(self, column: str, message: str) -> None:
        self.report.problems.append(Problem(self.sheet, self.number, column, message))

    def warning(self, column: str, message: str) -> None:
        self.report.warnings.append(Problem(self.sheet, self.number, column, message))


def rows_by_heading(sheet: Sheet, name: str, headings: Sequence[str], report: Report) -> Iterator[Row]:
    """The rows below the headings. A heading that is missing is a problem, and then there are no rows."""
    place = _place_of_headings(sheet, headings)
    columns = _columns(sheet.rows[place][1]) if sheet.rows else {}
    missing = [heading for heading in headings if _key(heading) not in columns]
    report.problems.extend(Problem(name, None, heading, "this column is missing.") for heading in missing)
    if not missing:
        yield from (Row(name, number, cells, columns, report) for number, cells in sheet.rows[place + 1 :])


def count_of_headings(sheet: Sheet, headings: Iterable[str]) -> int:
    """How many of these headings the sheet has in one row."""
    return max((_shared(cells, headings) for _, cells in _first_rows(sheet)), default=0)


def _place_of_headings(sheet: Sheet, headings: Sequence[str]) -> int:
    """Which of the first rows has the most of these headings; of several, the first."""
    first = _first_rows(sheet)
    return max(range(len(first)), key=lambda place: _shared(first[place][1], headings), default=0)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where each heading stands: of two columns with one heading the first."""
    columns = {_key(cell): index for index, cell in reversed([*enumerate(cells)]) if cell.strip()}
    first = columns.get(LEVELS)
    if first is not None and any(first < index < first + 7 for index in columns.values()):
        del columns[LEVELS]  # somebody took the columns of the digits out
    return columns


def _shared(cells: Iterable[str], headings: Iterable[str]) -> int:
    return len({_key(cell) for cell in cells} & {_key(heading) for heading in headings})


def _first_rows(sheet: Sheet) -> Sequence[tuple[int, tuple[str, ...]]]:
    return sheet.rows[:ROWS_ABOVE_THE_HEADINGS]


def _key(heading: str) -> str:
    return " ".join(heading.split()).lower()


def quoted(cell: str) -> str:
    """A cell in a sentence, or its beginning; what cannot be seen is seen to be there."""
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in " ".join(cell.split()))
    if not text:
        return "an empty cell"
    return f"“{text[:LONGEST_QUOTE]}…”" if len(text) > LONGEST_QUOTE else f"“{text}”"
