"""Our cells in a row: always text, coloured by outcome."""

import openpyxl
import pytest

from importer.model import Status
from tests.report.build import (
    finding,
    opened,
    report,
    result,
    values,
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(A1)", "#N/A"])
def test_text_of_ours_never_becomes_a_formula(source, text):
    path = report(source, results=[result(2, Status.REJECTED, text, text)], findings=[
        finding(3, value=text, message=text, heading=None, column=0, suggestion=text)
    ])  # fmt: skip
    book = openpyxl.load_workbook(path)
    cells = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text
    ]
    assert len(cells) >= 5
    assert {cell.data_type for cell in cells} == {"s"}
    assert {bool(cell.quotePrefix) for cell in cells} == {text[0] != "#"}


def test_characters_that_xml_forbids_are_shown_escaped(source):
    path = report(source, results=[result(2, Status.REJECTED, "a\x00\x0b\ud800b")])
    assert values(path, rows=[2], columns="E") == [[r"a\u0000\u000b\ud800b"]]


def test_status_cells_are_coloured_by_outcome(source):
    path = report(source, results=[result(2), result(3, Status.REJECTED), result(4, Status.HELD)])
    sheet = opened(path)["Terms"]
    colours = [sheet[f"D{row}"].fill.fgColor.rgb for row in (2, 3, 4)]
    assert colours == ["FFDDF0D8", "FFF8CBCB", "FFFFE7B3"]
