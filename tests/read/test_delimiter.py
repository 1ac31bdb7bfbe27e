"""The delimiter of a text file."""

import csv
import io

import pytest

from importer.errors import UnreadableInput
from importer.read import open_input
from importer.spreadsheet import TextForm
from tests.read.build import (
    read,
    rows_of,
    text_file,
)

DELIMITED = {
    "commas inside quotes": ('Name;Text\n"a, b, c";"d, e, f"\n"g, h, i";"j, k, l"\n', ";"),
    "decimal commas": ("Breite;Höhe\n1,5;2,5\n3,5;4,5\n", ";"),
    "a title above the headings": ("Our terms\n\nName;Size\n1,5;2,5\n3,5;4,5\n", ";"),
    "prose with commas": ("Name;Text\na;b, c\nd;e, f\n", ";"),
    "names with commas": ("Last, first, title;Code\nSmith, J, Dr;5\nJones, K, Mr;6\n", ";"),
    "lines inside a cell": ('Name,Text\nx,"a;b\nc;d\ne;f"\ny,"g;h"\n', ","),
    "short records": ("Name,Text,Tags\na\nb,c\nd,e,f\n", ","),
    "one column": ("Name\na\nb\n", ","),
    "one column of prose": ("Name\n\na b\n", ","),
}


@pytest.mark.parametrize(("text", "delimiter"), DELIMITED.values(), ids=DELIMITED)
def test_the_delimiter_is_the_one_that_splits_evenly(tmp_path, text, delimiter):
    path = text_file(tmp_path / "table.csv", text)
    assert open_input(path).dialect.delimiter == delimiter
    assert read(path) == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_declared_delimiter_is_believed_and_its_line_counts(tmp_path):
    path = text_file(tmp_path / "declared.csv", "sep=;\r\na,b,c;d\r\n1,2,3;4\r\n", "utf-8-sig")
    assert read(path) == [[], ["a,b,c", "d"], ["1,2,3", "4"]]


def test_a_file_without_delimiters_is_what_its_ending_says(tmp_path):
    assert open_input(text_file(tmp_path / "one.tsv", "Name\nx\n")).format == "tsv"
    assert open_input(text_file(tmp_path / "one.txt", "Name\nx\n")).format == "csv"


@pytest.mark.parametrize(
    ("named", "delimiter"), [("^", "^"), ("tab", "\t"), ("\\t", "\t"), (";", ";"), ("Pipe", "|")]
)
def test_a_named_delimiter_goes_before_the_guess(tmp_path, named, delimiter):
    path = text_file(tmp_path / "t.csv", f"a{delimiter}b\n1,5{delimiter}2\n")
    found = open_input(path, TextForm(delimiter=named))
    assert found.dialect.delimiter == delimiter
    assert rows_of(found.sheets[0]) == [["a", "b"], ["1,5", "2"]]


@pytest.mark.parametrize("named", [";;", "\n", '"', "comma and tab", "\0"])
def test_what_can_be_no_delimiter_is_refused(tmp_path, named):
    with pytest.raises(UnreadableInput, match="is no delimiter"):
        open_input(text_file(tmp_path / "t.csv", "a,b\n1,2\n"), TextForm(delimiter=named))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_blanks_before_quotes_do_not_hide_the_delimiter(tmp_path, delimiter):
    d = delimiter
    text = f'a{d} b{d} c\nx{d} "y{d} z"{d} w\nx{d} "y{d} z{d} v"{d} w\n'
    found = open_input(text_file(tmp_path / "t.csv", text))
    assert (found.dialect.delimiter, found.dialect.spaced) == (delimiter, True)
    assert rows_of(found.sheets[0])[1] == ["x", f"y{d} z", " w"]


def test_tabs_before_quotes_do_not_hide_the_delimiter(tmp_path):
    path = text_file(tmp_path / "t.csv", 'Name,Text\nSales,\t"a, b"\nOps,\t"c, d"\n')
    assert open_input(path).dialect.delimiter == ","
    assert read(path) == [["Name", "Text"], ["Sales", "a, b"], ["Ops", "c, d"]]
