"""Rows with the cells of an earlier report, and rows whose height the user or a report has set."""

import re

import pytest
from openpyxl.styles import Alignment

from importer.model import Status
from tests.report.build import (
    dump,
    finding,
    opened,
    repacked,
    report,
    result,
    values,
    workbook,
)


def test_a_second_report_takes_the_place_of_the_first(source, tmp_path):
    first = report(
        source, results=[result(2, identity="g"), result(3, Status.INVALID)], findings=[finding(3)]
    )
    second = report(first, tmp_path / "b.xlsx", results=[result(2, Status.UNCHANGED), result(3)])
    fresh = report(
        source, tmp_path / "c.xlsx", results=[result(2, Status.UNCHANGED, identity="g"), result(3)]
    )
    assert dump(second) == dump(fresh)
    assert values(second, rows=[2]) == [["unchanged", None, "g"]], "an id stays: it is identity"


def test_rows_without_an_outcome_lose_the_old_one(source, tmp_path):
    first = report(source, results=[result(2, Status.REJECTED, "line\n" * 5, "g")])
    second = report(first, tmp_path / "b.xlsx")
    assert values(second, rows=[2]) == [[None, None, "g"]]
    assert opened(first)["Terms"].row_dimensions[2].height == 75
    assert opened(second)["Terms"].row_dimensions[2].height is None


def test_a_height_the_user_set_stays(tmp_path):
    def edit(book):
        book.active.row_dimensions[2].height = 21

    source = workbook(tmp_path / "terms.xlsx", edit=edit)
    path = report(source, results=[result(2, Status.REJECTED, "line\n" * 5)])
    assert opened(path)["Terms"].row_dimensions[2].height == 21


FIVE_LINES = "line\n" * 5


def computed(source, height):
    """The workbook as LibreOffice saves it: with the heights that it computed for the rows."""
    tag = f'<row r="\\1" ht="{height}" customHeight="false">'.encode()
    return repacked(
        source, {"xl/worksheets/sheet1.xml": lambda xml: re.sub(rb'<row r="(\d)">', tag, xml)}
    )


def height(path, row=2):
    return opened(path)["Terms"].row_dimensions[row].height


@pytest.mark.parametrize(("before", "after"), [(12.8, 75), (75, 75), (120, 120)])
def test_a_height_that_a_program_computed_grows_with_the_message(source, before, after):
    path = report(computed(source, before), results=[result(2, Status.REJECTED, FIVE_LINES)])
    assert (height(path), height(path, 3)) == (after, before)


def test_a_height_computed_for_an_earlier_message_goes_with_it(source, tmp_path):
    first = report(source, results=[result(2, Status.REJECTED, FIVE_LINES)])
    saved = repacked(
        first, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'ht="75"', b'ht="69.3"')}
    )
    assert height(report(saved, tmp_path / "b.xlsx", results=[result(2)])) is None


def test_a_message_never_makes_a_row_lower_than_the_users_own_wrapped_text(tmp_path):
    def edit(book):
        sheet = book.active
        sheet.column_dimensions["B"].width = 10
        for cell in (sheet["B2"], sheet["B3"]):
            cell.value = "a wrapped one " * 8
        sheet["B2"].alignment = Alignment(wrap_text=True)

    source = workbook(tmp_path / "terms.xlsx", edit=edit)
    rejected = [result(row, Status.REJECTED, "line\n" * 2) for row in (2, 3)]
    path = report(source, results=rejected)
    assert (height(path, 2), height(path, 3)) == (15 * 16, 30)
