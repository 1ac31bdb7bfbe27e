"""The zip archives of workbooks: unusual ones are read, unsafe and damaged ones refused."""

import contextlib
import os
import random
import struct
import zipfile

import pytest

from importer.errors import UnreadableInput
from tests.read.build import (
    OFFICE,
    ONE_CELL,
    STYLES,
    assert_refused,
    pack,
    parts,
    read,
    sheet_xml,
    understated,
    with_texts,
    workbook,
)

STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def test_strict_workbooks_are_read_like_any_other(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    contents = parts(sheet_xml(rows))
    for transitional, strict in STRICT.items():
        contents = {name: text.replace(transitional, strict) for name, text in contents.items()}
    (row,) = read(pack(tmp_path / "strict.xlsx", contents))
    assert (row[0], row[1].text) == (1, "#N/A")


def test_parts_with_absolute_targets_backslashes_and_other_capitals_are_found(tmp_path):
    contents = parts(sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'))
    links = "xl/_rels/workbook.xml.rels"
    contents[links] = contents[links].replace('"worksheets/', '"/xl/worksheets/')
    ((cell,),) = read(pack(tmp_path / "absolute.xlsx", contents))
    assert cell.text == "#N/A"


BOOK = parts(sheet_xml(ONE_CELL))


def test_a_truncated_workbook_is_refused(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", ONE_CELL).read_bytes()
    path = tmp_path / "half.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert_refused(path, "is cut off", "Copy or download the file again")


ARCHIVES = {
    "a Word document": ({"word/document.xml": "<a/>"}, "is a Word document"),
    "any zip": ({"readme.txt": "hello"}, "a zip archive without a workbook"),
    "an empty zip": ({}, "a zip archive without a workbook"),
    "an OpenDocument text": (
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"},
        "OpenDocument file, but not a spreadsheet",
    ),
    "a DOCTYPE in a sheet": (
        parts("<!DOCTYPE a [<!ENTITY b 'c'>]>" + sheet_xml(ONE_CELL)),
        "xl/worksheets/sheet1.xml has a DOCTYPE",
    ),
    "a DOCTYPE in UTF-16": (
        BOOK | {"docProps/core.xml": "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le")},
        "docProps/core.xml has a DOCTYPE",
    ),
    "a DOCTYPE far down": (
        BOOK | {"xl/theme.xml": f"<!--{' ' * 100_000}--><!DOCTYPE a><a/>"},
        "xl/theme.xml has a DOCTYPE or no content",
    ),
    "too many parts": (
        BOOK | {f"xl/media/{n}.txt": "" for n in range(2_000)},
        "2,006 parts inside, at most 2,000",
    ),
    "a part packed too tightly": (
        parts(sheet_xml(" " * (2 << 20) + ONE_CELL)),
        "sheet1.xml is packed 9",
    ),
    "two parts of one name": (BOOK | {"XL/Workbook.xml": "<a/>"}, "have the same name"),
    "a sheet without a part": (
        {name: text for name, text in BOOK.items() if "sheet1" not in name},
        "the sheet 'S1' has no content",
    ),
    "a workbook part that is no XML": (BOOK | {"xl/workbook.xml": "<workbook"}, "damaged"),
    "a sheet that ends too early": (
        parts(sheet_xml(ONE_CELL).removesuffix("</sheetData></worksheet>")),
        "damaged",
    ),
    "a cell in row 0": (parts(sheet_xml('<row r="1"><c r="A0"><v>1</v></c></row>')), "'A0'"),
    "a row of letters": (parts(sheet_xml('<row r="x"><c><v>1</v></c></row>')), "'x'"),
    "a column beyond XFD": (
        parts(sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>')),
        "'S1' has 1 rows and 16,385 columns",
    ),
    "a row beyond the last": (
        parts(sheet_xml('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')),
        "1,048,577 rows",
    ),
}


@pytest.mark.parametrize(("contents", "words"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_that_is_no_sound_workbook_is_refused(tmp_path, contents, words):
    assert_refused(pack(tmp_path / "terms.xlsx", contents), words)


def row(number, *addresses, quote='"'):
    """A row with the number 1 at each address."""
    cells = "".join(f"<c r={quote}{each}{quote}><v>1</v></c>" for each in addresses)
    return f"<row r={quote}{number}{quote}>{cells}</row>"


def test_an_encrypted_part_is_refused(tmp_path):
    path = workbook(tmp_path / "locked.xlsx", ONE_CELL)
    content = path.read_bytes()
    for header, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(header) + offset
        content = content[:at] + struct.pack("<H", 1) + content[at + 2 :]
    path.write_bytes(content)
    assert_refused(path, "protected with a password")


def test_a_part_larger_than_it_says_is_refused(tmp_path):
    path = workbook(tmp_path / "liar.xlsx", f"<!--{os.urandom(5000).hex()}-->" + ONE_CELL)
    with zipfile.ZipFile(path) as archive:
        true_size = struct.pack("<I", archive.getinfo("xl/worksheets/sheet1.xml").file_size)
    path.write_bytes(path.read_bytes().replace(true_size, struct.pack("<I", 60)))
    assert_refused(path, "damaged")


def test_texts_that_are_more_than_the_directory_says_are_refused_unread(tmp_path):
    """The workbook parser does not stop where the directory says that a part ends."""
    texts = "".join(f"<si><t>{number:032000d}</t></si>" for number in range(500))
    path = with_texts(tmp_path / "liar.xlsx", texts, ONE_CELL)
    assert_refused(understated(path, "xl/sharedStrings.xml"), "damaged", "sharedStrings.xml")


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_more_than_the_directory_says_is_refused(tmp_path, part):
    contents = parts(sheet_xml(row(1, "A1") * 99))
    contents[part] += f"<!--{os.urandom(3_000).hex()}-->"
    path = pack(tmp_path / "liar.xlsx", contents)
    assert_refused(understated(path, part, len(contents[part]) - 1_000), "damaged")


def test_parts_that_overlap_are_refused(tmp_path):
    path = workbook(tmp_path / "shared.xlsx", ONE_CELL)
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 20, len(content))
    path.write_bytes(content)
    assert_refused(path, "its parts overlap")


def test_a_small_part_is_refused_where_it_is_large(tmp_path):
    noise = "".join(random.Random(1).choices("abcdefgh", k=1 << 20)) * 17
    contents = BOOK | {"xl/styles.xml": STYLES.replace("<cellXfs", f'<x a="{noise}"/><cellXfs')}
    path = pack(tmp_path / "styles.xlsx", contents, zipfile.ZIP_STORED)
    assert_refused(path, "xl/styles.xml has more than 16,777,216 bytes")


def nested():
    """Elements within each other, with names that do not pack well."""
    names = [f"a{random.Random(no).randrange(10**9)}" for no in range(30_000)]
    return "".join(f"<{name}>" for name in names) + "".join(f"</{n}>" for n in reversed(names))


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_elements_nested_thousands_of_times_do_no_harm(tmp_path, part):
    contents = dict(BOOK)
    head, end, rest = contents[part].rpartition("</")
    contents[part] = head + nested() + end + rest
    assert read(pack(tmp_path / "deep.xlsx", contents)) == [[1]]


def test_texts_nested_thousands_of_times_do_no_harm(tmp_path):
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = with_texts(tmp_path / "deep.xlsx", f"<si>{nested()}<t>a</t></si>", cell)
    assert read(path) == [["a"]]


def test_more_sheets_than_parts_can_be_are_refused(tmp_path):
    contents = dict(BOOK)
    more = "".join(f'<sheet name="T{n}" sheetId="{n}" r:id="rId1"/>' for n in range(9, 2_009))
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(
        "</sheets>", f"{more}</sheets>"
    )
    assert_refused(pack(tmp_path / "many.xlsx", contents), "2,001 sheets, at most 2,000 are read")


@pytest.mark.parametrize("extent", ["A1:XFD1048576", "XFD1048576:A1", "A1:ZZZZZZ99999999", ""])
def test_what_a_sheet_says_of_its_size_does_no_harm(tmp_path, extent):
    before = f'<dimension ref="{extent}"/>'
    path = pack(tmp_path / "size.xlsx", parts(sheet_xml(ONE_CELL, before=before)))
    with contextlib.suppress(UnreadableInput):
        assert read(path) == [[1]]


def test_an_archive_that_would_unpack_to_more_than_a_gigabyte_is_refused(tmp_path):
    path = pack(tmp_path / "many.xlsx", BOOK | {f"xl/media/{n}.bin": b"x" * 10 for n in range(5)})
    content = path.read_bytes()
    for directory in content.split(b"PK\x01\x02")[-5:]:
        # Claim 256 MB each, packed to 64 MB so that the ratio looks honest.
        lying = directory[:16] + struct.pack("<II", 64 << 20, 256 << 20) + directory[24:]
        content = content.replace(directory, lying)
    path.write_bytes(content)
    assert_refused(path, "unpacks to 1,34", "Divide it")


def test_styles_that_are_no_xml_are_a_damaged_workbook(tmp_path):
    """They are read late, only where a sheet is scanned."""
    path = pack(tmp_path / "styles.xlsx", BOOK | {"xl/styles.xml": "<styleSheet"})
    assert_refused(path, "the workbook is damaged")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_a_part_in_an_encoding_that_does_not_exist_is_a_damaged_workbook(tmp_path, part):
    declared = '<?xml version="1.0" encoding="null"?>'
    path = pack(tmp_path / "encoding.xlsx", BOOK | {part: declared + BOOK[part]})
    assert_refused(path, "the workbook is damaged (unknown encoding: null)")
