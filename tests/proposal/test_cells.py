"""Rows become texts, with their own numbers and without blank ones."""

from __future__ import annotations

import datetime as dt

import pytest

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.proposal.cells import folded, text_of
from tests.proposal.build import table


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" a\u200b ", "a"),
        (5.0, "5"),
        (5.25, "5.25"),
        (True, "True"),
        (dt.date(2026, 5, 1), "2026-05-01"),
        (dt.datetime(2026, 5, 1), "2026-05-01"),
        (dt.datetime(2026, 5, 1, 8, 30), "2026-05-01 08:30:00"),
        (CellFault(FindingCode.ERROR_CELL, "#N/A"), "#N/A"),
        ("", ""),
    ],
)
def test_a_cell_is_the_text_that_is_shown(cell, text):
    assert text_of(cell) == text


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers():
    found = table(("a", "b"), ("", ""), ("c",))
    assert [(row.number, row.cells) for row in found.rows] == [(1, ("a", "b")), (3, ("c", ""))]


def test_columns_without_a_cell_at_the_right_do_not_count():
    assert table(("a", "b", "", ""), ("c", "", "", "")).width == 2


def test_texts_are_compared_without_case_and_inner_blanks():
    assert folded("  Net \n Revenue") == "net revenue"
