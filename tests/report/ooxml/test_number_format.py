"""What a number format says of its cells: the same as `importer.read` takes from it."""

import datetime as dt

import openpyxl
import pytest

from importer.read import open_input
from importer.report.ooxml.number_format import (
    BUILT_IN,
    counts_hours,
    is_date,
    is_numeric,
    is_padded,
    pads_to,
)

DATES = [
    "yyyy-mm-dd", "m/d/yy h:mm", "d. mmmm yyyy", "[$-407]d. mmm yyyy;@", "mmm-yy", "h:mm AM/PM",
    "[h]:mm", "[mm]:ss", 'yyyy"年"m"月"', "dd\\.mm\\.yyyy", "[Red]dd/mm/yyyy",
]  # fmt: skip
NUMBERS = [
    "0", "0.00", "#,##0", "0%", '0 "days"', "[Red]0.00", "0.00E+00", "# ?/?", "[$€-407] #,##0.00",
    "00000", "000\\-00", '"M"0', "0_);(0)",
]  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What is read of the number 45000 in each format."""
    path = tmp_path_factory.mktemp("formats") / "formats.xlsx"
    book = openpyxl.Workbook()
    for row, code in enumerate([*DATES, *NUMBERS], 1):
        book.active.cell(row, 1, 45_000).number_format = code
    book.save(path)
    rows = open_input(path).sheets[0].head(99)
    return dict(zip([*DATES, *NUMBERS], (row[0] for row in rows), strict=True))


@pytest.mark.parametrize("code", DATES)
def test_a_format_of_dates_and_times_is_one(read, code):
    assert isinstance(read[code], dt.date | dt.timedelta | dt.time)
    assert (is_date(code), is_numeric(code), is_padded(code)) == (True, False, False)


@pytest.mark.parametrize("code", NUMBERS)
def test_a_format_of_numbers_is_one(read, code):
    assert not isinstance(read[code], dt.date | dt.timedelta | dt.time)
    assert (is_date(code), is_numeric(code)) == (False, True)


@pytest.mark.parametrize("code", ["General", "@", '"done"'])
def test_a_format_of_text_or_of_anything_is_neither(code):
    assert (is_date(code), is_numeric(code)) == (False, False)


def test_formats_that_no_workbook_spells_out_are_known():
    assert all(is_date(BUILT_IN[number]) for number in ("14", "22", "30", "46", "55"))
    assert all(is_numeric(BUILT_IN[number]) for number in ("1", "4", "10", "12", "48"))


def test_leading_zeros_and_lengths_of_time_are_seen():
    assert [code for code in NUMBERS if is_padded(code)] == ["00000", "000\\-00"]
    assert [pads_to(code) for code in ("00000", "0", "000\\-00", "0.00")] == [5, 1, 0, 0]
    assert [code for code in DATES if counts_hours(code)] == ["[h]:mm", "[mm]:ss"]
