"""An .ods: what our own scan of its content finds."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import open_input
from importer.read.ods import scan_content
from importer.spreadsheet import MergedRange
from tests.read.build import assert_refused, ods, pack, read


def text_cell(text):
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


ODS_ERROR = (
    '<table:table-cell{} table:formula="of:=NA()" office:value-type="string" '
    'office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
)


ODS_PADDED = (
    '<table:table-cell office:value-type="float" office:value="42"><text:p>{}</text:p>'
    "</table:table-cell>"
)


def test_an_ods_has_its_errors_leading_zeros_and_hidden_rows(tmp_path):
    """Repeated rows and cells count as often as they stand for."""
    twice = ' table:number-columns-repeated="2"'
    rows = (
        '<table:table-row table:number-rows-repeated="2"/>'
        f"<table:table-row><table:table-cell{twice}/>{text_cell('x')}{ODS_ERROR.format(twice)}"
        "</table:table-row>"
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        f"{ODS_PADDED.format('00042')}{ODS_PADDED.format('42.00')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = ods(tmp_path / "book.ods", rows, f"<table:table-row>{text_cell('y')}</table:table-row>")
    found = open_input(path)
    assert found.format == "ods"
    fault = CellFault("error_cell", "#N/A")
    expected = [[], [], ["", "", "x", fault, fault], ["00042", 42], ["00042", 42]]
    shown = [[cell for cell in row if cell != ""] for row in read(path)]
    assert shown == [[cell for cell in row if cell != ""] for row in expected]
    assert read(path)[2] == expected[2]
    assert [sheet.hidden_rows for sheet in found.sheets] == [2, 0]
    assert read(path, sheet=1) == [["y"]]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PT26H31M45S", dt.timedelta(hours=26, minutes=31, seconds=45)),
        ("-PT01H30M00S", dt.timedelta(hours=-1, minutes=-30)),
        ("PT24H00M00S", dt.timedelta(days=1)),
        ("P1DT2H", dt.timedelta(hours=26)),
        ("PT09H00M00S", dt.time(9)),
        ("PT09H00M00.5S", dt.time(9, 0, 0, 500_000)),
    ],
)
def test_a_duration_is_one_as_in_other_workbooks(tmp_path, value, expected):
    cell = (
        f'<table:table-cell office:value-type="time" office:time-value="{value}" '
        'calcext:value-type="time"><text:p>shown</text:p></table:table-cell>'
    )
    path = ods(tmp_path / "b.ods", f"<table:table-row>{cell}</table:table-row>")
    assert read(path) == [[expected]]


def test_an_ods_that_repeats_a_cell_millions_of_times_is_refused(tmp_path):
    rows = (
        '<table:table-row table:number-rows-repeated="100000"><table:table-cell '
        'table:number-columns-repeated="900" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    with pytest.raises(UnreadableInput, match="reaches to cell AHP100000: too large"):
        read(ods(tmp_path / "far.ods", rows))
    fewer = rows.replace('"900"', '"200"')  # 20 million cells, 2 GB where they are parsed twice
    with pytest.raises(UnreadableInput, match="reaches to cell GR100000: too large"):
        read(ods(tmp_path / "far.ods", fewer))


def row(number, *addresses, quote='"'):
    """A row with the number 1 at each address."""
    cells = "".join(f"<c r={quote}{each}{quote}><v>1</v></c>" for each in addresses)
    return f"<row r={quote}{number}{quote}>{cells}</row>"


def cell(content, more=""):
    return f'<table:table-cell office:value-type="string"{more}>{content}</table:table-cell>'


def blanks(count, where="{}"):
    return cell("<text:p>a" + where.format(f'<text:s text:c="{count}"/>') + "b</text:p>")


NOTE = "<office:annotation><text:p>{}</text:p></office:annotation>"
TOO_MUCH = {
    "two billion blanks": (blanks(2_000_000_000), "repeated '2000000000' times"),
    "many times a hundred million": (blanks(99_999_999) * 6, "over 536,870,912 letters"),
    "those of notes": (blanks(99_999_999, NOTE) * 6, "over 536,870,912 letters"),
    "a text in many cells": (
        cell(f"<text:p>{'x' * 60_000}</text:p>", ' table:number-columns-repeated="9000"'),
        "over 536,870,912 letters",
    ),
    "a value in many cells": (
        cell("", f' office:string-value="{"x" * 60_000}" table:number-columns-repeated="9000"'),
        "over 536,870,912 letters",
    ),
}


@pytest.mark.parametrize(("cells", "words"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_text_that_is_only_said_to_be_there_is_refused_unread(tmp_path, cells, words):
    path = ods(tmp_path / "blanks.ods", f"<table:table-row>{cells}</table:table-row>")
    assert path.stat().st_size < 3_000
    assert_refused(path, words)


def test_blank_cells_to_the_end_of_the_sheet_have_no_text(tmp_path):
    blank = '<table:table-cell table:number-columns-repeated="16384"><text:p>  </text:p>'
    rows = (
        f"<table:table-row>{cell('<text:p>a</text:p>')}</table:table-row><table:table-row "
        f'table:number-rows-repeated="1048575">{blank}</table:table-cell></table:table-row>'
    )
    assert read(ods(tmp_path / "usual.ods", rows)) == [["a"]]


def test_an_ods_of_thousands_of_sheets_is_refused(tmp_path):
    assert_refused(ods(tmp_path / "many.ods", *[""] * 2_001), "it has more than 2,000 sheets")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>a<text:line-break/>b</text:p>", "a\nb"),
        ("<text:p>a<text:tab/>b</text:p>", "a\tb"),
        ('<text:p>a<text:s text:c="3"/>b</text:p>', "a   b"),
        ("<text:p>a <text:s/>b</text:p>", "a  b"),
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        ("<text:p><text:span>a<text:line-break/></text:span>b</text:p>", "a\nb"),
        ("<text:p><text:a>a<text:tab/></text:a>b</text:p>", "a\tb"),
        ("<text:p>\n  a\n  b</text:p>", "a b"),
        ("<text:p>a<text:line-break/></text:p><text:p><text:s/>b</text:p>", "a\n\n b"),
    ],
)
def test_line_breaks_tabs_and_repeated_blanks_are_kept(tmp_path, content, text):
    path = ods(tmp_path / "book.ods", f"<table:table-row>{cell(content)}</table:table-row>")
    assert read(path) == [[text]]


def test_a_note_on_a_cell_is_no_part_of_its_text(tmp_path):
    note = "<office:annotation><text:p>no<text:tab/>te</text:p></office:annotation>"
    rows = cell(f"{note}<text:p>a<text:tab/>b</text:p>") + cell(f"<text:p>c</text:p>{note}")
    path = ods(tmp_path / "book.ods", f"<table:table-row>{rows}</table:table-row>")
    assert read(path) == [["a\tb", "c"]]


def test_an_ods_has_its_merged_cells(tmp_path):
    spanned = ' table:number-rows-spanned="3" table:number-columns-spanned="2"'
    rows = (
        '<table:table-row table:number-rows-repeated="2"/>'
        f"<table:table-row><table:table-cell/>{cell('<text:p>x</text:p>', spanned)}"
        "</table:table-row>"
        "<table:table-row><table:table-cell/><table:covered-table-cell/>"
        f"{text_cell('y')}</table:table-row>"
    )
    [sheet] = open_input(ods(tmp_path / "book.ods", rows)).sheets
    assert sheet.merged == [MergedRange(3, 2, 5, 3)]


def test_a_plain_text_is_left_to_the_parser(tmp_path):
    """Only what the parser loses is kept: a million plain texts are not in memory twice."""
    rows = f"<table:table-row>{text_cell('x')}{text_cell('a b')}</table:table-row>"
    with zipfile.ZipFile(ods(tmp_path / "book.ods", rows)) as archive:
        assert scan_content(archive.open("content.xml"))["T1"].overrides == {}


def test_an_ods_has_its_hidden_columns_and_rows_without_height():
    def style(name, family, size):
        return (
            f'<style:style style:name="{name}"><style:table-{family}-properties {size}/>'
            "</style:style>"
        )

    styles = (
        style("co1", "column", 'style:column-width="0in"')
        + style("co2", "column", 'style:column-width="2cm"')
        + style("ro1", "row", 'style:row-height="0.0cm"')
        + style("ro2", "row", 'style:row-height="0.45cm"')
    )
    table = (
        '<table:table-column table:style-name="co2"/><table:table-column '
        'table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column table:style-name="co1"/>'
        f'<table:table-row table:style-name="ro1">{text_cell("x")}</table:table-row>'
        f'<table:table-row table:style-name="ro2">{text_cell("y")}</table:table-row>'
    )
    names = 'xmlns:office="o" xmlns:style="s" xmlns:table="t" xmlns:text="x"'
    content = f'<c {names}>{styles}<table:table table:name="T">{table}</table:table></c>'
    found = scan_content(BytesIO(content.encode()))["T"]
    assert found.hidden_columns == [(2, 3), (4, 4)]
    assert found.hidden_rows == 1


@pytest.mark.parametrize("name", ["CONTENT.XML", "other.xml"])
def test_an_ods_without_its_content_is_refused(tmp_path, name):
    path = ods(tmp_path / "book.ods", f"<table:table-row>{text_cell('x')}</table:table-row>")
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = parts.pop("content.xml")
    assert_refused(pack(path, parts), "book.ods")
