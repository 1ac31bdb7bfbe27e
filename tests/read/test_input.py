"""Chunks of rows."""

import openpyxl

from importer.read import open_input
from tests.read.build import (
    rows_of,
)


def test_chunks_have_the_size_asked_for_but_for_blank_rows_at_their_end(tmp_path):
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("S")
    for number in range(1, 24):
        sheet.append([number] if number % 4 else [])
    made.save(tmp_path / "long.xlsx")
    (sheet,) = open_input(tmp_path / "long.xlsx").sheets
    chunks = list(sheet.chunks(3, size=10))
    assert [(chunk.first_row, len(chunk.rows)) for chunk in chunks] == [(3, 9), (13, 10), (23, 1)]
    expected = [[number] if number % 4 else [] for number in range(3, 24)]
    assert rows_of(sheet, first_row=3, size=10) == expected
    assert sheet.head(rows=2) == [[1], [2]]
    assert list(sheet.chunks(24)) == []
