"""Workbooks full of what others lose: after the report, nothing in them is lost or changed."""

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from importer.model import Status
from tests.report.build import finding, layout, opened, report, result
from tests.report.compared import differences
from tests.report.corpus import CASES

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it would lose

ROWS = range(2, 13)
LAYOUT = layout(last=12)
FINDINGS = [finding(2, 2, "too\nlong"), finding(3, 3), finding(9, 1), finding(10, 1)]
RESULTS = [
    result(row, Status.INVALID if row in (2, 3, 9, 10) else Status.CREATED, identity=f"guid-{row}")
    for row in ROWS
]


@pytest.fixture(params=CASES)
def source(request, tmp_path):
    """Each workbook of the corpus."""
    ending = "xlsm" if request.param == "macros" else "xlsx"
    return CASES[request.param](tmp_path / f"terms.{ending}")


@pytest.fixture
def told(source):
    """The same with a report in it."""
    return report(source, layouts=[LAYOUT], results=RESULTS, findings=FINDINGS)


def test_nothing_but_what_a_report_adds_differs(source, told):
    """Untouched parts to the packed byte, touched ones element by element."""
    assert differences(source, told) == []


def test_every_value_is_read_as_before(source, told):
    """By two readers that do not know each other; what we added stands beside them."""
    for values in (_by_calamine, _by_openpyxl):
        before, after = values(source), values(told)
        assert {cell: after.get(cell) for cell in before} == before
        assert "invalid" in after.values()


def _by_calamine(path):
    book = CalamineWorkbook.from_path(path)
    kinds = {each.name: str(each.typ) for each in book.sheets_metadata}
    return {
        (name, row, column): value
        for name in book.sheet_names
        if kinds[name].endswith("WorkSheet")
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, value in enumerate(cells)
        if value != ""
    }


def _by_openpyxl(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
