"""An Excel workbook as plain sheets of text cells. Nothing else here knows openpyxl."""

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE, SHARED_STRINGS, SHEET_MAIN_NS, XLSX

from .archive import DAMAGED, TOO_MUCH, Archive, elements, refuse_many_parts
from .sheet import Refused, Row, collected, text_of

SHEETS = ("Skills", "Attributes", "Levels of responsibility")
MAX_STRINGS = 300_000  # all are held at once; 14,700 skills have fewer than 180,000 texts
MAIN = {"s": SHEET_MAIN_NS}
STRING_TAG, TEXT_TAG, RUN_TAG = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("si", "t", "r"))

NO_WORKBOOK = (
    "is no Excel workbook that can be read. Open it in Excel, save it as “Excel Workbook (.xlsx)”, and import that."
)


def sheets_of_workbook(content: BinaryIO) -> dict[str, tuple[Row, ...]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it will not write back
            refuse_many_parts(content)
            with Archive(content) as archive:
                return _Workbook(content, archive).sheets()
    except (Refused, MemoryError):
        raise
    except Exception as error:  # whatever zipfile, expat and openpyxl come upon in a file that was not made to be read
        raise Refused(DAMAGED) from error


class _Workbook:
    def __init__(self, content: BinaryIO, archive: Archive) -> None:
        self.archive = archive
        self.reader = ExcelReader(content, read_only=True, data_only=True, keep_links=False)
        self.reader.archive = archive
        self._open()
        self.dates = self._date_formats()
        self.strings = self._strings()

    def _open(self) -> None:
        if "[Content_Types].xml" not in self.archive.namelist():
            raise Refused(NO_WORKBOOK)
        self.reader.read_manifest()
        manifest = self.reader.package
        types = [part.ContentType.lower() for part in [*manifest.Override, *manifest.Default]]
        names = [name.lower() for name in self.archive.namelist()]
        if any(name.endswith("workbook.bin") for name in names):
            raise Refused(NO_WORKBOOK)
        if any("macroenabled" in of for of in types) or any(name.endswith("vbaproject.bin") for name in names):
            raise Refused("holds macros. Save it as “Excel Workbook (.xlsx)”, without them, and import that.")
        if XLSX not in (part.ContentType for part in [*manifest.Override, *manifest.Default]):
            raise Refused(NO_WORKBOOK)
        self.reader.read_workbook()

    def _date_formats(self) -> dict[int, str]:
        """How the styles that show a number as a date or a time show it.

        Not read by openpyxl, which gives a workbook up for a fill or a font that it does not know.
        """
        if ARC_STYLE not in self.archive.namelist():
            return {}
        styles = fromstring(self.archive.read(ARC_STYLE), forbid_dtd=True)
        own = {
            int(of.get("numFmtId", 0)): of.get("formatCode", "") for of in styles.iterfind("s:numFmts/s:numFmt", MAIN)
        }
        formats = {**BUILTIN_FORMATS, **own}
        shown = (formats.get(int(of.get("numFmtId", 0)), "") for of in styles.iterfind("s:cellXfs/s:xf", MAIN))
        return {style: code for style, code in enumerate(shown) if is_date_format(code)}

    def _strings(self) -> list[str]:
        """The texts that cells refer to. Not read by openpyxl, which makes of `_x005F_x000D_` a line break."""
        part = self.reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return []
        strings: list[str] = []
        with self.archive.open(part.PartName[1:]) as xml:
            for element in elements(xml, STRING_TAG):
                strings.append(text_of(_string(element)))
                if len(strings) > MAX_STRINGS:
                    raise Refused(TOO_MUCH)
        return strings

    def sheets(self) -> dict[str, tuple[Row, ...]]:
        known = {name.lower(): name for name in SHEETS}
        paths: dict[str, str] = {}
        for sheet, relationship in self.reader.parser.find_sheets():
            name = known.get(sheet.name.strip().lower())
            if name in paths:
                raise Refused(f"has two sheets that are named “{name}”. Delete one and import it again.")
            if name and relationship.Type.endswith("/worksheet"):
                paths[name] = relationship.Target
        if not paths:
            raise Refused(self._what_is_missing())
        return {name: collected(self._rows(path)) for name, path in paths.items()}

    def _what_is_missing(self) -> str:
        found = [f"“{sheet.name[:31]}”" for sheet in self.reader.parser.sheets]
        if not found or not all(sheet.id for sheet in self.reader.parser.sheets):
            return NO_WORKBOOK  # saved as "Strict Open XML", whose names openpyxl does not know
        more = " and others" if len(found) > 10 else ""
        expected = ", ".join(f"“{name}”" for name in SHEETS)
        return f"has none of the sheets that are read: {expected}. Its sheets are {', '.join(found[:10])}{more}."

    def _rows(self, path: str) -> Iterator[tuple[int, list[str]]]:
        with self.archive.open(path) as xml:
            parser = WorkSheetParser(
                xml,
                range(len(self.strings)),  # type: ignore[arg-type]  # so that a text of the list is told from one in the cell
                data_only=True,
                epoch=self.reader.wb.epoch,
                date_formats=self.dates.keys(),
                timedelta_formats={style for style, code in self.dates.items() if is_timedelta_format(code)},
            )
            last = 0
            for element in elements(xml, ROW_TAG):
                number, cells = parser.parse_row(element)  # type: ignore[arg-type]
                if number <= last:
                    raise Refused(DAMAGED)
                last = number
                yield number, self._cells(cells)

    def _cells(self, cells: list[dict[str, Any]]) -> list[str]:
        texts = {cell["column"]: text for cell in cells if (text := self._cell(cell))}
        return [texts.get(column, "") for column in range(1, max(texts, default=0) + 1)]

    def _cell(self, cell: dict[str, Any]) -> str:
        value = cell["value"]
        return self.strings[value] if cell["data_type"] == "s" and isinstance(value, int) else _shown(value)


def _shown(value: Any) -> str:
    """What a spreadsheet shows for a value of a cell, dates as in ISO 8601."""
    match value:
        case None:
            shown = ""
        case str():
            shown = text_of(value)
        case bool():
            shown = str(value).upper()
        case float():
            is_whole = value.is_integer() and abs(value) < 1e15
            shown = str(int(value)) if is_whole else f"{value:.15g}"
        case datetime():
            shown = str(value.date() if value.time() == time() else value.replace(microsecond=0))
        case _:
            shown = str(value)
    return shown


def _string(element: Element) -> str:
    """A text as it is shown: plain or in runs of several formats, without the hints for its pronunciation."""
    parts = (
        part if part.tag == TEXT_TAG else part.find(TEXT_TAG) for part in element if part.tag in (TEXT_TAG, RUN_TAG)
    )
    return "".join(part.text or "" for part in parts if part is not None)
