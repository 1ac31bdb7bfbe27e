"""A file that changes during a run never gets an outcome written beside another row."""

import csv

import pytest
from openpyxl import load_workbook

from importer.errors import ImporterError, UsageError
from importer.options import Options, ReportTo
from importer.pipeline.check import check
from importer.pipeline.runs import result_of, write_reports
from tests.pipeline.bench import glossary, term
from tests.pipeline.test_reports import table

TERMS = [term("A"), term("B"), term("C", Owners="http:x")]
OUTCOMES = [("A", "created"), ("B", "created"), ("C", "rejected")]


@pytest.fixture
def imported(bench):
    """A run without a report so far, and its file."""
    book = bench.book({"Glossaries": [glossary()], "Terms": TERMS})
    return bench.run(book, template="atlan-glossary"), book


def swap(book):
    """The steward sorts the terms the other way round."""
    opened = load_workbook(book)
    sheet = opened["Terms"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    opened.save(book)
    opened.close()


def outcomes(path):
    return [(row["Term"], row["import_status"]) for row in table(path, "Terms")]


def write_again(bench, result, to):
    [path] = write_reports(bench.journal, result.run, to)
    return path, result_of(bench.journal, result.run)


def test_a_sorted_file_gets_no_report_written_into_it(bench, imported):
    """The outcomes go to a file of their own; the message says so, and the input is unchanged."""
    result, book = imported
    swap(book)
    before = book.read_bytes()
    path, later = write_again(bench, result, ReportTo(in_place=True))
    assert (book.read_bytes(), path.name) == (before, f"{book.stem}.rows.xlsx")
    assert f"{book.name} is no longer what was read" in later.why
    assert later.exit_status == 1
    rows = {(row["sheet"], row["row"]): row["import_status"] for row in table(path, "Rows")}
    assert rows[("Terms", 2)] == rows[("Terms", 3)] == rows[("Glossaries", 2)] == "created"
    assert rows[("Terms", 4)] == "rejected"


def test_a_file_that_changes_while_its_rows_are_sent(bench):
    """The report of the very run is written after the file was sorted."""
    book = bench.book({"Glossaries": [glossary()], "Terms": TERMS})

    def sort_it(target):
        submit, once = target.submit, [book]

        def swapped(changes):
            for one in [once.pop()] if once else []:
                swap(one)
            return submit(changes)

        target.submit = swapped
        return target

    bench.wrap = sort_it
    result = bench.run(book, template="atlan-glossary", report=ReportTo())
    assert [path.name for path in result.reports] == [f"{book.stem}.rows.xlsx"]
    assert result.state == "finished"


def test_a_file_that_changes_while_it_is_read_sends_nothing(bench):
    """Its first rows would be of one state, its last ones of another; the run is forgotten."""
    path = bench.text("terms.csv", TERMS)

    def change_it(target):
        path.write_text(path.read_text() + "G,D,,\n")
        return target

    bench.wrap = change_it
    with pytest.raises(UsageError, match="changed or removed while it was read"):
        bench.run(path, template="atlan-glossary")
    assert bench.journal.runs() == []


def test_a_file_that_is_gone_before_it_was_read_to_the_end_sends_nothing(bench):
    """It could not be compared with what was read; the run is forgotten."""
    path = bench.text("terms.csv", TERMS)

    def remove_it(target):
        path.unlink()
        return target

    bench.wrap = remove_it
    with pytest.raises(ImporterError, match="changed or removed while it was read"):
        bench.run(path, template="atlan-glossary")
    assert bench.journal.runs() == []


def test_outcomes_of_a_deleted_file_are_still_reported(bench, imported):
    """As CSV for a text file, as a workbook for a workbook; the message names the file."""
    result, book = imported
    book.unlink()
    path, later = write_again(bench, result, ReportTo(bench.folder / "later.xlsx"))
    assert path.name == "later.xlsx"
    assert f"{book.name} is no longer what was read" in later.why
    assert len(table(path, "Rows")) == 4
    text = bench.run(bench.text("terms.csv", TERMS), template="atlan-glossary")
    (bench.folder / "terms.csv").unlink()
    [report] = write_reports(bench.journal, text.run, ReportTo(bench.folder / "x.csv"))
    with report.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["import_status"] for row in rows] == ["unchanged", "unchanged", "rejected"]


def test_a_file_with_its_own_report_in_it_counts_as_unchanged(bench, imported):
    """Written in place twice, and once more beside it; changed after that, it is another file."""
    result, book = imported
    for to in (ReportTo(in_place=True), ReportTo(in_place=True), ReportTo()):
        path, later = write_again(bench, result, to)
        assert (outcomes(path), later.why) == (OUTCOMES, "")
    swap(book)
    path, later = write_again(bench, result, ReportTo())
    assert path.name == f"{book.stem}.rows.xlsx"


def test_a_check_writes_its_report_beside_its_file(bench):
    """It says where the report is."""
    book = bench.book({"Glossaries": [glossary()], "Terms": TERMS})
    checked = check([book], Options(), report=ReportTo())
    assert [path.name for path in checked.reports] == [f"{book.stem}.result.xlsx"]
