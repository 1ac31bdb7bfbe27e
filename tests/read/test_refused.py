"""What cannot or must not be read is refused in one line: the file, what was seen, the way out."""

import contextlib
import errno
import os
import struct
import zipfile
from pathlib import Path

import pytest

from importer.errors import UnreadableInput
from importer.read import open_input
from importer.read.opening import unopened
from tests.read.build import pack, parts, read, rows_of, sheet_xml, workbook

ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOOK = parts(sheet_xml(ONE_CELL))

CONTENTS = {
    "an empty file": ("terms.xlsx", b"", r"is empty \(0 bytes\)\. Copy"),
    "a PDF": ("terms.xlsx", b"%PDF-1.7 ...", r"is a PDF, though it is called \.xlsx\. Export"),
    "a web page called .xls": (
        "terms.xls",
        b"\xef\xbb\xbf \n<HTML><table>",
        r"is a web page \(HTML\), though it is called \.xls\. Export",
    ),
    "an XML spreadsheet": ("terms.xls", b"<?xml version='1.0'?><Workbook>", "is an XML file"),
    "a picture": ("terms.csv", b"\x89PNG\r\n\x1a\n", r"is a picture \(PNG\)"),
    "text called .xlsx": ("terms.xlsx", b"a,b\n1,2\n", r"is plain text, though .* ending \.csv"),
    "JSON": ("terms.json", b'{"a": 1}', r"is plain text, not a spreadsheet"),
    "bytes of no kind": ("terms.csv", bytes(range(256)) * 9, "neither a workbook nor text"),
    "a protected workbook": (
        "terms.xlsx",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password.* clear the password",
    ),
    "an old Word document": (
        "terms.xls",
        OLE + "WordDocument".encode("utf-16-le"),
        "an old Office file, but not a workbook",
    ),
    "a damaged old workbook": ("terms.xls", OLE + "Workbook".encode("utf-16-le"), "is damaged"),
}


def read_all(path):
    """The rows of every sheet."""
    return [row for sheet in open_input(path).sheets for row in rows_of(sheet)]


def refused(path):
    """The refusal's text; it is one line and begins with the file's name."""
    with pytest.raises(UnreadableInput) as caught:
        read_all(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: ")
    assert text.endswith(".")
    assert "\n" not in text
    return text


def assert_refused(path, *words):
    text = refused(path)
    for each in words:
        assert each in text


@pytest.mark.parametrize(("name", "content", "pattern"), CONTENTS.values(), ids=CONTENTS)
def test_a_file_of_no_use_is_refused_by_its_content(tmp_path, name, content, pattern):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=pattern):
        open_input(path)
    refused(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert_refused(tmp_path / "none.xlsx", "there is no such file", str(tmp_path))
    assert_refused(tmp_path, "is a folder")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not be read. Ask its owner"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read (Input/output error). Copy"),
    ],
    ids=["no permission", "a broken disk"],
)
def test_what_the_system_says_is_passed_on(problem, words):
    """Called directly: whoever runs the tests may be allowed to read every file."""
    assert words in str(unopened(Path("terms.xlsx"), problem))


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(b"a,b\n")
        stream.truncate((512 << 20) + 1)
    assert_refused(path, "536,870,913 bytes", "Divide it")


def test_a_truncated_workbook_is_refused(tmp_path):
    whole = workbook(tmp_path / "whole.xlsx", ONE_CELL).read_bytes()
    path = tmp_path / "half.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert_refused(path, "is cut off", "Copy or download the file again")


def test_a_flipped_byte_never_raises_anything_else(tmp_path):
    """Wherever the damage is, the cell is the one that was written or the file is refused."""
    path = workbook(tmp_path / "flipped.xlsx", ONE_CELL)
    whole = path.read_bytes()
    for place in range(0, len(whole), 5):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(UnreadableInput):
            assert read_all(path) == [[1]]


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


FAR = {
    "the last cell there is": row(1048576, "XFD1048576"),
    "unordered rows": row(999999, "A999999") + row(1, "ZZ1"),
    "unordered cells": row(900000, "ZZ900000", "A900000"),
    "the address of another row": row(1, "A1", "XFA900000"),
    "single quotes": row(1048576, "XFD1048576", "A1048576", quote="'"),
    "odd spacing": row(1048576, "XFD1048576").replace("<c r=", "<c\nr ="),
    "lower case": row(9, "xfd1048576"),
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_stray_cell_that_would_take_all_memory_is_refused(tmp_path, rows):
    """The workbook parser would ask for memory for every cell in between and abort the process."""
    rows = ONE_CELL + rows
    assert_refused(
        workbook(tmp_path / "far.xlsx", rows), "reaches to cell", "too large", "Delete stray"
    )


def test_a_far_cell_without_content_does_no_harm(tmp_path):
    rows = ONE_CELL + '<row r="900000"><c r="XFD900000" s="1"/></row>'
    assert read(workbook(tmp_path / "styled.xlsx", rows)) == [[1]]


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


def test_an_archive_that_would_unpack_to_more_than_a_gigabyte_is_refused(tmp_path):
    path = pack(tmp_path / "many.xlsx", BOOK | {f"xl/media/{n}.bin": b"x" * 10 for n in range(5)})
    content = path.read_bytes()
    for directory in content.split(b"PK\x01\x02")[-5:]:
        # Claim 256 MB each, packed to 64 MB so that the ratio looks honest.
        lying = directory[:16] + struct.pack("<II", 64 << 20, 256 << 20) + directory[24:]
        content = content.replace(directory, lying)
    path.write_bytes(content)
    assert_refused(path, "unpacks to 1,34", "Divide it")
