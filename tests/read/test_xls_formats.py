"""An old .xls: what its parser leaves out and we say."""

import struct

import pytest

from importer.model import Place, Severity
from importer.read import open_input
from importer.spreadsheet import MergedRange
from tests.read.build import biff, xls


def number_format(number, code, *, wide=False):
    raw = code.encode("utf-16-le") if wide else code.encode("latin-1")
    return biff(0x41E, struct.pack("<HHB", number, len(code), wide) + raw)


def cell_format(number):
    return biff(0xE0, struct.pack("<HH", 0, number) + bytes(16))


def findings_of(path):
    [sheet] = open_input(path).sheets
    assert list(sheet.chunks(1))
    return list(sheet.findings(lambda row, column: Place(sheet.name, row, column)))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("code", ["0000", "000-00"])
def test_a_format_of_zeros_is_said_not_to_count(tmp_path, code, wide):
    before = number_format(164, code, wide=wide) + cell_format(164)
    [found] = findings_of(xls(tmp_path / "book.xls", [(0, 0, 42)], before))
    assert (found.code, found.severity) == ("unseen_formats", Severity.WARNING)
    assert f"`{code}`" in found.message


@pytest.mark.parametrize(
    "before",
    [
        b"",
        number_format(164, "0000"),
        number_format(164, "0.00") + cell_format(164),
        number_format(164, "0000") + cell_format(165),
        number_format(164, "yyyy\\-mm") + cell_format(164),
    ],
    ids=["none", "unused", "decimals", "of another", "date"],
)
def test_other_formats_are_not_mentioned(tmp_path, before):
    assert findings_of(xls(tmp_path / "book.xls", [(0, 0, 42)], before)) == []


def test_an_xls_has_its_merged_cells(tmp_path):
    merged = biff(0xE5, struct.pack("<HHHHH", 1, 1, 3, 0, 2))
    [sheet] = open_input(xls(tmp_path / "book.xls", [(1, 0, 5), (4, 1, 6)], after=merged)).sheets
    assert sheet.merged == [MergedRange(2, 1, 4, 3)]
