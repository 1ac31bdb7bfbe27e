"""The report of a file that is no longer what was read: a file of its own that lists the rows."""

import csv

import pytest

from importer.formula_text import FORMULA_STARTS
from importer.model import Status
from tests.report.build import finding, layout, opened, result, standalone

COLUMNS = ["sheet", "row", "import_status", "import_message", "import_id"]


def lines(path):
    """The records of a report in CSV."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_each_row_is_listed_by_its_sheet_and_its_old_number(tmp_path):
    results = [result(3, identity="g3"), result(2, Status.INVALID)]
    layouts = [layout(), layout("Links")]
    findings = [finding(4, sheet="Links")]
    out = standalone(tmp_path / "gone.csv", tmp_path / "rows.csv", layouts, results, findings)
    assert lines(out) == [
        COLUMNS,
        ["Terms", "2", "invalid", "", ""],
        ["Terms", "3", "created", "", "g3"],
        ["Links", "4", "", "Owners: no such owner", ""],
    ]


@pytest.mark.parametrize("start", [start for start in FORMULA_STARTS if start.strip()])
def test_no_field_of_a_text_file_is_taken_for_a_formula(tmp_path, start):
    """Neither a sheet's name nor the target's words nor an id: each gets an apostrophe."""
    text = f"{start}1+1"
    results = [result(2, Status.REJECTED, text, text, sheet=text)]
    out = standalone(tmp_path / "gone.csv", tmp_path / "rows.csv", [layout(text)], results)
    assert lines(out)[1] == [f"'{text}", "2", "rejected", f"'{text}", f"'{text}"]


@pytest.mark.parametrize("text", ["=1+1", "@x", "#N/A"])
def test_in_a_workbook_every_cell_is_a_text_but_the_row_number(tmp_path, text):
    results = [result(2, Status.REJECTED, text, text, sheet=text)]
    out = standalone(tmp_path / "gone.xlsx", tmp_path / "rows.xlsx", [layout(text)], results)
    heading, row = opened(out)["Rows"].iter_rows()
    assert [cell.value for cell in heading] == COLUMNS
    assert [cell.value for cell in row] == [text, 2, "rejected", text, text]
    assert [cell.data_type for cell in row] == ["s", "n", "s", "s", "s"]


def test_a_workbook_with_macros_is_reported_in_one_without(tmp_path):
    out = standalone(tmp_path / "gone.xlsm", tmp_path / "rows.xlsm", results=[result(2)])
    assert out == tmp_path / "rows.xlsx"
    texts = [cell.value for cell in opened(out)["Report"]["B"]]
    assert any("gone.xlsm is no longer what was read." in str(text) for text in texts)
