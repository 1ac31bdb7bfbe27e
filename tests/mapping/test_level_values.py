"""A value in a row about a level that has no such field is reported and not lost in silence."""

from __future__ import annotations

import pytest

from importer.mapping import SheetMapper
from importer.model import Severity
from importer.read import Chunk
from tests.mapping.build import OPEN, bound, template

PLACES = """
[kinds.building]
key = ["name"]
[kinds.room]
key = ["name"]
[[sheets]]
name = "Places"
levels = ["Building", "Room"]
[[sheets.entities]]
kind = "building"
columns = [{ heading = "Building", path = "name" }, { heading = "Seats", path = "seats" }]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name" },
  { heading = "Seats", path = "seats" },
  { heading = "Note", path = "note" },
]
references = [{ path = "in", to = ["building"], by = ["Building"], parent = true }]
"""
HEADINGS = ["Building", "Room", "Seats", "Note"]


@pytest.fixture
def read(tmp_path):
    made = template(tmp_path / "places", PLACES, building=OPEN, room=OPEN)

    def findings(*rows):
        mapper = SheetMapper(bound(made, [HEADINGS, *rows], "Places"))
        chunks = [mapper.map(Chunk(at, [list(row)])) for at, row in enumerate(rows, 2)]
        payloads = {e.labels[-1]: e.payload for chunk in chunks for e in chunk.entities}
        return payloads, [*(f for c in chunks for f in c.findings), *mapper.findings()]

    return findings


def test_a_row_about_an_outer_level_states_what_that_level_has(read):
    payloads, findings = read(["N", "", "400", ""], ["", "a", "8", "Screen"])
    assert (payloads["a"], findings) == ({"name": "a", "seats": "8", "note": "Screen"}, [])


def test_what_a_level_has_no_field_for_is_reported_at_its_first_cell(read):
    _, [found] = read(["N", "", "", "Shut"], ["", "a", "8", "Screen"], ["S", "", "", "Let"])
    assert (found.severity, found.place.cell, found.more_rows) == (Severity.WARNING, "D2", 1)
    assert found.message == (
        "Nothing of `Shut`, `Let` is imported: the row is about a building, "
        "which has no such field here."
    )
