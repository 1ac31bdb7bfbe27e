"""The rows of text files: records that span lines, errors, and texts of every kind."""

import csv
import hashlib
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import UnreadableInput
from importer.formula_text import ERRORS, FORMULA_STARTS
from importer.model import CellFault
from importer.read import Dialect, open_input
from tests.read.build import (
    read,
    rows_of,
    text_file,
)

READING = """
import sys, tracemalloc
from pathlib import Path
from importer.read import open_input
(sheet,) = open_input(Path(sys.argv[1])).sheets
tracemalloc.start()
count = sum(len(chunk.rows) for chunk in sheet.chunks(1, size=500))
print(count, tracemalloc.get_traced_memory()[1])
"""
"""Run by a process of its own: other threads of this one take memory, the longer the more."""


def test_a_csv_is_read_in_memory_that_does_not_grow_with_it(tmp_path):
    """Ten times the rows take the same memory, give or take a tenth."""
    few, many = (peak_of_reading(tmp_path / f"{rows}.csv", rows) for rows in (5_000, 50_000))
    assert many < few * 1.1


def peak_of_reading(path, rows):
    path.write_text("Name,Text\n" + "some name,some longer text\n" * rows)
    said = subprocess.check_output([sys.executable, "-c", READING, path], text=True)
    count, peak = map(int, said.split())
    assert count == rows + 1
    return peak


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_blank_and_ragged_records_are_rows_and_a_quoted_newline_is_none(tmp_path, end):
    text = end.join(["a,b", "", "1", f'"x{end}y",2,3', ",,", "z,9", "", ",", ""])
    path = text_file(tmp_path / "ragged.csv", text)
    expected = [["a", "b"], [], ["1"], [f"x{end}y", "2", "3"], [], ["z", "9"]]
    assert read(path) == expected
    found = open_input(path)
    assert (found.dialect.line_ending, found.dialect.final_newline) == (end, True)
    assert rows_of(found.sheets[0], first_row=4, size=1) == expected[3:]


def test_text_stays_text(tmp_path):
    cells = ["007", "NA", "None", "null", "12345678901234567890", "1E5", " x ", "TRUE", "#1"]
    path = text_file(tmp_path / "text.csv", "a,b,c,d,e,f,g,h,i\n" + ",".join(cells) + "\n")
    assert read(path)[1] == cells


def test_an_error_is_a_fault_of_its_cell_unless_an_apostrophe_marks_it_as_text(tmp_path):
    path = text_file(tmp_path / "errors.csv", "a,b,c,d\n#N/A, #REF! ,'#N/A,#N/A is odd\n")
    faults = [CellFault("error_text", text) for text in ("#N/A", "#REF!")]
    assert read(path)[1] == [*faults, "#N/A", "#N/A is odd"]


def test_a_nul_is_a_fault_of_its_cell(tmp_path):
    path = text_file(tmp_path / "nul.csv", b"a,b\nx\0y,z\n")
    assert read(path) == [["a", "b"], [CellFault("nul_byte", "x␀y"), "z"]]


def test_a_quotation_mark_never_closed_is_refused_with_its_row(tmp_path):
    path = text_file(tmp_path / "open.csv", 'a,b\nx,y\nz,"never\nclosed\n')
    with pytest.raises(UnreadableInput, match=r"open\.csv: a quotation mark .* opens in row 3 and"):
        read(path)
    with pytest.raises(UnreadableInput, match="opens in row 3 and"):
        open_input(path).sheets[0].head(rows=3)


def test_a_file_that_disappears_into_one_quotation_is_not_read_into_memory(tmp_path):
    path = text_file(tmp_path / "open.csv", 'a,b\n"' + "x,y\n" * 300_000)
    with pytest.raises(UnreadableInput, match="opens in row 2 and is never closed"):
        read(path)


def test_more_fields_than_a_sheet_has_columns_are_refused(tmp_path):
    path = text_file(tmp_path / "wide.csv", "a,b\n" + "," * 16_384 + "\n")
    with pytest.raises(UnreadableInput, match=r"row 2 has 16,385 columns.* at most 16,384"):
        read(path)
    assert len(read(text_file(tmp_path / "full.csv", "a,b\n" + "," * 16_383 + "x"))[1]) == 16_384


def test_the_sheet_is_named_after_the_file_and_hides_nothing(tmp_path):
    path = text_file(tmp_path / "My terms.csv", "a;b\r\n1;2")
    found = open_input(path)
    assert [(sheet.name, sheet.hidden, sheet.hidden_rows) for sheet in found.sheets] == [
        ("My terms", False, 0)
    ]
    assert found.dialect == Dialect("utf-8", False, ";", '"', "\r\n", False)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ", min_size=1, max_size=8)


MARKED = st.builds(
    str.__add__,
    st.text("' ", max_size=3),
    st.sampled_from([*sorted(ERRORS), "=1+1", "+49 30", "-5", "@x", "\tx", "#N/A is odd", "x"]),
)


ANYTHING = (
    MARKED
    | st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
        | st.sampled_from("\n\t"),
        max_size=12,
    )
    | st.sampled_from(["", "a,b", "a;b;c", 'say "x"', "x\r\ny", "|", "007", "NA", " x", "sep=;"])
)


WESTERN = st.lists(
    st.sampled_from(["Köln", "Straße", "é", "Größe", "naïve", "x;y", "a, b", "1,5", "ñandú", ""]),
    max_size=3,
).map(" ".join)


@st.composite
def tables(draw, cells):
    """Headings that are plain words and rows of anything; the last row is not blank."""
    width = draw(st.integers(2, 5))
    headings = draw(st.lists(WORDS, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6))
    return [headings, *rows, ["end"] * width]


@settings(max_examples=150)
@given(
    table=tables(ANYTHING),
    delimiter=st.sampled_from(",;\t|"),
    line_ending=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_csv_writes_reads_back(
    tmp_path_factory, table, delimiter, line_ending, quoting, encoding
):
    """In every dialect and Unicode encoding each cell is in its row and column again.

    A cell with an error's text is a fault; an apostrophe before a formula or an error is dropped.
    """
    if line_ending == "\r":
        quoting = csv.QUOTE_ALL  # csv leaves a line feed unquoted where records end with CR.
    check_round_trip(tmp_path_factory, table, delimiter, line_ending, quoting, encoding)


@settings(max_examples=60)
@given(
    table=tables(WESTERN),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_csv_writes_in_western_encoding_reads_back(
    tmp_path_factory, table, delimiter, quoting
):
    """Accents of western languages need no byte order mark to be understood."""
    check_round_trip(tmp_path_factory, table, delimiter, "\r\n", quoting, "cp1252")


def check_round_trip(factory, table, delimiter, line_ending, quoting, encoding):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_ending, quoting=quoting)
    writer.writerows(table)
    path = text_file(factory.mktemp("csv") / "table.csv", text.getvalue(), encoding)
    expected = [list(map(meant, row)) if any(row) else [] for row in table]
    found = open_input(path)
    assert found.dialect.delimiter == delimiter
    assert rows_of(found.sheets[0]) == expected


def meant(text):
    """An error is a fault; a formula or an error behind an apostrophe is a text without it."""
    if text.strip() in ERRORS:
        return CellFault("error_text", text.strip())
    bare = text.lstrip("'")
    escaped = bare.startswith(FORMULA_STARTS) or bare.strip() in ERRORS
    return text[1:] if escaped and text.startswith("'") else text


def row(number, *addresses, quote='"'):
    """A row with the number 1 at each address."""
    cells = "".join(f"<c r={quote}{each}{quote}><v>1</v></c>" for each in addresses)
    return f"<row r={quote}{number}{quote}>{cells}</row>"


def test_blank_records_far_down_are_rows(tmp_path):
    text = "a,b\n" + "1,2\n" * 99 + "\n" * 3 + "3,4\n"
    path = text_file(tmp_path / "long.csv", text)
    for first in (1, 2):
        assert rows_of(open_input(path).sheets[0], first)[-4:] == [[], [], [], ["3", "4"]]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"], ids=["gone", "another"])
def test_a_file_that_was_changed_since_it_was_opened_is_refused_in_words(tmp_path, content):
    path = tmp_path / "terms.csv"
    path.write_text("Glossary,Term\nÄrzte,Größe\n", encoding="utf-8")
    opened = open_input(path)
    if content:
        path.write_bytes(content)
    else:
        path.unlink()
    assert opened.has_changed()
    with pytest.raises(UnreadableInput, match=r"terms\.csv: was changed or removed while it was"):
        opened.sheets[0].head()
