"""Quotes in a text file: blanks before them, and those that close too early."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.read import csv_records, open_input
from importer.read.csv_records import Records, fields
from importer.spreadsheet import Dialect, TextForm
from tests.read.build import rows_of, text_file

COMMA = Dialect("utf-8", False, ",", '"', "\n", True)
SPACED = Dialect("utf-8", False, ",", '"', "\n", True, spaced=True)


def read(text, dialect=COMMA):
    records = Records(io.StringIO(text, newline=""), dialect)
    return list(records), records.closed_early


def test_blanks_before_a_quote_are_skipped_and_those_before_other_cells_kept():
    rows, early = read('x, "y, z", w\n  lead, "two\nlines" , "q ""r"" s"\n', SPACED)
    assert rows == [["x", "y, z", " w"], ["  lead", "two\nlines", 'q "r" s']]
    assert early == {}


@pytest.mark.parametrize(
    ("text", "delimiter", "rows"),
    [
        (' "Ops",x\n  "HR, x",y\n', ",", [["Ops", "x"], ["HR, x", "y"]]),
        ('a,\t"b, c"\n\t"d",\te\n', ",", [["a", "b, c"], ["d", "\te"]]),
        ('a,\t "two\n\t ""lines"",\tx"\n', ",", [["a", 'two\n\t "lines",\tx']]),
        ('a\t "b c"\n\t"x"\n', "\t", [["a", "b c"], ["", "x"]]),
        ('a~ "b ~c"\n', "~", [["a", "b ~c"]]),
    ],
)
def test_blanks_and_tabs_before_a_quote_are_skipped_at_any_delimiter(
    tmp_path, text, delimiter, rows
):
    path = text_file(tmp_path / "t.csv", text)
    sheet = open_input(path, TextForm(delimiter=delimiter)).sheets[0]
    assert rows_of(sheet) == rows


@pytest.mark.parametrize(
    ("text", "row", "columns"),
    [
        ('a,"b" c\n', ["a", "b c"], [2]),
        ('"a"b,"c""d"e,f\n', ["ab", 'c"de', "f"], [1, 2]),
        ('"a\nb" c,"d\ne"\n', ["a\nb c", "d\ne"], [1]),
        ('"a" b\n"c"\n', ["a b"], [1]),
    ],
)
def test_a_cell_that_goes_on_after_its_closing_quote_is_noted(text, row, columns):
    rows, early = read(text)
    assert (rows[0], early) == (row, {1: columns})


@pytest.mark.parametrize("text", ['5\' 6" rule,27" x\n', '"a ""b""",c\n', '"a" ,b\n', '"",""\n'])
def test_quotes_that_mean_themselves_are_not_noted(text):
    assert read(text)[1] == {}


def test_the_rows_after_a_noted_cell_are_read_like_any_other():
    rows, early = read('"a" b,1\n"c",2\nd,3\n"e" f,4\n')
    assert rows == [["a b", "1"], ["c", "2"], ["d", "3"], ["e f", "4"]]
    assert early == {1: [1], 4: [1]}


@given(st.lists(st.lists(st.text('ab ",\n', max_size=4), min_size=2, max_size=4), max_size=5))
def test_whatever_csv_writes_has_no_cell_that_closes_early(table):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    for dialect in (COMMA, SPACED):
        assert read(out.getvalue(), dialect) == (table, {})


@given(st.lists(st.text('ab" ', max_size=4), min_size=1, max_size=4).map(",".join))
def test_raw_fields_are_those_of_the_csv_module(raw):
    """Blanks after a closing quote aside: the module keeps them."""
    [record, *more] = csv.reader([raw, "END"])
    if more:  # else a quote is open
        found = [field.text.rstrip() for field in fields(raw, COMMA)]
        assert found == ([text.rstrip() for text in record] or [""])


@given(st.lists(st.text('ab" ,\n', max_size=6), max_size=9).map("\n".join), st.integers(1, 4))
def test_lines_that_are_read_at_once_are_read_as_one_by_one(text, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_records, "AT_ONCE", at_once)
        together = all_of(text)
        patch.setattr(Records, "_at_once", lambda *_: None)
        assert together == all_of(text)


def all_of(text):
    """What is read of a text: the records, what is noted of them, and whether it ends in error."""
    records, found = Records(io.StringIO(text, newline=""), COMMA), []
    try:
        found.extend(records)
    except csv.Error:
        found.append("error")
    return found, records.closed_early, records.taken_in
