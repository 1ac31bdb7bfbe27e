"""Rows that a line break or a quotation mark has broken are named, sound ones never."""

import pytest

from importer.model import Place, Severity
from importer.read import open_input
from importer.spreadsheet import TextForm
from tests.read.build import text_file

FULL = "".join(f"Unit {number},text,usage\n" for number in range(60))


def doubts(tmp_path, text, delimiter=""):
    sheet = open_input(text_file(tmp_path / "t.csv", text), TextForm(delimiter=delimiter)).sheets[0]
    _ = list(sheet.chunks(2))
    found = list(sheet.findings(lambda row, column: Place(sheet.name, row, column)))
    assert all(finding.severity is Severity.WARNING for finding in found)
    return [(finding.code.value, finding.place.cell) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        'Name,Text\nSales,"6 inch\nOps,x\nHR,12"\nZed,z\n',
        'Name,Text\nSales,"6 inch\nHR,12"\nZed,z\n',
        'Name,Text,Use\nSales,"6 inch,x\nOps,a,b\nHR,12"\nZed,z,y\n',
        'Name;Text\nSales;"6 inch\n' + "Ops;some, text\n" * 30 + 'HR;12"\nZed;z\n',
    ],
)
def test_rows_inside_a_cell_are_named(tmp_path, text):
    assert doubts(tmp_path, text) == [("rows_in_a_cell", "B2")]


def test_rows_inside_a_cell_that_closes_early_are_named_too(tmp_path):
    found = doubts(tmp_path, 'Name,Text\nSales,"6 inch\nOps,x\nHR,"y"\nZed,z\n')
    assert found == [("closed_early", "B2"), ("rows_in_a_cell", "B2")]


@pytest.mark.parametrize(
    "cell",
    [
        "one\ntwo",
        "Dear Sir,\nhere it is, as you wished,\nyours",
        "red, green\nblue, yellow",
        "from 1,000\nto 2,000\nor 3,000",
        "Main Street 5\n10115 Berlin,Germany",
        "a;b\nc;d\ne;f",
        "x\n\ny",
    ],
)
def test_lines_that_people_write_in_a_cell_are_no_rows(tmp_path, cell):
    assert doubts(tmp_path, f'Name,Text\nSales,"{cell}"\nOps,x\n') == []
    assert doubts(tmp_path, f'Name,Text,Use\nSales,"{cell}",u\nOps,x,y\n') == []


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Sales,first line\nsecond line,u\nOps,x,y\nHR,a,b\n", "B2"),
        ("Sales,first line\n\nthird line,u\nOps,x,y\nHR,a,b\n", "B2"),
        ("Sales,a\rb,u\r\nOps,x,y\r\n", "B2"),
        ("Sales,first line\nand Second line,u\n" + FULL, "B2"),
        ('"HR,a,b"\nOps,x,y\n', "A2"),
        ("HR;a;b\nOps,x,y\n", "A2"),
        ("Sales\n" + FULL, "A2"),
        ("Sales\nOps,x,\nHR,a,b\nIT,,\nTax,a,b\nLaw,a,b\n", "A2"),
    ],
)
def test_a_broken_row_is_named(tmp_path, text, cell):
    assert doubts(tmp_path, f"Name,Text,Use\n{text}") == [("broken_row", cell)]


@pytest.mark.parametrize(
    "text",
    [
        "Sales\nOps,x,y\nHR,a\n",
        "Sales,x\nHR,y\nOps,a,b\n",
        "sales,x\nhr,y\nops,a,b\n",
        'Sales\nOps,x,y\n"Smith, John"\n',
        "Sales\nOps,x\n" * 40 + FULL,
        "\n\nSales,a,b\n\n" + FULL,
        "Sales,a,b,\nOps,a,b,\n",
        "room 1\nroom 2,x,y\n",
    ],
)
def test_short_rows_as_a_habit_are_not_named(tmp_path, text):
    assert doubts(tmp_path, f"Name,Text,Use\n{text}") == []


@pytest.mark.parametrize("cell", ['"a\n""a"', f'"{"x" * 200_000}"'])
def test_a_cell_with_line_breaks_and_quotes_or_with_a_long_text_holds_no_row(tmp_path, cell):
    text = "Name,Text,Use\n" + FULL + f"{cell}\n" + FULL
    assert "in one cell" not in str(doubts(tmp_path, text))


def test_a_title_above_the_headings_is_no_broken_row(tmp_path):
    sheet = open_input(text_file(tmp_path / "t.csv", f"Title\nName,Text,Use\n{FULL}")).sheets[0]
    assert list(sheet.chunks(3))
    assert list(sheet.findings(lambda row, column: Place(sheet.name, row, column))) == []


def test_a_list_of_one_column_has_no_broken_rows(tmp_path):
    assert doubts(tmp_path, "Name\nSmith,John\nx\n", ";") == []


@pytest.mark.parametrize("delimiter", ["space", " ", "e", "x", "~"])
def test_any_character_may_be_the_delimiter(tmp_path, delimiter):
    sign = " " if delimiter == "space" else delimiter
    path = text_file(tmp_path / "t.csv", f'A{sign}B\n"a b"{sign}c\nq{sign}r\n')
    sheet = open_input(path, TextForm(delimiter=delimiter)).sheets[0]
    assert [row for chunk in sheet.chunks(1) for row in chunk.rows] == [
        ["A", "B"],
        ["a b", "c"],
        ["q", "r"],
    ]
