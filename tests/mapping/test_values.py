"""The text of a cell is what a spreadsheet shows, whatever the locale."""

from __future__ import annotations

import datetime as dt

import pytest

from importer.mapping.conversion.values import shown
from importer.model import CellFault

SHOWN = [
    (" a ", " a "),
    (True, "TRUE"),
    (False, "FALSE"),
    (1, "1"),
    (1.0, "1"),
    (-0.5, "-0.5"),
    (999999999999999.0, "999999999999999"),
    (1e15, "1000000000000000.0"),
    (1e300, "1e+300"),
    (0.00001, "0.00001"),
    (-1.234e-05, "-0.00001234"),
    (1e-20, "0.00000000000000000001"),
    (dt.datetime(2026, 1, 31), "2026-01-31"),
    (dt.datetime(2026, 1, 31, 13, 45), "2026-01-31 13:45:00"),
    (dt.date(2026, 1, 31), "2026-01-31"),
    (dt.time(13, 45), "13:45"),
    (dt.time(13, 45, 6), "13:45:06"),
    (dt.timedelta(hours=30), "30:00:00"),
    (dt.timedelta(hours=26, minutes=31, seconds=45), "26:31:45"),
    (dt.timedelta(days=400), "9600:00:00"),
    (dt.timedelta(minutes=5), "0:05:00"),
    (dt.timedelta(seconds=90, milliseconds=500), "0:01:30.500000"),
    (-dt.timedelta(hours=25, minutes=30), "-25:30:00"),
    (CellFault("error_cell", "#N/A"), "#N/A"),
]


@pytest.mark.parametrize(("cell", "text"), SHOWN, ids=[repr(cell) for cell, _ in SHOWN])
def test_a_cell_is_shown_as_the_spreadsheet_shows_it(cell, text):
    assert shown(cell) == text
