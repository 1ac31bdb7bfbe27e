"""Cells beyond the last column of a sheet without headings are named."""

from __future__ import annotations

import pytest

from importer.mapping import SheetMapper
from importer.model import Severity
from importer.read import Chunk
from tests.mapping.build import OPEN, bound, only, reported, template

LETTERED = """
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Things"
header_row = 0
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", letter = "A", path = "name", required = true },
  { heading = "Size", letter = "C", path = "size" },
]
"""


@pytest.fixture(scope="module")
def lettered(tmp_path_factory):
    return template(tmp_path_factory.mktemp("lettered"), LETTERED, thing=OPEN)


def findings_of(made, rows, size=2, *, records=True):
    sheet = bound(made, rows)
    sheet.records = records
    mapper = SheetMapper(sheet)
    for at in range(0, len(rows), size):
        assert reported(mapper.map(Chunk(at + 1, rows[at : at + size])).findings) == []
    return list(mapper.findings())


def test_cells_beyond_the_last_letter_are_named_with_their_rows(lettered):
    rows = [["a", "x", "1"], ["b", "x", "2", "", "stray"], ["c"], ["d", "", "", "more"]]
    found = only(findings_of(lettered, rows))
    assert (found.code, found.severity) == ("beyond_headings", Severity.WARNING)
    assert (found.place.cell, found.value) == ("E2", "stray")
    assert found.message == (
        "E2 stands beyond column C, the last that the template names: such cells, in rows 2 and "
        "4, are not imported. Put a text that holds the separator in double quotes."
    )


def test_in_a_workbook_there_is_no_separator_to_quote(lettered):
    found = only(findings_of(lettered, [["a", "", "", "x"]], records=False))
    assert "quotes" not in found.message


def test_cells_between_the_letters_are_left_out_on_purpose(lettered):
    assert findings_of(lettered, [["a", "left out", "1"], ["b", "", "", ""]]) == []
