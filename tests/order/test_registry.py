"""What a row makes may refer to what the same row makes, without naming any cell."""

from __future__ import annotations

import pytest

from tests.mapping.build import OPEN, Rows, reported, template
from tests.order.build import live, resolved

BESIDE = """
[kinds.site]
type = "Site"
key = ["name"]
[kinds.room]
key = ["name"]
[kinds.note]
key = ["text"]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }, { heading = "Site" }]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
[[sheets.entities]]
kind = "note"
when = { "Note" = [] }
columns = [{ heading = "Note", path = "text" }]
[[sheets.entities.references]]
path = "room"
to = ["room"]
by = []
parent = true
"""
SITE = live("site", "s")


@pytest.fixture
def rooms(tmp_path):
    return template(tmp_path, BESIDE, site=OPEN, room=OPEN, note=OPEN)


def sheet(*lines):
    return Rows("Rooms", [["Room", "Site", "Note"], *lines])


def test_the_parent_is_what_the_same_row_makes(rooms):
    found = resolved(rooms, sheet(["a", "s", "n"], ["b", "s", "n"], ["c", "s", ""]), live=[SITE])
    assert found.findings == []
    assert found.keys() == {
        ("room", 2): ("s", "a"),
        ("room", 3): ("s", "b"),
        ("room", 4): ("s", "c"),
        ("note", 2): ("s", "a", "n"),
        ("note", 3): ("s", "b", "n"),
    }
    assert found.meant(3, "room", "note") == [("s", "b")]


def test_the_child_of_what_is_in_error_is_in_error_too(rooms):
    found = resolved(rooms, sheet(["a", "gone", "n"], ["b", "s", "n"]), live=[SITE])
    assert reported(found.findings) == [("not_found", "B2")]
    assert [found.record(row, "note").valid for row in (2, 3)] == [False, True]
