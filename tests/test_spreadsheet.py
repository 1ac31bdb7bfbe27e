"""Facts about spreadsheets that reading and reporting share."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model import column_letter
from importer.spreadsheet import (
    BOMS,
    MAX_COLUMNS,
    PATCHABLE_SUFFIXES,
    TEXT_SUFFIXES,
    WORKBOOK_SUFFIXES,
    byte_order_mark,
    column_number,
    workbook_format,
)


@given(st.integers(1, MAX_COLUMNS))
def test_letters_and_numbers_of_columns_are_inverse(column):
    letters = column_letter(column)
    assert column_number(letters) == column_number(letters.lower()) == column


def test_the_last_column_is_xfd():
    assert column_letter(MAX_COLUMNS) == "XFD"


@pytest.mark.parametrize(("mark", "encoding"), BOMS.items())
def test_each_byte_order_mark_is_recognised_though_others_begin_alike(mark, encoding):
    assert byte_order_mark(mark + "a".encode(encoding)) == (mark, encoding)
    assert codecs.lookup(encoding).encode("a")[0] == "a".encode(encoding), "it writes no mark"


@pytest.mark.parametrize("start", [b"", b"a,b\n", b"\xff", b"\xef\xbb"])
def test_without_a_mark_no_encoding_is_known(start):
    assert byte_order_mark(start) is None


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], "xlsx"),
        (["XL\\Workbook.BIN"], "xlsb"),
        (["/xl/workbook.xml"], "xlsx"),
        (["mimetype", "content.xml"], "ods"),
        (["word/document.xml"], None),
        ([], None),
    ],
)
def test_a_workbook_is_known_by_its_main_part(parts, expected):
    assert workbook_format(parts) == expected


def test_no_suffix_is_that_of_a_workbook_and_of_a_text():
    assert WORKBOOK_SUFFIXES > PATCHABLE_SUFFIXES
    assert not WORKBOOK_SUFFIXES & TEXT_SUFFIXES
