"""The used range of a sheet, however the pieces of its XML are cut."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.model import column_letter
from importer.report.ooxml.used_range import UsedRange
from importer.spreadsheet import MAX_COLUMNS


@pytest.mark.parametrize("prefix", ["", "x:"])
@given(st.lists(st.lists(st.integers(1, 16_384), max_size=5), max_size=9), st.integers(1, 99))
def test_how_far_cells_reach_is_seen_however_they_are_cut(prefix, rows, size):
    """The last column of any cell, whatever stands in it; also where a row is not in order."""
    xml = "".join(
        f"<{prefix}row>{''.join(_cell(prefix, column) for column in row)}</{prefix}row>"
        for row in rows
    ).encode()
    used = UsedRange(prefix.encode())
    for at in range(0, len(xml), size):
        used.see(xml[at : at + size])
    assert used.last_column == max(chain([0], *rows))


def _cell(prefix, column):
    return f'<{prefix}c r="{column_letter(column)}1" s="1"/>'


@pytest.mark.parametrize("cell", [b"<c>", b"<c/>", b"<c s='1' r='A1'>", b"<c r='A1'>"])
def test_a_cell_that_does_not_say_first_where_it_stands_may_stand_anywhere(cell):
    """It is only looked at closer then."""
    used = UsedRange(b"")
    used.see(b"<row>" + cell + b"</row>")
    assert used.last_column == MAX_COLUMNS
