"""Cells without a heading are reported."""

from __future__ import annotations

from importer.mapping import SheetMapper
from importer.model import Severity
from importer.read import Chunk
from tests.mapping.build import bound, mapped, reported


def test_a_cell_beyond_the_headings_of_a_text_file_keeps_its_row_back(things):
    """An unquoted separator has moved the cells before it: what they say is not to be trusted."""
    rows = [["Name", "Group", "Size"], ["a", "g", 1, "stray"], ["b", "g", 1, ""], ["c", "g", 1]]
    sheet = bound(things, rows)
    sheet.records = True
    found = SheetMapper(sheet).map(Chunk(2, rows[1:]))
    assert reported(found.findings) == [("beyond_headings", "D2")]
    assert found.invalid == {2}


def test_a_cell_beyond_the_headings_is_an_error_beside_an_earlier_report_too(things):
    """The report stands beyond the stray cell; the row is still not what it seems."""
    rows = [["Name", "Group", "Size", "", "import_status"], ["a", "g", 1, "stray", "invalid"]]
    sheet = bound(things, rows)
    sheet.records = True
    found = SheetMapper(sheet).map(Chunk(2, rows[1:]))
    assert reported(found.findings) == [("beyond_headings", "D2")]


def test_a_filled_column_without_a_heading_is_reported_once(things):
    """Notes beside a table are common; their rows are imported, and nobody is left to wonder."""
    rows = [["Name", "", "Group", "Size"], ["a", "", "g", 1, "x"], ["b", "y", "g", 1, "z"]]
    found = mapped(things, rows)
    assert reported(found.findings) == [("no_heading", "E2"), ("no_heading", "B3")]
    assert {finding.severity for finding in found.findings} == {Severity.WARNING}
    assert found.invalid == set()
