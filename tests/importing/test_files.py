"""What is read of a file, and what is refused before it costs anything."""

import hashlib
import io
import random
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from openpyxl import Workbook

from skills.importing.archive import MAX_PARTS
from skills.importing.files import read
from skills.importing.sheet import UnreadableFile
from skills.importing.workbook import SHEETS
from tests import workbooks
from tests.workbooks import SKILLS_PART, STRINGS_PART, invented, write_csvs, write_sfia_8, write_sfia_9

TYPES_PART, BOOK_PART, STYLES_PART = "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEASURED = """
import resource, sys
from skills.importing.files import read
from skills.importing.sheet import UnreadableFile

with open(sys.argv[1], "rb") as content:
    try:
        print(len(read(sys.argv[1], content).sheets), "sheets")
    except UnreadableFile as unreadable:
        print(unreadable)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime)
# Not ru_maxrss, which begins with what the process that started this one holds.
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.fixture
def workbook(tmp_path):
    return write_sfia_9(tmp_path / "skills.xlsx", invented(), with_read_me=False)


def read_path(path):
    with path.open("rb") as content:
        return read(path.name, content)


def refusal_of(name, content):
    with pytest.raises(UnreadableFile) as refused:
        read(name, io.BytesIO(content))
    return str(refused.value)


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def with_part(path, name, old, new):
    """The workbook with one part changed."""
    parts = parts_of(path)
    assert old in parts[name].decode()
    return packed({**parts, name: parts[name].decode().replace(old, new)})


def with_rows(path, rows):
    return with_part(path, SKILLS_PART, "</sheetData>", f"{rows}</sheetData>")


def cell_of(path, xml, strings=()):
    """What is read of a cell that is all there is of the skills, where the shared strings are these."""
    shared = "".join(f"<si>{string}</si>" for string in strings)
    sheets = {name: f"<worksheet {MAIN}/>" for name in parts_of(path) if name.startswith("xl/worksheets/")}
    sheets[SKILLS_PART] = f'<worksheet {MAIN}><sheetData><row r="9">{xml}</row></sheetData></worksheet>'
    content = packed({**parts_of(path), **sheets, STRINGS_PART: f"<sst {MAIN}>{shared}</sst>"})
    ((number, (cell,)),) = read("a.xlsx", io.BytesIO(content)).sheets[0].rows
    assert number == 9
    return cell


def written(rows, title="Skills"):
    """A workbook as openpyxl writes it, for values that have a type."""
    book, file = Workbook(), io.BytesIO()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def rows_of(content, name="a.xlsx"):
    return [cells for _, cells in read(name, io.BytesIO(content)).sheets[0].rows]


def measured(path):
    """What came of reading it in a process of its own, in CPU seconds and megabytes."""
    done = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    outcome, seconds, kilobytes = done.stdout.splitlines()
    return outcome, float(seconds), int(kilobytes) / 1024


# What is read


def test_a_workbook_is_its_three_sheets_under_the_names_that_the_publisher_gave_them(tmp_path):
    path = write_sfia_9(tmp_path / "SFIA 9.xlsx", invented(skills=6), with_read_me=True)
    file = read_path(path)
    assert file.name == "SFIA 9.xlsx"
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [sheet.name for sheet in file.sheets] == list(SHEETS)
    assert {sheet.file for sheet in file.sheets} == {"SFIA 9.xlsx"}
    number, headings = file.sheets[0].rows[0]
    assert number == 1
    assert headings[:2] == ("#", "Levels")
    assert headings[2:8] == ("",) * 6
    assert [number for number, _ in file.sheets[0].rows] == list(range(1, 8))
    assert file.sheets[0].rows[1][1][:9] == ("1", "1", "2", "3", "4", "", "", "", "TIDE")


def test_a_workbook_of_sfia_8_has_two_of_them(tmp_path):
    file = read_path(write_sfia_8(tmp_path / "SFIA 8.xlsx", invented("8")))
    assert [sheet.name for sheet in file.sheets] == ["Skills", "Levels of responsibility"]


def test_the_texts_of_a_workbook_and_of_its_csv_are_the_same(tmp_path, workbook):
    sheets = {sheet.name: sheet.rows for sheet in read_path(workbook).sheets}
    assert len(sheets) == 3
    for name, path in write_csvs(tmp_path, invented()).items():
        assert read_path(path).sheets[0].rows == sheets[name]


def test_the_name_of_a_sheet_may_be_in_other_letters_with_spaces_round_it(workbook):
    content = with_part(workbook, BOOK_PART, 'name="Skills"', 'name=" SKILLS "')
    assert read("a.xlsx", io.BytesIO(content)).sheets[0].name == "Skills"


def test_two_sheets_of_one_name_are_refused(workbook):
    content = with_part(workbook, BOOK_PART, 'name="Attributes"', 'name="skills "')
    assert refusal_of("a.xlsx", content).startswith("a.xlsx has two sheets that are named “Skills”.")


def test_a_workbook_without_any_of_the_sheets_is_told_what_was_found_and_expected():
    assert refusal_of("a.xlsx", written([["a"]], title="Budget")) == (
        "a.xlsx has none of the sheets that are read: “Skills”, “Attributes”, “Levels of responsibility”."
        " Its sheets are “Budget”."
    )


def test_of_many_sheets_ten_are_named(workbook):
    sheets = "".join(f'<sheet name="{"x" * 99}{n}" sheetId="{n}" r:id="rId1"/>' for n in range(50))
    content = with_part(workbook, BOOK_PART, "<sheets>", f"<sheets>{sheets}")
    for name in SHEETS:
        content = with_part(io.BytesIO(content), BOOK_PART, f'name="{name}"', 'name="y"')
    refusal = refusal_of("a.xlsx", content)
    assert refusal.endswith(f"{', '.join(['“' + 'x' * 31 + '”'] * 10)} and others.")


def test_a_part_that_sharepoint_leaves_behind_is_no_reason_to_refuse(workbook):
    assert read_path(workbooks.repacked(workbook)).sheets[0].rows == read_path(workbook).sheets[0].rows


def test_a_sheet_may_declare_a_size_that_it_does_not_have(workbook):
    content = with_part(workbook, SKILLS_PART, 'ref="A1:', 'ref="A1:A1" was="')
    assert read("a.xlsx", io.BytesIO(content)).sheets[0].rows == read_path(workbook).sheets[0].rows


def test_empty_rows_are_left_out_and_the_others_keep_their_numbers(workbook):
    content = with_rows(
        workbook, '<row r="7"><c r="A7" t="str"><v> </v></c></row><row r="9"><c r="B9"><v>5</v></c></row>'
    )
    last, before = read("a.xlsx", io.BytesIO(content)).sheets[0].rows[:-3:-1]
    assert (last[0], last[1][:3]) == (9, ("", "5", ""))
    assert before[0] == 5


def test_rows_are_equally_long():
    assert rows_of(written([["a"], ["b", "c", "d"]])) == [("a", "", ""), ("b", "c", "d")]
    assert rows_of(b"a\nb,c,d\n", "a.csv") == [("a", "", ""), ("b", "c", "d")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        ("3.0", "3"),
        ("3.5", "3.5"),
        (0.1 + 0.2, "0.3"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2025, 1, 31), "2025-01-31"),
        (datetime(2025, 1, 31, 12, 30), "2025-01-31 12:30:00"),
        (time(12, 30), "12:30:00"),
        ("SFIA 9.0", "SFIA 9.0"),
    ],
)
def test_a_value_is_the_text_that_a_spreadsheet_shows(value, text):
    assert rows_of(written([[value]])) == [(text,)]


def test_a_whole_number_in_a_csv_has_no_point_either():
    assert rows_of(b"#,Levels\n1.0,3.5\n", "a.csv")[1] == ("1", "3.5")


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("a_x000D_\nb", "a\r\nb"),
        ("a_x000d_", "a\r"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005f_x005F_", "_x005F_"),
        ("_xD83D__xDE00_", "\N{GRINNING FACE}"),
        ("a_xD83D_b_xDE00_c_xD83D_", "abc"),
        ("a_x0000_b", "ab"),
        ("snake_case_x00_", "snake_case_x00_"),
    ],
)
def test_an_escape_is_the_character_that_it_stands_for(workbook, escaped, text):
    assert cell_of(workbook, '<c t="s"><v>0</v></c>', [f"<t>{escaped}</t>"]) == text
    assert cell_of(workbook, f'<c t="inlineStr"><is><t>{escaped}</t></is></c>') == text
    assert cell_of(workbook, f'<c t="str"><f>A1</f><v>{escaped}</v></c>') == text
    assert rows_of(f'"{escaped}",b\n'.encode(), "a.csv")[0][0] == text


def test_a_text_of_several_formats_is_one_text_without_its_pronunciation(workbook):
    runs = "<r><rPr><b/></rPr><t>In </t></r><r><t>bold</t></r><rPh sb='0' eb='1'><t>said</t></rPh>"
    assert cell_of(workbook, '<c t="s"><v>0</v></c>', [runs]) == "In bold"


def test_a_style_sheet_that_openpyxl_gives_up_is_no_reason_to_refuse(workbook):
    content = with_part(workbook, STYLES_PART, "</fills>", "<fill/></fills>")
    assert len(read("a.xlsx", io.BytesIO(content)).sheets) == 3


# Names


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\fakepath\\skills.csv", "skills.csv"),
        ("../../etc/skills.csv", "skills.csv"),
        ("sk\x00il\r\nls\u202e.csv", "skills.csv"),
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
    ],
)
def test_a_name_is_the_last_part_of_a_path_without_what_cannot_be_seen(given, kept):
    file = read(given, io.BytesIO(b"a,b\n"))
    assert file.name == file.sheets[0].file == kept


def test_a_workbook_is_told_by_its_content(workbook):
    assert len(read("skills.csv", io.BytesIO(workbook.read_bytes())).sheets) == 3


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.csv", b"", "a.csv is empty."),
        ("a.csv", b"\r\n , \r\n", "a.csv is empty."),
        ("a.xls", b"<html>", "a.xls is no Excel workbook"),
        ("a.XLSX", b"a,b", "a.XLSX is no Excel workbook"),
        ("a.pdf", b"%PDF", "a.pdf is neither an Excel workbook (.xlsx) nor a CSV"),
        ("", b"a,b", "The file is neither an Excel workbook"),
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1"), "a.xls is an old Excel file (.xls)."),
        ("a.csv", b"a,b\nc,\0\n", "a.csv holds characters that are no text."),
        ("a.csv", b"a,b\n\x81,\x92\n", "a.csv is written in an encoding that is not known."),
        ("a.csv", b"\xff\xfea\0,\0b\0\n\0\0", "a.csv holds characters that are no text."),
        ("a.csv", b'a,b\nc,"d\ne,f\n', "a.csv cannot be read from row 2 on: a quotation mark is missing"),
        ("a.csv", b'a,b\nc,"d\n' + b"e" * 150_000, "a.csv cannot be read from row 2 on: a quotation mark is missing"),
        ("a.csv", b"a,b\n" * 20_001, "a.csv has more than 20,000 rows."),
        ("a.csv", b"," * 200 + b"a", "a.csv has more than 200 columns in row 1."),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name, content, refusal):
    assert refusal_of(name, content).startswith(refusal)


# CSV


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_is_read_in_every_encoding_that_excel_writes(tmp_path, encoding, newline):
    path = write_csvs(tmp_path, invented(), encoding=encoding, newline=newline)["Skills"]
    sheet = read_path(path).sheets[0]
    assert sheet.name == ""
    assert sheet.rows[0][1][0] == "#"
    assert len(sheet.rows) == 5
    assert "nobody’s fault" in sheet.rows[1][1][14]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_heading_row_tells_the_delimiter(tmp_path, delimiter):
    path = write_csvs(tmp_path, invented(), delimiter=delimiter)["Skills"]
    assert len(read_path(path).sheets[0].rows[0][1]) == 22


def test_the_heading_row_may_be_quoted_and_hold_the_other_delimiters():
    content = b'"Guidance, notes, and more";"Skill\r\nname";Code\r\n"a";"b";"c"\r\n'
    assert rows_of(content, "a.csv") == [("Guidance, notes, and more", "Skill\r\nname", "Code"), ("a", "b", "c")]


def test_the_rows_of_a_csv_are_counted_as_a_spreadsheet_does():
    content = b'a,b\n"one\ntwo\n\nthree",c\n\n,\nd,e\n'
    rows = read("a.csv", io.BytesIO(content)).sheets[0].rows
    assert rows == ((1, ("a", "b")), (2, ("one\ntwo\n\nthree", "c")), (5, ("d", "e")))


def test_a_line_break_of_unicode_is_no_end_of_a_row():
    assert rows_of("a\u2028b\x85c,d\n".encode(), "a.csv") == [("a\u2028b\x85c", "d")]


def test_what_django_makes_of_an_upload_is_read_and_left_open(workbook):
    small = SimpleUploadedFile("a.csv", b"a,b\n")
    large = TemporaryUploadedFile("a.csv", "text/csv", 4, None)
    large.write(b"a,b\n")
    for uploaded in (small, large, SimpleUploadedFile("a.xlsx", workbook.read_bytes())):
        assert read(uploaded.name, uploaded).sheets[0].rows
        assert not uploaded.closed
    large.close()


# Damaged and hostile files


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (workbooks.encrypted, "is protected by a password. Save a copy without one and import that."),
        (workbooks.macro_workbook, "holds macros."),
        (workbooks.text_file, "is no Excel workbook that can be read."),
        (workbooks.zip_bomb, "unpacks to far more than a framework of skills."),
        (workbooks.many_strings, "unpacks to far more than a framework of skills."),
        (workbooks.million_rows, "unpacks to far more than a framework of skills."),
        (workbooks.with_entities, "is damaged"),
        (lambda path: workbooks.with_entities(path, SKILLS_PART), "is damaged"),
        (lambda path: workbooks.truncated(write_sfia_9(path, invented())), "is damaged"),
    ],
)
def test_a_hostile_file_is_refused_in_no_time_and_little_memory(tmp_path, make, refusal):
    path = make(tmp_path / "skills.xlsx")
    outcome, seconds, megabytes = measured(path)
    assert outcome.startswith(f"{path.name} {refusal}")
    assert seconds < 2
    assert megabytes < 90  # with Django it is some 40 more


def noise(size):
    """XML text that does not pack."""
    return random.Random(size).randbytes(size // 2).hex()


EMPTY_ROWS = "".join(f'<row r="{n}" s="1" spans="1:{n % 97}"/>' for n in range(10, 200_000))


PAD = f"<!--{noise(200_000)}-->"  # so that it is not how well a part packs that has it refused
TOO_MUCH = "unpacks to far more than a framework of skills."


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name)
        for name, case in {
            "empty rows": (SKILLS_PART, "</sheetData>", EMPTY_ROWS, "has more than 20,000 rows."),
            "a row far below": (SKILLS_PART, "</sheetData>", '<row r="20001"/>', "has more than 20,000 rows."),
            "cells in a row": (SKILLS_PART, "</sheetData>", f'<row r="9">{"<c/>" * 500_000}{PAD}</row>', TOO_MUCH),
            "junk between rows": (SKILLS_PART, "</sheetData>", "<x/>" * 500_000 + PAD, TOO_MUCH),
            "a long cell": (SKILLS_PART, "</sheetData>", f"<row><c><v>{noise(6_000_000)}</v></c></row>", TOO_MUCH),
            "a column far out": (
                SKILLS_PART,
                "</sheetData>",
                '<row r="9"><c r="ZZZ9"><v>1</v></c></row>',
                "has more than 200 columns in row 9.",
            ),
            "a long string": (STRINGS_PART, "</sst>", f"<si><t>{noise(20_000_000)}</t></si>", TOO_MUCH),
            "strings": (STRINGS_PART, "</sst>", "<si/>" * 1_000_000 + PAD, TOO_MUCH),
            "fonts": (STYLES_PART, "</fonts>", "<font/>" * 400_000 + PAD, TOO_MUCH),
            "sheets": (BOOK_PART, "</sheets>", '<sheet name="a" sheetId="1" r:id="a"/>' * 90_000 + PAD, TOO_MUCH),
            "depth": (BOOK_PART, "</sheets>", f"{'<a>' * 25_000}{'</a>' * 25_000}", "is damaged"),
            "types": (TYPES_PART, "</Types>", '<Default Extension="a" ContentType="a"/>' * 90_000 + PAD, TOO_MUCH),
        }.items()
    ],
)
def test_too_much_of_anything_is_refused_in_no_time_and_little_memory(tmp_path, workbook, case):
    part, before, more, refusal = case
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(with_part(workbook, part, before, more + before))
    outcome, seconds, megabytes = measured(path)
    assert outcome.startswith(f"hostile.xlsx {refusal}")
    assert seconds < 2
    assert megabytes < 90


def test_a_long_row_of_a_csv_is_refused_in_no_time_and_little_memory(tmp_path):
    path = tmp_path / "hostile.csv"
    for content in (b"a" * 90_000_000, b"a," * 20_000_000, b'"a\n",' * 10_000_000):
        path.write_bytes(content)
        outcome, seconds, megabytes = measured(path)
        assert outcome.startswith("hostile.csv has a row of more than 2,000,000 characters.")
        assert seconds < 2
        assert megabytes < 90


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK")
        file.truncate(51 * 2**20)
    outcome, seconds, megabytes = measured(path)
    assert outcome.startswith("large.xlsx is larger than 50 MB.")
    assert seconds < 2
    assert megabytes < 90


def test_a_workbook_of_thousands_of_parts_is_refused_before_they_are_listed(workbook):
    content = packed({**parts_of(workbook), **{f"xl/{number}": b"" for number in range(MAX_PARTS)}})
    assert "unpacks to far more" in refusal_of("a.xlsx", content)


def test_a_part_may_be_there_twice(workbook):
    file = io.BytesIO(workbook.read_bytes())
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(STYLES_PART, b"<" * 100_000)
    assert "unpacks to far more" in refusal_of("a.xlsx", file.getvalue())


def test_the_size_that_a_zip_declares_is_not_believed(tmp_path):
    path = workbooks.zip_bomb(tmp_path / "bomb.xlsx")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SKILLS_PART).file_size
    start = content.find(size.to_bytes(4, "little"))
    while start >= 0:
        content[start : start + 4] = (1000).to_bytes(4, "little")
        start = content.find(size.to_bytes(4, "little"))
    assert refusal_of("a.xlsx", bytes(content)).startswith("a.xlsx is damaged")


def test_a_member_with_a_password_is_said_to_have_one(workbook):
    content = bytearray(workbook.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal_of("a.xlsx", bytes(content)).startswith("a.xlsx is protected by a password.")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_excel_does_not_write_is_refused(workbook, compression):
    assert "is damaged" in refusal_of("a.xlsx", packed(parts_of(workbook), compression))


@pytest.mark.parametrize("name", [SKILLS_PART, STRINGS_PART, BOOK_PART, "xl/_rels/workbook.xml.rels", TYPES_PART])
def test_a_workbook_that_lacks_a_part_is_refused(workbook, name):
    parts = parts_of(workbook)
    del parts[name]
    assert "Open it in Excel" in refusal_of("a.xlsx", packed(parts))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SKILLS_PART, "</worksheet>", ""),
        (SKILLS_PART, '<row r="2">', '<row r="1">'),
        (SKILLS_PART, '<row r="2">', '<row r="two">'),
        (SKILLS_PART, "<v>1</v>", "<v>1e</v>"),
        (SKILLS_PART, '<c r="A1" t="s"><v>0</v>', '<c r="A1" t="s"><v>999999</v>'),
        (BOOK_PART, 'r:id="rId1"', 'r:id="rId99"'),
        (BOOK_PART, 'r:id="rId1"', ""),
        ("xl/_rels/workbook.xml.rels", 'Target="worksheets/sheet1.xml"', 'Target="../../nothing.xml"'),
        (TYPES_PART, "sheet.main+xml", "template.main+xml"),
        (TYPES_PART, "spreadsheetml.sheet.main", "wordprocessingml.document.main"),
    ],
)
def test_a_workbook_whose_parts_do_not_fit_is_refused(workbook, part, old, new):
    content = with_part(workbook, part, old, new)
    if 'r:id="rId1"' in old and not new:
        for number in (2, 3):
            content = with_part(io.BytesIO(content), BOOK_PART, f'r:id="rId{number}"', "")
    assert "Open it in Excel" in refusal_of("a.xlsx", content)


def test_a_zip_that_is_no_workbook_is_refused():
    assert refusal_of("a.xlsx", packed({"a.txt": b"a"})).startswith("a.xlsx is no Excel workbook that can be read.")


def test_a_binary_workbook_is_refused(workbook):
    refusal = refusal_of("a.xlsb", packed({**parts_of(workbook), "xl/workbook.bin": b"a"}))
    assert refusal.startswith("a.xlsb is no Excel workbook that can be read.")


def damaged(content, seed):
    """A byte flipped, some cut out or the rest cut off, at a place that the seed tells."""
    luck = random.Random(seed)
    place = luck.randrange(len(content))
    return [
        content[:place] + bytes([content[place] ^ 1 << luck.randrange(8)]) + content[place + 1 :],
        content[:place] + content[place + luck.randrange(1, 20) :],
        content[:place],
    ][seed % 3]


def test_a_file_that_is_damaged_anywhere_is_read_or_refused_and_nothing_else(tmp_path, workbook):
    csv = write_csvs(tmp_path, replace(invented(), attributes=()))["Skills"].read_bytes()
    parts = parts_of(workbook)
    outcomes = set()
    for seed in range(150):
        name = sorted(parts)[seed % len(parts)]
        repacked = packed({**parts, name: damaged(parts[name], seed)})
        for ending, content in (
            ("xlsx", damaged(workbook.read_bytes(), seed)),
            ("xlsx", repacked),
            ("csv", damaged(csv, seed)),
        ):
            try:
                outcomes.add((ending, bool(read(f"a.{ending}", io.BytesIO(content)).sheets)))
            except UnreadableFile:
                outcomes.add((ending, False))
    assert outcomes == {("xlsx", True), ("xlsx", False), ("csv", True), ("csv", False)}


def test_a_hundred_times_the_publishers_skills_are_read(tmp_path):
    short = invented(skills=14_700)
    path = write_sfia_9(tmp_path / "large.xlsx", short)
    rows = read_path(path).sheets[0].rows
    assert len(rows) == 14_701
