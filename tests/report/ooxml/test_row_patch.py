"""Rows with the cells of an earlier report, and rows whose height the user or a report has set."""

from importer.model import Status
from tests.report.build import (
    dump,
    finding,
    opened,
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
