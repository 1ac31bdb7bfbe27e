"""Workbooks that can only be read: the report is in a new workbook of their values."""

import datetime as dt

import openpyxl
import pytest

from importer.errors import ReportNotWritten
from importer.model import Status
from tests.report.build import (
    finding,
    layout,
    members,
    opened,
    packed,
    repacked,
    report,
    result,
    workbook,
)

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="Terms: all the terms of all of our glossaries">
<table:table-row><table:table-cell/></table:table-row>
<table:table-row><table:table-cell/>{heading}{other}</table:table-row>
<table:table-row><table:table-cell/>{text}{date}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
DATE = '<table:table-cell office:value-type="date" office:date-value="2026-03-04"/>'
SHEET = "Terms: all the terms of all of our glossaries"


@pytest.fixture
def ods(tmp_path):
    """A sheet whose table starts in B2; the text of B3 looks like a formula."""
    path = tmp_path / "terms.ods"
    content = ODS.format(
        heading=TEXT.format("Term"), other=TEXT.format("Since"), text=TEXT.format("=1+1"), date=DATE
    )
    type_ = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": type_, "META-INF/manifest.xml": MANIFEST, "content.xml": content}
    return packed(path, parts)


def strict(path, sheet="Terms"):
    """A workbook in the strict dialect, which can be read but not written back."""
    parts = members(workbook(path, sheet=sheet))
    for transitional, strict in STRICT.items():
        parts = {name: xml.replace(transitional, strict) for name, xml in parts.items()}
    return packed(path, parts)


def test_an_error_that_was_found_is_one_in_the_copy(tmp_path):
    """The parser reads it as a blank; imported again, the copy would seem to be fixed."""
    found = [
        finding(2, 3, code="error_cell", value="#N/A"),
        finding(3, 3, code="error_cell", value="Err:502"),
        finding(2, 0, code="error_cell", value="#N/A"),
    ]
    path = report(strict(tmp_path / "terms.xlsx"), tmp_path / "copy.xlsx", findings=found)
    cells = [opened(path)["Terms"].cell(row, 3) for row in (2, 3)]
    assert [(cell.value, cell.data_type) for cell in cells] == [("#N/A", "e"), ("Err:502", "s")]


def test_values_stay_in_their_cells_and_text_stays_text(ods):
    given = layout(SHEET, header=2, last=3)
    path = report(ods, ods.with_suffix(".xlsx"), [given], [result(3, sheet=SHEET)])
    sheet = opened(path).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet["B2:D3"]]
    assert values == [
        ["Term", "Since", "import_status"],
        ["=1+1", dt.datetime(2026, 3, 4), "created"],
    ]
    assert (sheet["B3"].data_type, sheet["B3"].quotePrefix) == ("s", True)


def test_a_name_too_long_for_a_sheet_is_shortened_and_links_still_fit(ods):
    path = report(
        ods,
        ods.with_suffix(".xlsx"),
        [layout(SHEET, header=2, last=3)],
        findings=[finding(3, 2, sheet=SHEET)],
    )
    book = opened(path)
    assert book.sheetnames == ["Terms_ all the terms of all of ", "Report"]
    cells = (cell for row in book["Report"].iter_rows() for cell in row)
    assert {cell.hyperlink.location for cell in cells if cell.hyperlink} == {
        "'Terms_ all the terms of all of '!B3"
    }


def test_the_report_sheet_says_that_it_is_a_copy(ods):
    path = report(ods, ods.with_suffix(".xlsx"), [layout(SHEET, header=2, last=3)])
    texts = [cell.value for cell in opened(path)["Report"]["B"]]
    assert any(str(text).startswith("This is a copy of the values in terms.ods") for text in texts)


def test_a_copy_of_values_is_always_called_xlsx_and_never_replaces_its_source(ods, tmp_path):
    before = ods.read_bytes()
    assert report(ods, ods, []) == tmp_path / "terms.result.xlsx"
    assert ods.read_bytes() == before


def test_a_workbook_that_cannot_be_written_back_is_copied_too(tmp_path):
    source = strict(tmp_path / "terms.xlsx")
    before = source.read_bytes()
    path = report(source, source, results=[result(3, Status.UPDATED)])
    assert path == tmp_path / "terms.result.xlsx"
    assert source.read_bytes() == before
    sheet = opened(path)["Terms"]
    assert [cell.value for cell in sheet[3]] == ["t2", "d", "jane", "updated", None, None]


def test_a_copy_beside_a_source_called_result_has_another_name(tmp_path):
    source = strict(tmp_path / "terms.result.xlsx")
    assert report(source, source) == tmp_path / "terms.result.values.xlsx"


def test_a_file_that_can_no_longer_be_read_is_no_traceback(tmp_path):
    source = tmp_path / "broken.xlsx"
    source.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(ReportNotWritten, match=r"broken\.xlsx: the file can no longer be read"):
        report(source)
    assert list(tmp_path.iterdir()) == [source]


@pytest.fixture
def two_sheets(tmp_path):
    def edit(book):
        book.create_sheet("Other").append(["kept"])

    plain = workbook(tmp_path / "plain.xlsx", edit=edit)
    return repacked(plain, {"xl/styles.xml": lambda _: b"<styleSheet/>"})


def test_a_sheet_that_cannot_be_read_is_left_out_of_the_copy_which_says_so(two_sheets):
    """Nobody has asked for it; the report of the others is worth having."""
    repacked(two_sheets, {"xl/worksheets/sheet2.xml": lambda xml: xml.replace(b'r="A1"', b'r="A1')})
    book = opened(report(two_sheets, results=[result(2)]))
    assert book.sheetnames == ["Terms", "Report"]
    texts = [str(cell.value) for cell in book["Report"]["B"]]
    assert "The sheet Other cannot be read, so it is not in this copy." in texts


def test_a_sheet_of_the_import_that_cannot_be_read_is_no_traceback(two_sheets):
    repacked(two_sheets, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'r="A1"', b'r="A1')})
    with pytest.raises(ReportNotWritten, match=r"plain\.xlsx: the file can no longer be read"):
        report(two_sheets, results=[result(2)])


def test_of_a_copy_something_is_to_be_seen(two_sheets):
    hidden = (b'state="visible"', b'state="hidden"')
    repacked(two_sheets, {"xl/workbook.xml": lambda xml: xml.replace(*hidden)})
    assert opened(report(two_sheets, results=[result(2)]))["Terms"].sheet_state == "visible"


def test_a_sheet_too_large_to_be_copied_is_left_out_which_is_said(two_sheets, monkeypatch):
    monkeypatch.setattr("importer.report.value_copy.MAX_AREA", 5)
    out, rows = two_sheets.with_name("copy.xlsx"), [result(2, sheet="Other")]
    book = opened(report(two_sheets, out, [layout("Other")], rows))
    assert book.sheetnames == ["Other", "Report"]
    texts = [str(cell.value) for cell in book["Report"]["B"]]
    assert "The sheet Terms is too large, so it is not in this copy." in texts


def test_rows_of_a_sheet_too_large_to_be_copied_stand_by_their_numbers(two_sheets, monkeypatch):
    monkeypatch.setattr("importer.report.value_copy.MAX_AREA", 3)
    book = opened(report(two_sheets, results=[result(2), result(3, Status.UPDATED)]))
    assert book.sheetnames == ["Rows", "Report"]
    assert [[cell.value for cell in row[:3]] for row in book["Rows"].iter_rows(min_row=2)] == [
        ["Terms", 2, "created"],
        ["Terms", 3, "updated"],
    ]
    texts = [str(cell.value) for cell in book["Report"]["B"]]
    assert any("plain.xlsx is too large for a copy of its values" in text for text in texts)


def test_an_error_outside_of_what_is_read_is_one_in_the_copy(tmp_path):
    found = [finding(9, 6, code="error_cell", value="#N/A")]
    path = report(strict(tmp_path / "terms.xlsx"), tmp_path / "copy.xlsx", findings=found)
    assert opened(path)["Terms"].cell(9, 6).value == "#N/A"


def test_a_copy_is_written_row_by_row(two_sheets, monkeypatch):
    """Kept as a whole, two million cells took more than a gigabyte."""
    made = []
    whole = openpyxl.Workbook

    def noted(*args, **kwargs):
        made.append(kwargs)
        return whole(*args, **kwargs)

    monkeypatch.setattr(openpyxl, "Workbook", noted)
    report(two_sheets, results=[result(2)])
    assert made == [{"write_only": True}]
