"""A binary workbook: what our own scan of its records finds."""

import struct

import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import open_input
from importer.read.xlsb import scan_binary_sheet
from importer.spreadsheet import MergedRange
from tests.read.build import (
    read,
    record,
    rows_of,
    wide,
    xlsb,
    xlsb_row,
)

XLSB_NUMBER, XLSB_ERROR, XLSB_TEXT, XLSB_FORMULA_ERROR = 5, 3, 6, 11


def test_an_xlsb_has_its_errors_and_hidden_rows(tmp_path):
    one = struct.pack("<d", 1.0)
    rows = (
        xlsb_row(2, (1, XLSB_NUMBER, one), (2, XLSB_ERROR, b"\x2a"))
        + xlsb_row(3, (0, XLSB_TEXT, wide("x")), hidden=True)
        + xlsb_row(5, (3, XLSB_FORMULA_ERROR, b"\x07\0\0" + bytes(8)))
    )
    found = open_input(xlsb(tmp_path / "book.xlsb", rows))
    faults = [CellFault("error_cell", text) for text in ("#N/A", "#DIV/0!")]
    assert found.format == "xlsb"
    assert [sheet.name for sheet in found.sheets] == ["B"]
    assert found.sheets[0].hidden_rows == 1
    assert rows_of(found.sheets[0]) == [
        [],
        ["", 1, faults[0]],
        ["x", "", ""],
        [],
        ["", "", "", faults[1]],
    ]


def test_an_xlsb_with_a_stray_cell_is_refused(tmp_path):
    one = struct.pack("<d", 1.0)
    far = xlsb_row(1, (0, XLSB_NUMBER, one)) + xlsb_row(1048576, (16383, XLSB_NUMBER, one))
    with pytest.raises(UnreadableInput, match="reaches to cell XFD1048576: too large"):
        read(xlsb(tmp_path / "far.xlsb", far))


def test_an_xlsb_cut_in_a_record_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="damaged"):
        read(xlsb(tmp_path / "cut.xlsb", xlsb_row(1) + b"\x05\x7f"))


def test_an_xlsb_has_its_merged_cells(tmp_path):
    """They stand behind the rows."""
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 1, 3, 0, 2))
    rows = xlsb_row(2, (0, XLSB_NUMBER, struct.pack("<d", 1.0))) + record(146) + merged
    [sheet] = open_input(xlsb(tmp_path / "book.xlsb", rows)).sheets
    assert sheet.merged == [MergedRange(2, 1, 4, 3)]


def test_an_xlsb_has_its_hidden_columns_and_rows_without_height(tmp_path):
    one = struct.pack("<d", 1.0)
    runs = [(0, 0, 2560, 0), (1, 2, 2560, 1), (3, 3, 0, 2)]
    columns = b"".join(
        record(60, struct.pack("<IIIIH", first, last, width, 0, flags))
        for first, last, width, flags in runs
    )
    flat = record(0, struct.pack("<IIHBBBI", 0, 0, 0, 0, 0x20, 0, 0))
    cell = record(XLSB_NUMBER, struct.pack("<II", 0, 0) + one)
    found = scan_binary_sheet(columns + flat + cell + xlsb_row(2, (0, XLSB_NUMBER, one)))
    assert found.hidden_columns == [(2, 3), (4, 4)]
    assert found.hidden_rows == 1
