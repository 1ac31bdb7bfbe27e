"""CSV and its relations: encodings, delimiters, line ends, records that span lines."""

import csv
import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import Dialect, open_input
from tests.read.build import read, rows_of


def written(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


ENCODED = {
    "UTF-8": ("Größe,Ort\nß,Čapek\n", "utf-8", "UTF-8, comma, LF"),
    "UTF-8 with BOM": ("Größe,Ort\nß,x\n", "utf-8-sig", "UTF-8 with BOM, comma, LF"),
    "UTF-16 with BOM": ("Größe\tOrt\nß\tx\n", "utf-16", "UTF-16 LE with BOM, tab, LF"),
    "UTF-16 LE": ("Name;Ort\r\nx;y\r\n", "utf-16-le", "UTF-16 LE, semicolon, CRLF"),
    "UTF-16 BE": ("Name|Ort\nx|y\n", "utf-16-be", "UTF-16 BE, pipe, LF"),
    "western": ("Straße;Größe\r\nKöln – 5 €;é\r\n", "cp1252", "Windows-1252, semicolon, CRLF"),
    "one accent": ("Name,Ort\nx,Köln\n", "cp1252", "Windows-1252, comma, LF"),
    "Cyrillic": (
        "Имя,Город\nИван Петров,Москва\nОльга Смирнова,Санкт-Петербург\n",
        "cp1251",
        "cp1251, comma, LF",
    ),
    "Polish": (
        "Nazwa,Opis\nŻółw,Zażółć gęślą jaźń\nŁódź,święto państwa\n",
        "cp1250",
        "cp1250, comma, LF",
    ),
    "Japanese": ("名前,説明\n東京,日本の首都です\n大阪,商業の都市\n", "cp932", "cp932, comma, LF"),
}


@pytest.mark.parametrize(("text", "encoding", "guess"), ENCODED.values(), ids=ENCODED)
def test_an_encoding_is_recognised_and_said(tmp_path, text, encoding, guess):
    path = written(tmp_path / "names.csv", text, encoding)
    found = open_input(path)
    assert found.guess == guess
    separator = found.dialect.delimiter
    assert rows_of(found.sheets[0]) == [line.split(separator) for line in text.splitlines()]


def test_a_legacy_byte_far_down_the_file_is_seen(tmp_path):
    """The encoding is proved on the whole file, not on its beginning."""
    lines = ["Name,Ort", *["x,y"] * 500_000, "z,Köln"]
    path = written(tmp_path / "late.csv", "\n".join(lines), "cp1252")
    last = rows_of(open_input(path).sheets[0], first_row=len(lines))
    assert last == [["z", "Köln"]]


def test_a_broken_byte_in_utf8_is_refused_with_its_line(tmp_path):
    path = written(tmp_path / "broken.csv", "a,b\nä,ö\nü,é\n".encode() + b"x,\xff\n")
    with pytest.raises(
        UnreadableInput, match=r"broken\.csv: line 4 holds bytes that are not UTF-8"
    ):
        open_input(path)


def test_bytes_that_contradict_the_byte_order_mark_are_refused(tmp_path):
    path = written(tmp_path / "half.csv", "a,b\n".encode("utf-16") + b"x")
    with pytest.raises(UnreadableInput, match="not UTF-16 LE"):
        open_input(path)


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
    path = written(tmp_path / "table.csv", text)
    assert open_input(path).dialect.delimiter == delimiter
    assert read(path) == list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_declared_delimiter_is_believed_and_its_line_counts(tmp_path):
    path = written(tmp_path / "declared.csv", "sep=;\r\na,b,c;d\r\n1,2,3;4\r\n", "utf-8-sig")
    assert read(path) == [[], ["a,b,c", "d"], ["1,2,3", "4"]]


def test_a_file_without_delimiters_is_what_its_ending_says(tmp_path):
    assert open_input(written(tmp_path / "one.tsv", "Name\nx\n")).format == "tsv"
    assert open_input(written(tmp_path / "one.txt", "Name\nx\n")).format == "csv"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_blank_and_ragged_records_are_rows_and_a_quoted_newline_is_none(tmp_path, end):
    text = end.join(["a,b", "", "1", f'"x{end}y",2,3', ",,", "z,9", "", ",", ""])
    path = written(tmp_path / "ragged.csv", text)
    expected = [["a", "b"], [], ["1"], [f"x{end}y", "2", "3"], [], ["z", "9"]]
    assert read(path) == expected
    found = open_input(path)
    assert (found.dialect.line_ending, found.dialect.final_newline) == (end, True)
    assert rows_of(found.sheets[0], first_row=4, size=1) == expected[3:]


def test_text_stays_text(tmp_path):
    cells = ["007", "NA", "None", "null", "12345678901234567890", "1E5", " x ", "TRUE", "#1"]
    path = written(tmp_path / "text.csv", "a,b,c,d,e,f,g,h,i\n" + ",".join(cells) + "\n")
    assert read(path)[1] == cells


def test_an_error_is_a_fault_of_its_cell_unless_an_apostrophe_says_that_it_is_a_text(tmp_path):
    path = written(tmp_path / "errors.csv", "a,b,c,d\n#N/A, #REF! ,'#N/A,#N/A is odd\n")
    faults = [CellFault("error_text", text) for text in ("#N/A", "#REF!")]
    assert read(path)[1] == [*faults, "#N/A", "#N/A is odd"]


@pytest.mark.parametrize("size", [1, 2, 64])
def test_a_lone_error_is_found_however_the_file_is_read(tmp_path, monkeypatch, size):
    monkeypatch.setattr("importer.read.encoding.BLOCK", size)
    path = written(tmp_path / "error.csv", "a,b\nx,#¿NOMBRE?\n")
    assert read(path)[1] == ["x", CellFault("error_text", "#¿NOMBRE?")]


def test_a_nul_is_a_fault_of_its_cell(tmp_path):
    path = written(tmp_path / "nul.csv", b"a,b\nx\0y,z\n")
    assert read(path) == [["a", "b"], [CellFault("nul_byte", "x␀y"), "z"]]


def test_a_quotation_mark_never_closed_is_refused_with_its_row(tmp_path):
    path = written(tmp_path / "open.csv", 'a,b\nx,y\nz,"never\nclosed\n')
    with pytest.raises(UnreadableInput, match=r"open\.csv: a quotation mark .* opens in row 3 and"):
        read(path)
    with pytest.raises(UnreadableInput, match="opens in row 3 and"):
        open_input(path).sheets[0].head(rows=3)


def test_a_file_that_disappears_into_one_quotation_is_not_read_into_memory(tmp_path):
    path = written(tmp_path / "open.csv", 'a,b\n"' + "x,y\n" * 300_000)
    with pytest.raises(UnreadableInput, match="opens in row 2 and is never closed"):
        read(path)


def test_more_fields_than_a_sheet_has_columns_are_refused(tmp_path):
    path = written(tmp_path / "wide.csv", "a,b\n" + "," * 16_384 + "\n")
    with pytest.raises(UnreadableInput, match=r"row 2 has 16,385 columns.* at most 16,384"):
        read(path)
    assert len(read(written(tmp_path / "full.csv", "a,b\n" + "," * 16_383 + "x"))[1]) == 16_384


def test_the_sheet_is_named_after_the_file_and_hides_nothing(tmp_path):
    path = written(tmp_path / "My terms.csv", "a;b\r\n1;2")
    found = open_input(path)
    assert [(sheet.name, sheet.hidden, sheet.hidden_rows) for sheet in found.sheets] == [
        ("My terms", False, 0)
    ]
    assert found.dialect == Dialect("utf-8", False, ";", '"', "\r\n", False)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ", min_size=1, max_size=8)
ANYTHING = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
    | st.sampled_from("\n\t"),
    max_size=12,
) | st.sampled_from(["", "a,b", "a;b;c", 'say "x"', "x\r\ny", "|", "007", "NA", " x", "sep=;"])
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


@settings(max_examples=150, deadline=None)
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
    """In every dialect and Unicode encoding each cell is in its row and column again."""
    if line_ending == "\r":
        quoting = csv.QUOTE_ALL  # csv leaves a line feed unquoted where records end with CR.
    check_round_trip(tmp_path_factory, table, delimiter, line_ending, quoting, encoding)


@settings(max_examples=60, deadline=None)
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
    path = written(factory.mktemp("csv") / "table.csv", text.getvalue(), encoding)
    blank_as_empty = [row if any(row) else [] for row in table]
    found = open_input(path)
    assert found.dialect.delimiter == delimiter
    assert rows_of(found.sheets[0]) == blank_as_empty
