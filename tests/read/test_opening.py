"""Files are recognised by their content, whatever their name; others are refused with a reason."""

import errno
from pathlib import Path

import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import open_input
from importer.read.opening import unopened
from tests.read.build import (
    ONE_CELL,
    WORKBOOK_TYPE,
    assert_refused,
    read,
    refused,
    rows_of,
    workbook,
    xls,
)

MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.mark.parametrize("name", ["terms.xlsx", "terms.xls", "terms.csv", "terms", "TERMS.XLSX"])
@pytest.mark.parametrize(("type_", "format_"), [(WORKBOOK_TYPE, "xlsx"), (MACROS, "xlsm")])
def test_a_workbook_is_known_under_any_name(tmp_path, name, type_, format_):
    path = workbook(tmp_path / name, ONE_CELL, workbook_type=type_)
    found = open_input(path)
    assert (found.format, found.guess, found.dialect) == (format_, None, None)
    assert read(path) == [[1]]


def test_an_old_xls_is_read(tmp_path):
    found = open_input(xls(tmp_path / "book.xls", [(1, 0, 5.0), (2, 1, 1.5), (2, 2, 2e15)]))
    assert found.format == "xls"
    assert rows_of(found.sheets[0]) == [
        [],
        [5, "", ""],
        ["", 1.5, CellFault("long_number", "2E+15")],
    ]
    assert found.sheets[0].hidden_rows == 0
    assert not found.sheets[0].shows_errors


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


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


@pytest.mark.parametrize(("name", "content", "pattern"), CONTENTS.values(), ids=CONTENTS)
def test_a_file_of_no_use_is_refused_by_its_content(tmp_path, name, content, pattern):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=pattern):
        open_input(path)
    refused(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert_refused(tmp_path / "none.xlsx", "there is no such file", str(tmp_path))
    assert_refused(Path("none.xlsx"), "there is no such file. Check its name, and the folder")
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
