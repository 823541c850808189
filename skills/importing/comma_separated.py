"""A sheet that was saved as CSV, in whatever encoding and with whatever delimiter, as rows of text cells."""

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from .sheet import Refused, Row, chunks, collected, text_of

MAX_RECORD = 2_000_000  # characters in a row
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _Lines:
    """The lines of a CSV. Whoever has taken a record out of them sets `taken` to 0."""

    def __init__(self, text: TextIOWrapper) -> None:
        text.seek(0)
        self.text = text
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(MAX_RECORD):
            self.taken += len(line)
            if self.taken >= MAX_RECORD:
                raise Refused(
                    f"has a row of more than {MAX_RECORD:,} characters. Save the sheet again as CSV from Excel."
                )
            if "\0" in line:
                raise Refused("holds characters that are no text. Save the sheet again as CSV from Excel.")
            yield line


def rows_of_csv(content: BinaryIO) -> tuple[Row, ...]:
    text = TextIOWrapper(content, encoding=_encoding(content), newline="")
    try:
        delimiter = max(",;\t", key=lambda delimiter: _columns(text, delimiter))
        rows = collected(_records(text, delimiter))
    except UnicodeError as error:  # UTF-16 is not tried before
        raise Refused("holds characters that are no text. Save the sheet again as CSV from Excel.") from error
    finally:
        text.detach()
    if not rows:
        raise Refused("is empty.")
    return rows


def _encoding(content: BinaryIO) -> str:
    content.seek(0)
    if content.read(2) in BYTE_ORDER_MARKS:
        return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            decoder = codecs.getincrementaldecoder(encoding)()
            for chunk in chunks(content):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused("is written in an encoding that is not known. Save the sheet as “CSV UTF-8” from Excel.")


def _columns(text: TextIOWrapper, delimiter: str) -> int:
    """How many columns the first row that is not empty has, split by this delimiter."""
    try:
        return next((len(cells) for _, cells in _records(text, delimiter) if any(cells)), 0)
    except Refused:
        return 0


def _records(text: TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines(text)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            lines.taken = 0
            yield number, [text_of(cell) for cell in cells]
    except csv.Error as error:
        raise Refused(
            f"cannot be read from row {number + 1} on: a quotation mark is missing there, or is one too many. "
            "Save the sheet again as CSV from Excel."
        ) from error
