"""Sheets of a workbook: their order, rows, columns and values."""

import contextlib
import datetime as dt

import openpyxl
import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import open_input
from importer.read.workbook import most_area
from tests.read.build import (
    DATE,
    ONE_CELL,
    assert_refused,
    emptied,
    pack,
    parts,
    read,
    read_all,
    rows_of,
    sheet_xml,
    workbook,
)

ERROR = "error_cell"


def test_the_1904_date_system_is_kept(tmp_path):
    path = workbook(
        tmp_path / "mac.xlsx",
        f'<row r="1"><c r="A1" s="{DATE}"><v>43889</v></c></row>',
        properties='<workbookPr date1904="1"/>',
    )
    assert read(path) == [[dt.date(2024, 2, 29)]]


def test_times_and_durations_and_merged_cells_as_openpyxl_writes_them(tmp_path):
    """A merged range has its value in the first cell only."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([dt.time(9, 30), dt.timedelta(hours=30), "merged"])
    sheet.merge_cells("C1:D2")
    sheet["A3"] = "end"
    book.save(tmp_path / "times.xlsx")
    assert read(tmp_path / "times.xlsx") == [
        [dt.time(9, 30), dt.timedelta(hours=30), "merged"],
        [],
        ["end", "", ""],
    ]


def test_head_and_chunks_show_the_same_faults_again_and_again(tmp_path):
    rows = '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'
    sheet = open_input(workbook(tmp_path / "book.xlsx", rows)).sheets[0]
    expected = [[], ["", CellFault(ERROR, "#N/A")]]
    for _ in range(2):
        assert emptied(sheet.head()) == rows_of(sheet) == expected


def book(path, cells, **titles):
    """A workbook with these values at these addresses."""
    made = openpyxl.Workbook()
    for address, value in cells.items():
        made.active[address] = value
    made.save(path)
    return path


def test_leading_blank_rows_and_columns_are_kept(tmp_path):
    """Column A is index 0 and row 1 element 0, wherever the table stands."""
    path = book(tmp_path / "away.xlsx", {"C4": "x", "D6": "y"})
    assert read(path) == [[], [], [], ["", "", "x", ""], [], ["", "", "", "y"]]


def test_trailing_blank_rows_are_no_rows(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3"><c r="A3" s="1"/></row>'
        '<row r="900"><c r="B900" t="inlineStr"><is><t></t></is></c></row>'
    )
    assert [row[:1] for row in read(workbook(tmp_path / "blank.xlsx", rows))] == [[1]]


def test_zero_and_false_are_not_blank(tmp_path):
    path = book(tmp_path / "zero.xlsx", {"A1": 0, "A3": False, "A4": ""})
    assert read(path) == [[0], [], [False]]
    assert rows_of(open_input(path).sheets[0], size=1) == [[0], [], [False]]


def test_hidden_rows_are_read_and_counted(tmp_path):
    rows = "".join(
        f'<row r="{n}" hidden="{hidden}"><c r="A{n}"><v>{n}</v></c></row>'
        for n, hidden in enumerate(["0", "1", "false", "true", "1"], 1)
    )
    path = workbook(tmp_path / "hidden.xlsx", rows + '<row r="6" hidden="1"/>')
    sheet = open_input(path).sheets[0]
    assert sheet.hidden_rows == 3
    assert rows_of(sheet) == [[1], [2], [3], [4], [5]]


def test_sheets_stand_in_workbook_order_hidden_ones_too_charts_not(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "One"
    made.create_chartsheet("Chart")
    made.create_sheet("Two").sheet_state = "hidden"
    made.create_sheet("Three").sheet_state = "veryHidden"
    made["Two"]["A1"] = "two"
    made.save(tmp_path / "sheets.xlsx")
    sheets = open_input(tmp_path / "sheets.xlsx").sheets
    assert [(s.name, s.hidden) for s in sheets] == [("One", False), ("Two", True), ("Three", True)]
    assert [rows_of(sheet) for sheet in sheets] == [[], [["two"]], []]


def test_a_flipped_byte_never_raises_anything_else(tmp_path):
    """Wherever the damage is, the cell is the one that was written or the file is refused."""
    path = workbook(tmp_path / "flipped.xlsx", ONE_CELL)
    whole = path.read_bytes()
    for place in range(0, len(whole), 5):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(UnreadableInput):
            assert read_all(path) == [[1]]


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
    "a column that half a gigabyte would be needed for": row(1048576, "P1048576"),
}


@pytest.mark.parametrize("rows", FAR.values(), ids=FAR)
def test_a_stray_cell_that_would_take_all_memory_is_refused(tmp_path, rows):
    """The workbook parser would ask for memory for every cell in between and abort the process."""
    rows = ONE_CELL + rows
    assert_refused(
        workbook(tmp_path / "far.xlsx", rows), "reaches to cell", "too large", "Delete stray"
    )


def test_stray_cells_of_several_sheets_count_together(tmp_path):
    far = sheet_xml(ONE_CELL + row(1048576, "C1048576"))
    path = pack(tmp_path / "strays.xlsx", parts(far, far))
    sheets = open_input(path).sheets
    assert sheets[0].hidden_rows == 0
    with pytest.raises(UnreadableInput, match="the sheets up to 'S2' have 6,291,456 cells, filled"):
        assert sheets[1].hidden_rows


def test_a_large_table_that_is_filled_may_be_as_large_as_it_is():
    assert most_area(10) < 5_000_000 < most_area(1_500_000) < most_area(1 << 30) == 1 << 26


def test_a_sheet_of_errors_or_merged_cells_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("importer.read.sheet_facts.MAX_NOTED", 100)
    errors = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 102))
    assert_refused(workbook(tmp_path / "errors.xlsx", errors), "more than 100 errors")
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 102))
    sheet = sheet_xml(ONE_CELL, after=f"<mergeCells>{merged}</mergeCells>")
    assert_refused(pack(tmp_path / "merged.xlsx", parts(sheet)), "more than 100 errors")


@pytest.mark.parametrize(
    ("rows", "before"),
    [(f'<row r="{"9" * 5_000}"><c r="A1"><v>1</v></c></row>', ""),
     (ONE_CELL, f'<cols><col min="{"9" * 5_000}" max="{"9" * 5_000}" hidden="1"/></cols>')],
)  # fmt: skip
def test_numbers_of_thousands_of_digits_do_no_harm(tmp_path, rows, before):
    path = pack(tmp_path / "digits.xlsx", parts(sheet_xml(rows, before=before)))
    with contextlib.suppress(UnreadableInput):
        assert read(path) == [[1]]


def test_a_far_cell_without_content_does_no_harm(tmp_path):
    rows = ONE_CELL + '<row r="900000"><c r="XFD900000" s="1"/></row>'
    assert read(workbook(tmp_path / "styled.xlsx", rows)) == [[1]]


def test_rows_without_height_are_hidden(tmp_path):
    rows = "".join(
        f'<row r="{n}" {height}><c r="A{n}"><v>{n}</v></c></row>'
        for n, height in enumerate(
            ['ht="0" customHeight="1"', 'ht="0.0"', 'ht="0.75"', 'ht="15" customHeight="0"', ""], 1
        )
    )
    sheet = open_input(workbook(tmp_path / "flat.xlsx", rows)).sheets[0]
    assert sheet.hidden_rows == 2
    assert rows_of(sheet) == [[1], [2], [3], [4], [5]]


def test_hidden_columns_are_known(tmp_path):
    columns = (
        '<cols><col min="1" max="1" width="9" hidden="0"/><col min="2" max="3" hidden="1"/>'
        '<col min="4" max="4" width="0" customWidth="1"/><col min="5" max="5" width="0.5"/></cols>'
    )
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = pack(tmp_path / "hidden.xlsx", parts(sheet_xml(row, before=columns)))
    assert open_input(path).sheets[0].hidden_columns == [(2, 3), (4, 4)]


def test_a_workbook_that_was_released_is_opened_anew_where_it_is_read_again(tmp_path):
    """The parser keeps every text of all sheets: a plan of 100,000 rows needs that memory."""
    book = openpyxl.Workbook()
    book.active.append(["Name", "Note"])
    book.active.append(["Revenue", "of a year"])
    book.save(tmp_path / "terms.xlsx")
    sheet = open_input(tmp_path / "terms.xlsx").sheets[0]
    before, opened = sheet.head(), sheet._workbook.parsed
    sheet.release()
    assert sheet._workbook.parsed is not opened
    assert sheet.head() == before == [["Name", "Note"], ["Revenue", "of a year"]]


def test_a_workbook_that_was_released_and_is_gone_is_refused_in_words(tmp_path):
    path = tmp_path / "terms.xlsx"
    openpyxl.Workbook().save(path)
    sheet = open_input(path).sheets[0]
    sheet.head()
    sheet.release()
    path.unlink()
    with pytest.raises(UnreadableInput, match=r"terms\.xlsx: was changed or removed while it was"):
        sheet.head()
