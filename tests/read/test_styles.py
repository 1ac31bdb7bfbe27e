"""Which number formats make a number an id with leading zeros."""

import pytest
import xlsxwriter

from importer.model import Place
from importer.read import open_input
from importer.read.styles import lettered, padding
from tests.read.build import read


@pytest.mark.parametrize(
    ("code", "pattern"),
    [
        ("0000", "0000"),
        ("0000;-0000", "0000"),
        ("0000_);(0000)", "0000"),
        ("[Red]0000", "0000"),
        ("* 0000", "0000"),
        ("000\\-00", "000-00"),
        ('000"-"00', "000-00"),
    ],
)
def test_a_format_of_zeros_pads_whatever_its_colours_gaps_and_other_sections(code, pattern):
    assert padding(code) == pattern
    assert lettered(code) is None


@pytest.mark.parametrize("code", ['"B-"0000', '0000" m"', "00\\:00", "(000) 000-0000", "\\+00 000"])
def test_a_format_with_other_signs_is_not_imitated(code):
    assert padding(code) is None
    assert lettered(code) == code


@pytest.mark.parametrize(
    "code",
    [
        "0",
        "0.00",
        "#,##0",
        "0%",
        "yyyy\\-mm",
        "00E+00",
        "[h]:mm",
        '"00"0',
        "General",
        "[<99]00;0000",
        "",
    ],
)
def test_other_formats_do_not_pad(code):
    assert padding(code) is None
    assert lettered(code) is None or code.startswith("[<")


def findings_of(path):
    [sheet] = open_input(path).sheets
    assert list(sheet.chunks(1))
    return list(sheet.findings(lambda row, column: Place(sheet.name, row, column)))


def test_numbers_in_a_format_that_is_not_imitated_are_said(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("T")
        for row, code in enumerate(["0000;-0000", "0000_)", '"B-"0000']):
            sheet.write_number(row, 0, 44, book.add_format({"num_format": code}))
    assert read(path) == [["0044"], ["0044"], [44]]
    [found] = findings_of(path)
    assert (found.code, found.severity) == ("unseen_formats", "warning")
    assert '`"B-"0000`' in found.message


def test_a_format_that_no_number_has_is_not_said(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        code = book.add_format({"num_format": '"B-"0000'})
        book.add_worksheet("T").write_string(0, 0, "x", code)
    assert findings_of(path) == []
