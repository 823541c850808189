"""What all readers of files make: plain sheets of text cells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

MEGABYTE = 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 800_000  # filled ones in a sheet; 20,000 rows of 31

CHUNK = 64 * 1024
ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
WHOLE_NUMBER = re.compile(r"([+-]?[0-9]{1,15})\.0+")

Row = tuple[int, tuple[str, ...]]


class UnreadableFile(Exception):
    """Why a file cannot be read, in a sentence or two that say what to do. Nothing of it was read."""


class Refused(Exception):
    """What is wrong with a file, to stand behind its name."""


@dataclass(frozen=True)
class Sheet:
    """One table of a file.

    `rows` pairs each row that is not empty with its number, as a spreadsheet counts, from 1; all are equally long.
    A cell is a text, "" where it is empty. A whole number has no point ("3"), whatever the file says ("3.0").
    """

    file: str
    name: str  # one of SHEETS; "" for a CSV, which has none and is known by its headings
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class File:
    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def chunks(content: BinaryIO) -> Iterator[bytes]:
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


def collected(numbered: Iterable[tuple[int, list[str]]]) -> tuple[Row, ...]:
    """The rows that are not empty, all equally long."""
    rows, filled, width = [], 0, 0
    for number, cells in numbered:
        if number > MAX_ROWS:
            raise Refused(f"has more than {MAX_ROWS:,} rows. Delete the rows below the last skill and import it again.")
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise Refused(f"has more than {MAX_COLUMNS} columns in row {number}. Delete those that are not needed.")
        filled += len(cells) - cells.count("")
        if filled > MAX_CELLS:
            raise Refused(f"has more than {MAX_CELLS:,} filled cells in a sheet. Delete what is not a skill.")
        if any(not cell.isspace() for cell in cells if cell):
            rows.append((number, cells))
            width = max(width, len(cells))
    return tuple((number, tuple(cells + [""] * (width - len(cells)))) for number, cells in rows)


def text_of(value: str) -> str:
    text = _unescaped(value)
    whole = WHOLE_NUMBER.fullmatch(text)
    return whole[1] if whole else text


def _unescaped(text: str) -> str:
    """`_xHHHH_` is how Office Open XML writes a character that XML cannot hold, in UTF-16."""
    if "_x" not in text:
        return text
    text = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\0", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
