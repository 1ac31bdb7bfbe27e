"""A report is a copy of the user's own file with the outcome of every row."""

import csv

import pytest
from openpyxl import load_workbook

from importer.errors import ReportNotWritten
from importer.options import Options, ReportTo
from importer.pipeline.check import check
from importer.pipeline.runs import result_of, write_reports
from tests.pipeline.bench import glossary, term

OUR_COLUMNS = ("import_status", "import_message", "import_id")
MISTAKES = [term("A"), term("B", Certificate="Verfied"), term("C", Owners="http:x")]
SHEETS = {"Glossaries": [glossary()], "Terms": MISTAKES}


def table(path, sheet):
    """The rows of one sheet, as dicts."""
    book = load_workbook(path)
    heads, *rows = book[sheet].iter_rows(values_only=True)
    book.close()
    return [dict(zip(heads, row, strict=True)) for row in rows]


def marked(path, sheet):
    """Return the highlighted cells, each with its comment."""
    book = load_workbook(path)
    ranges = [block.sqref for block in book[sheet].conditional_formatting]
    cells = [cell for row in book[sheet].iter_rows() for cell in row]
    coloured = [cell for cell in cells if any(cell.coordinate in some for some in ranges)]
    assert {cell.coordinate for cell in cells if cell.comment} == {c.coordinate for c in coloured}
    book.close()
    return {cell.coordinate: cell.comment.text for cell in coloured}


@pytest.fixture
def reported(bench):
    """A run with one row of each sort, and its report."""
    path = bench.folder / "report.xlsx"
    return bench.glossary(SHEETS, report=ReportTo(path)), path


def test_every_row_has_its_outcome(bench, reported):
    """Three columns: the outcome, the message of check or target, the id from the target."""
    result, path = reported
    assert result.reports == [path]
    rows = table(path, "Terms")
    assert set(OUR_COLUMNS) < rows[0].keys()
    assert [row["import_status"] for row in rows] == ["created", "invalid", "rejected"]
    assert rows[0]["import_id"] == bench.atlan.terms()["A"]["guid"]
    assert "did you mean VERIFIED" in rows[1]["import_message"]
    assert "ATLAS-400" in rows[2]["import_message"]
    assert [row["Term"] for row in rows] == ["A", "B", "C"]


def test_a_finding_is_marked_on_its_cell(reported):
    """Highlighted, with the message in a comment; other cells are unchanged."""
    [(cell, comment)] = marked(reported[1], "Terms").items()
    assert cell == "C3"
    assert "did you mean VERIFIED" in comment


def test_the_report_sheet_counts_and_groups(reported):
    """Run, target and counts; every finding, with the messages of the target."""
    book = load_workbook(reported[1])
    cells = [
        str(cell) for row in book["Report"].iter_rows(values_only=True) for cell in row if cell
    ]
    book.close()
    text = "\n".join(cells)
    for words in (reported[0].run, "sandbox", "created", "invalid", "rejected", "ATLAS-400"):
        assert words in text


def test_a_check_is_reported_too(bench):
    """Invalid rows and their cells; a row that was not imported has no id."""
    path = bench.folder / "checked.xlsx"
    book = bench.book(SHEETS)
    checked = check([book], Options(), report=ReportTo(path))
    assert checked.as_json()["counts"] == {"rows": 4, "valid": 3, "invalid": 1, "skipped": 0}
    assert not checked.ok
    rows = table(path, "Terms")
    assert [row["import_status"] for row in rows] == [None, "invalid", None]
    assert {row["import_id"] for row in rows} == {None}
    assert list(marked(path, "Terms")) == ["C3"]


def test_a_text_file_is_reported_in_its_own_dialect(bench):
    """Delimiter and line ends as they were, three more fields on each record."""
    bench.glossary({"Glossaries": [glossary()]})
    path = bench.text("terms.csv", MISTAKES, delimiter=";")
    result = bench.run(path, template="atlan-glossary", report=ReportTo())
    [report] = result.reports
    assert report.name == "terms.result.csv"
    content = report.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    rows = list(csv.DictReader(content.decode().splitlines(), delimiter=";"))
    assert [row["import_status"] for row in rows] == ["created", "invalid", "rejected"]


def test_several_files_are_reported_each_beside_its_source(bench):
    """One run, one report a file; with a folder named they all go there."""
    glossaries = bench.text("glossaries.csv", [glossary()])
    terms = bench.text("terms.csv", [term("A"), term("B")])
    result = bench.run(glossaries, terms, template="atlan-glossary", report=ReportTo())
    assert [path.name for path in result.reports] == ["glossaries.result.csv", "terms.result.csv"]
    assert result.counts == {"created": 3}
    folder = bench.folder / "reports"
    again = write_reports(bench.journal, result.run, ReportTo(folder))
    assert {path.parent for path in again} == {folder}


def test_a_report_that_cannot_be_written_keeps_the_outcome(bench):
    """All rows are in target and journal; the message says how to write the report later."""
    place = bench.folder / "no such folder" / "report.xlsx"
    result = bench.glossary({"Glossaries": [glossary()]}, report=ReportTo(place))
    assert (result.state, result.counts, result.reports) == ("finished", {"created": 1}, [])
    assert result.exit_status == 1
    assert f"importer runs {result.run} --report PATH" in result.why
    with pytest.raises(ReportNotWritten):
        write_reports(bench.journal, result.run, ReportTo(place))
    path = bench.folder / "later.xlsx"
    assert write_reports(bench.journal, result.run, ReportTo(path)) == [path]
    assert table(path, "Glossaries")[0]["import_status"] == "created"
    assert result_of(bench.journal, result.run).exit_status == 0


def test_no_report_is_written_where_none_is_asked_for(bench):
    before = set(bench.folder.iterdir())
    bench.glossary({"Glossaries": [glossary()]})
    assert {path.name for path in set(bench.folder.iterdir()) - before} == {"book1.xlsx"}


def test_an_annotated_row_that_was_fixed_is_imported(bench, reported):
    """The annotated workbook is input: its imported rows are unchanged, the fixed ones are new."""
    _, path = reported
    book = load_workbook(path)
    book["Terms"]["C3"], book["Terms"]["D4"] = "VERIFIED", "ann"
    book.save(path)
    book.close()
    result = bench.run(path, template="atlan-glossary")
    assert bench.statuses(result)["Terms"] == ["unchanged", "created", "created"]
    assert result.counts == {"created": 2, "unchanged": 2}


def test_an_id_of_a_report_finds_a_renamed_row(bench):
    """import_id is identity: another name in an annotated row renames, and makes nothing new."""
    path = bench.folder / "report.xlsx"
    sheets = {"Glossaries": [glossary()], "Terms": [term("A")]}
    bench.glossary(sheets, report=ReportTo(path))
    guid = bench.atlan.terms()["A"]["guid"]
    book = load_workbook(path)
    book["Terms"]["B2"] = "Z"
    book.save(path)
    book.close()
    assert bench.run(path, template="atlan-glossary").counts == {"updated": 1, "unchanged": 1}
    assert {name: one["guid"] for name, one in bench.atlan.terms().items()} == {"Z": guid}
