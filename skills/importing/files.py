"""Reading a file that somebody holds, a workbook or a CSV. It is not trusted."""

import hashlib
import unicodedata
from typing import BinaryIO

from .archive import ENCRYPTED
from .comma_separated import rows_of_csv
from .sheet import MEGABYTE, File, Refused, Sheet, UnreadableFile, chunks
from .workbook import NO_WORKBOOK, sheets_of_workbook

MAX_WORKBOOK = 50 * MEGABYTE
MAX_CSV = 100 * MEGABYTE  # twice the text, for Excel's "Unicode text" takes two bytes a character
MAX_NAME = 255
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def read(name: str, content: BinaryIO) -> File:
    """Read a workbook or a CSV, told by its content, then by its name. Raises `UnreadableFile`."""
    name = _cleaned(name)
    try:
        is_workbook = _is_workbook(name, content)
        sha256 = _sha256(content, MAX_WORKBOOK if is_workbook else MAX_CSV)
        sheets = sheets_of_workbook(content) if is_workbook else {"": rows_of_csv(content)}
    except Refused as refused:
        raise UnreadableFile(f"{name} {refused}") from refused.__cause__
    return File(name, sha256, tuple(Sheet(name, sheet, rows) for sheet, rows in sheets.items()))


def _cleaned(name: str) -> str:
    """A browser may send a path, and a sender anything."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(character for character in last if not unicodedata.category(character).startswith("C"))
    return visible.strip()[-MAX_NAME:] or "The file"


def _is_workbook(name: str, content: BinaryIO) -> bool:
    content.seek(0)
    start = content.read(len(OLE))
    ending = name.lower().rsplit(".", 1)[-1]
    if not start:
        raise Refused("is empty.")
    if start == OLE and ending == "xls":
        raise Refused("is an old Excel file (.xls). Open it in Excel, save it as .xlsx, and import that.")
    if start == OLE:
        raise Refused(ENCRYPTED)
    if start.startswith(b"PK"):
        return True
    if ending in ("xlsx", "xlsm", "xlsb", "xls"):
        raise Refused(NO_WORKBOOK)
    if ending not in ("csv", "txt", "tsv"):
        raise Refused("is neither an Excel workbook (.xlsx) nor a CSV (.csv). Import one of these.")
    return False


def _sha256(content: BinaryIO, limit: int) -> str:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(content):
        size += len(chunk)
        if size > limit:
            raise Refused(f"is larger than {limit // MEGABYTE} MB. Take out what is not a skill and import it again.")
        digest.update(chunk)
    return digest.hexdigest()
