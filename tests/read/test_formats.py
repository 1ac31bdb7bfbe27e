"""Every format is known by its content, whatever the file is called."""

import tracemalloc

import pytest

from importer.read import open_input
from tests.read.build import OFFICE, WORKBOOK_TYPE, pack, parts, read, sheet_xml, workbook

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
