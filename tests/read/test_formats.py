"""Every format is known by its content, whatever the file is called."""

import struct
import tracemalloc

import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.read import open_input
from tests.read.build import OFFICE, WORKBOOK_TYPE, pack, parts, read, rows_of, sheet_xml, workbook
from tests.read.build_others import ods, wide, xls, xlsb, xlsb_row

ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


@pytest.mark.parametrize("name", ["terms.xlsx", "terms.xls", "terms.csv", "terms", "TERMS.XLSX"])
@pytest.mark.parametrize(("type_", "format_"), [(WORKBOOK_TYPE, "xlsx"), (MACROS, "xlsm")])
def test_a_workbook_is_known_under_any_name(tmp_path, name, type_, format_):
    path = workbook(tmp_path / name, ONE_CELL, workbook_type=type_)
    found = open_input(path)
    assert (found.format, found.guess, found.dialect) == (format_, None, None)
    assert read(path) == [[1]]


def test_strict_workbooks_are_read_like_any_other(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    contents = parts(sheet_xml(rows))
    for transitional, strict in STRICT.items():
        contents = {name: text.replace(transitional, strict) for name, text in contents.items()}
    (row,) = read(pack(tmp_path / "strict.xlsx", contents))
    assert (row[0], row[1].text) == (1, "#N/A")


def test_parts_with_absolute_targets_backslashes_and_other_capitals_are_found(tmp_path):
    contents = parts(sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'))
    links = "xl/_rels/workbook.xml.rels"
    contents[links] = contents[links].replace('"worksheets/', '"/xl/worksheets/')
    ((cell,),) = read(pack(tmp_path / "absolute.xlsx", contents))
    assert cell.text == "#N/A"


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


def test_an_ods_that_repeats_a_cell_millions_of_times_is_refused(tmp_path):
    rows = (
        '<table:table-row table:number-rows-repeated="100000"><table:table-cell '
        'table:number-columns-repeated="900" office:value-type="float" office:value="1"/>'
        "</table:table-row>"
    )
    with pytest.raises(UnreadableInput, match="reaches to cell AHP100000: too large"):
        read(ods(tmp_path / "far.ods", rows))


XLSB_NUMBER, XLSB_ERROR, XLSB_TEXT, XLSB_FORMULA_ERROR = 5, 3, 6, 11


def test_an_xlsb_has_its_errors_and_hidden_rows(tmp_path):
    one = struct.pack("<d", 1.0)
    rows = (
        xlsb_row(2, (1, XLSB_NUMBER, one), (2, XLSB_ERROR, b"\x2a"))
        + xlsb_row(3, (0, XLSB_TEXT, wide("x")), hidden=True)
        + xlsb_row(5, (3, XLSB_FORMULA_ERROR, b"\x07\0\0" + bytes(8)))
    )
    found = open_input(xlsb(tmp_path / "book.xlsb", rows))
    faults = [CellFault("error_cell", text) for text in ("#N/A", "#DIV/0!")]
    assert found.format == "xlsb"
    assert [sheet.name for sheet in found.sheets] == ["B"]
    assert found.sheets[0].hidden_rows == 1
    assert rows_of(found.sheets[0]) == [
        [],
        ["", 1, faults[0]],
        ["x", "", ""],
        [],
        ["", "", "", faults[1]],
    ]


def test_an_xlsb_with_a_stray_cell_is_refused(tmp_path):
    one = struct.pack("<d", 1.0)
    far = xlsb_row(1, (0, XLSB_NUMBER, one)) + xlsb_row(1048576, (16383, XLSB_NUMBER, one))
    with pytest.raises(UnreadableInput, match="reaches to cell XFD1048576: too large"):
        read(xlsb(tmp_path / "far.xlsb", far))


def test_an_xlsb_cut_in_a_record_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="damaged"):
        read(xlsb(tmp_path / "cut.xlsb", xlsb_row(1) + b"\x05\x7f"))


def test_an_old_xls_is_read(tmp_path):
    found = open_input(xls(tmp_path / "book.xls", [(1, 0, 5.0), (2, 1, 1.5), (2, 2, 2e15)]))
    assert found.format == "xls"
    assert rows_of(found.sheets[0]) == [
        [],
        [5, "", ""],
        ["", 1.5, CellFault("long_number", "2E+15")],
    ]
    assert found.sheets[0].hidden_rows == 0
    assert not found.sheets[0].shows_errors


def test_a_csv_is_read_in_memory_that_does_not_grow_with_it(tmp_path):
    """Ten times the rows take the same memory, give or take a tenth."""
    peaks = [peak_of_reading(tmp_path / f"{rows}.csv", rows) for rows in (5_000, 50_000)]
    assert peaks[1] < peaks[0] * 1.1


def peak_of_reading(path, rows):
    path.write_text("Name,Text\n" + "some name,some longer text\n" * rows)
    (sheet,) = open_input(path).sheets
    tracemalloc.start()
    count = sum(len(chunk.rows) for chunk in sheet.chunks(1, size=500))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == rows + 1
    return peak
