"""Lost letters and control characters are named; question marks of their own right are not."""

import pytest
import xlsxwriter

from importer.model import Place, Severity
from importer.read import open_input
from importer.read.lost_letters import may_hold_lost
from tests.read.build import ods, read, text_file


def doubts(path):
    sheet = open_input(path).sheets[0]
    _ = list(sheet.chunks(2))
    found = list(sheet.findings(lambda row, column: Place(sheet.name, row, column)))
    assert all(finding.severity is Severity.WARNING for finding in found)
    return [(finding.code.value, finding.place.cell) for finding in found]


@pytest.mark.parametrize(
    "text", ["Gr??e", "B\ufffdro", "die Stra?e", "(K?ln)", "x\ufffd", "M?ller"]
)
def test_a_lost_letter_is_named(tmp_path, text):
    path = text_file(tmp_path / "t.csv", f"a,b\nx,{text}\n")
    assert doubts(path) == [("lost_letters", "B2")]


@pytest.mark.parametrize(
    "text",
    [
        "Why?",
        "What? no",
        "https://x.org/page?id=1",
        "https://x.org/?query",
        "page?id=1&x?y=2",
        "(optional?)",
        "a ?b",
        "IS?",
        "? unknown",
        "??",
        "file.cgi?x",
        "/path/to?x",
        "*.?sv",
        "5?x",
    ],
)
def test_a_question_mark_of_its_own_right_is_not(text):
    assert not may_hold_lost(text)


def test_lost_letters_are_counted(tmp_path):
    sheet = open_input(text_file(tmp_path / "t.csv", "a,b\nGr??e,B\ufffdro\n")).sheets[0]
    [found] = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    assert "2 cells look like that" in found.message


def test_lost_letters_of_workbooks_are_named_too(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("T").write_row(0, 0, ["a", "B\ufffdro"])
    assert doubts(path) == [("lost_letters", "B1")]
    cell = (
        '<table:table-cell office:value-type="string"><text:p>B\ufffdro</text:p></table:table-cell>'
    )
    path = ods(tmp_path / "b.ods", f"<table:table-row>{cell}</table:table-row>")
    assert doubts(path) == [("lost_letters", "A1")]


def test_a_control_character_is_named_with_its_picture(tmp_path):
    path = text_file(tmp_path / "t.csv", "a,b\nSa\x07les,x\x1by\n")
    assert doubts(path) == [("control_character", "A2")]
    sheet = open_input(path).sheets[0]
    [found] = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    assert "`Sa␇les`" in found.message
    assert "2 cells" in found.message


@pytest.mark.parametrize("text", ["a\tb", '"a\nb"', "a\x0bb", "Größe"])
def test_tabs_and_line_breaks_are_none(tmp_path, text):
    assert doubts(text_file(tmp_path / "t.csv", f"a,b\nx,{text}\n")) == []


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\r\n\x1a\r\n", "\r\n\x1a\x1a\x1a"])
def test_the_sign_that_ends_a_file_of_dos_is_no_row(tmp_path, end):
    path = text_file(tmp_path / "t.csv", f"a,b\r\nx,y{end}")
    assert read(path) == [["a", "b"], ["x", "y"]]
    assert doubts(path) == []
