"""A zip file of XML parts that is not trusted: what would take long or much memory is refused before it is parsed."""

from collections.abc import Iterator
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from defusedxml.ElementTree import DefusedXMLParser

from .sheet import CHUNK, MEGABYTE, Refused, chunks

# The publisher's workbook is under 1 MB; one of a hundred times its skills, 50 MB of XML, is within all limits.
MAX_PARTS = 2_000  # a part is a sheet, a picture, a list of styles: a workbook has some dozens
MAX_UNPACKED = 100 * MEGABYTE  # all parts together
MAX_RATIO = 200  # text packs to a tenth; only what repeats itself packs to a two-hundredth
RATIO_COUNTS_FROM = MEGABYTE
MAX_MARKUP = 6_000_000  # tags and attributes in one part; 20,000 rows of 31 cells have 4.4 million
# A part other than sheets and texts is parsed as a whole, into objects of a kilobyte and more.
MAX_WHOLE = 4 * MEGABYTE
MAX_WHOLE_MARKUP = 60_000
# Between one row, or one text, and the next; Excel keeps at most 32,767 characters in a cell.
MAX_BETWEEN = 4 * MEGABYTE
MAX_MARKUP_BETWEEN = 100_000

ENCRYPTED = "is protected by a password. Save a copy without one and import that."
DAMAGED = "is damaged or was not copied completely. Open it in Excel, save it again as .xlsx, and import that."
TOO_MUCH = "unpacks to far more than a framework of skills. Copy its filled rows into a new workbook and import that."


def refuse_many_parts(content: BinaryIO) -> None:
    """zipfile lists all parts when it opens a file, and believes what the file says of their number."""
    parts, end = 0, b""
    for chunk in chunks(content):
        parts += (end + chunk).count(b"PK\x01\x02")
        end = chunk[-3:]
        if parts > MAX_PARTS:
            raise Refused(TOO_MUCH)


def markup_in(xml: bytes) -> int:
    """How many tags and attributes there are, about."""
    return xml.count(b"<") + xml.count(b"=")


class Archive(ZipFile):
    """A workbook's zip file of which every part has been unpacked once, to see how large they really are."""

    def __init__(self, content: BinaryIO) -> None:
        super().__init__(content)
        self.markup_of: dict[str, int] = {}
        self.size_of: dict[str, int] = {}
        unpacked = 0
        for part in self.infolist():
            self._measure(part, MAX_UNPACKED - unpacked)
            unpacked += self.size_of[part.filename]

    def _measure(self, part: ZipInfo, limit: int) -> None:
        if part.flag_bits & 1:
            raise Refused(ENCRYPTED)
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Refused(DAMAGED)
        size = markup = 0
        with self.open(part) as unpacked:
            while chunk := unpacked.read(CHUNK):
                size += len(chunk)
                markup += markup_in(chunk)
                packed_too_well = size > RATIO_COUNTS_FROM and size > MAX_RATIO * part.compress_size
                if size > limit or packed_too_well or markup > MAX_MARKUP:
                    raise Refused(TOO_MUCH)
        self.size_of[part.filename] = size
        self.markup_of[part.filename] = markup

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """A part as a whole, which is how openpyxl reads all but sheets and texts."""
        name = name.filename if isinstance(name, ZipInfo) else name
        if self.size_of.get(name, 0) > MAX_WHOLE or self.markup_of.get(name, 0) > MAX_WHOLE_MARKUP:
            raise Refused(TOO_MUCH)
        return super().read(name, pwd)


class _Elements:
    """The target of an XML parser: the elements of one tag. Nothing else is kept."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.depth = 0
        self.builder = TreeBuilder()
        self.complete: list[Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.depth or tag == self.tag:
            self.depth += 1
            self.builder.start(tag, attributes)

    def data(self, text: str) -> None:
        if self.depth:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        if self.depth:
            self.depth -= 1
            self.builder.end(tag)
            if not self.depth:
                self.complete.append(self.builder.close())
                self.builder = TreeBuilder()


def elements(xml: IO[bytes], tag: str) -> Iterator[Element]:
    target = _Elements(tag)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    size = markup = 0
    while chunk := xml.read(CHUNK):
        size += len(chunk)
        markup += markup_in(chunk)
        if size > MAX_BETWEEN or markup > MAX_MARKUP_BETWEEN:
            raise Refused(TOO_MUCH)
        parser.feed(chunk)
        if target.complete:
            yield from target.complete
            target.complete.clear()
            size = markup = 0
    parser.close()
