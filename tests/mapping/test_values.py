"""The text of a cell is what a spreadsheet shows, whatever the locale."""

from __future__ import annotations

import datetime as dt

import pytest

from importer.mapping.values import shown
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
    (dt.datetime(2026, 1, 31), "2026-01-31"),
    (dt.datetime(2026, 1, 31, 13, 45), "2026-01-31 13:45:00"),
    (dt.date(2026, 1, 31), "2026-01-31"),
    (dt.time(13, 45), "13:45"),
    (dt.time(13, 45, 6), "13:45:06"),
    (dt.timedelta(hours=30), "1 day, 6:00:00"),
    (CellFault("error_cell", "#N/A"), "#N/A"),
]


@pytest.mark.parametrize(("cell", "text"), SHOWN, ids=[repr(cell) for cell, _ in SHOWN])
def test_a_cell_is_shown_as_the_spreadsheet_shows_it(cell, text):
    assert shown(cell) == text
