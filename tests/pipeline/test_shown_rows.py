"""The rows of a file as a spreadsheet shows them: only those asked for, whatever they hold."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook

from importer.pipeline.shown_rows import shown_rows
from importer.read import open_input


def shown(path, wanted):
    return [(row, texts) for _, row, texts in shown_rows([open_input(Path(path))], wanted)]


def test_only_the_rows_asked_for_are_shown(write):
    path = write("a.csv", "A;B\n1;x\n2;ü\n3\n")
    assert shown(path, {("a.csv", "a"): [1, 3, 4]}) == [
        (1, ["A", "B"]),
        (3, ["2", "ü"]),
        (4, ["3"]),
    ]
    assert shown(path, {("a.csv", "a"): []}) == shown(path, {("b.csv", "a"): [1]}) == []


def test_cells_are_shown_as_texts(tmp_path):
    book = Workbook()
    book.active.title = "S"
    book.active.append(["whole", 5, 2.5, True, dt.date(2026, 11, 29), None, "x"])
    book.save(tmp_path / "a.xlsx")
    [(row, texts)] = shown(tmp_path / "a.xlsx", {("a.xlsx", "S"): [1]})
    assert (row, texts) == (1, ["whole", "5", "2.5", "TRUE", "2026-11-29", "", "x"])


def test_a_row_that_the_file_does_not_have_is_not_shown(write):
    path = write("a.csv", "A,B\n1,x\n")
    assert shown(path, {("a.csv", "a"): [2, 9]}) == [(2, ["1", "x"])]
