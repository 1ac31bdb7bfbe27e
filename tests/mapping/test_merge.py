"""What several rows state of one entity is merged, and contradictions are reported."""

from __future__ import annotations

import pytest

from importer.mapping.merge import _as_text, _said, merge
from tests.mapping.build import OPEN, TEXT, Entities, Rows, mapped, only, reported, taken, template
from tests.mapping.rooms import HEAD
from tests.order.build import resolved

CREATES = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [
  { heading = "Site", path = "name", required = true },
  { heading = "Zone", path = "facts.zone", required = true },
  { heading = "Street", path = "facts.street" },
]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Size", path = "size", type = "number" },
]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
"""


ZONED = {
    "type": "object",
    "required": ["facts"],
    "properties": {
        "name": TEXT,
        "facts": {"type": "object", "required": ["zone"], "properties": {"zone": TEXT}},
    },
}


LIST = ["Site", "Zone", "Street", "Room", "Size"]


@pytest.fixture
def creating(tmp_path):
    return template(tmp_path, HEAD + CREATES, site=ZONED, room=OPEN, link=OPEN)


def test_what_many_rows_state_is_made_once_of_what_they_say_together(creating):
    """A blank says nothing: what only one row says counts for all."""
    rows = [["s", "Z", "", "r1", 1], ["s", "", "St", "r2", 2], ["t", "Y", "", "r1", 3]]
    found = taken(creating, Rows("Things", [LIST, *rows]), sink=(sink := Entities()))
    assert found.findings == []
    sites = [e.payload for e in sink.kept if e.bound.kind.name == "site"]
    assert sites == [
        {"name": "s", "facts": {"zone": "Z", "street": "St"}},
        {"name": "t", "facts": {"zone": "Y"}},
    ]
    assert [rows for rows in sink.stated.values() if rows] == [[(0, 3)]]
    assert len(sink.kept) == 5


def test_rows_that_contradict_each_other_are_reported_with_both_values(creating):
    rows = [["s", "Z", "A", "r1", 1], ["s", "Y", "A", "r2", 2], ["s", "Z", "B", "r3", 3]]
    found = taken(creating, Rows("Things", [LIST, *rows]))
    assert reported(found.findings) == [("contradiction", "B3"), ("contradiction", "C4")]
    first = found.findings[0]
    assert (first.place.heading, first.value, first.suggestion) == ("Zone", "Y", "Z")
    assert "row 2" in first.message


def test_what_no_row_says_is_missed_at_the_first_of_them(creating):
    rows = [["s", "", "", "r1", 1], ["s", "", "", "r2", 2]]
    found = taken(creating, Rows("Things", [LIST, *rows]))
    assert reported(found.findings) == [("missing", "B2")]


def test_a_row_in_error_states_nothing_where_another_states_it_too(creating):
    """In either order the site is made of the row that is right."""
    good, bad = ["s", "Z", "", "r1", 1], ["s", "Z", "", "r2", "many"]
    for rows in ([good, bad], [bad, good]):
        found = taken(creating, Rows("Things", [LIST, *rows]), sink=(sink := Entities()))
        site = next(e for e in sink.kept if e.bound.kind.name == "site")
        assert (site.valid, len(found.findings)) == (True, 1)
        assert site.row == 2 + rows.index(good)


def test_a_row_in_error_does_not_hold_what_other_rows_state_too(creating):
    """The two rooms of one name are not sent; the site and its other room are."""
    rows = [["s", "Z", "", "r", 1], ["s", "Z", "", "r", 1], ["s", "Z", "", "q", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert reported(found.findings) == [("duplicate_key", "D2"), ("duplicate_key", "D3")]
    assert [(r.kind, r.row, r.valid) for r in found.records] == [
        ("room", 2, False),
        ("room", 3, False),
        ("room", 4, True),
        ("site", 2, True),
    ]


def test_what_only_rows_in_error_state_is_not_made(creating):
    rows = [["s", "Z", "", "r", 1], ["s", "Z", "", "r", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert not any(record.valid for record in found.records)


def test_one_missing_name_is_reported_once_for_all_that_the_row_would_make(creating):
    found = taken(creating, Rows("Things", [LIST, ["", "Z", "", "r", 1], ["s", "Z", "", "", 1]]))
    assert reported(found.findings) == [("missing", "A2"), ("missing", "D3")]


def test_the_rooms_of_created_sites_hang_below_them(creating):
    rows = [["s", "Z", "", "r", 1], ["t", "Z", "", "r", 1], [5.0, "Z", "", "r", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert found.findings == []
    assert [found.record(row, "room").key for row in (2, 3, 4)] == [
        ("s", "r"),
        ("t", "r"),
        ("5", "r"),
    ]


def test_a_site_that_two_sheets_state_is_made_once(creating):
    sheets = [Rows("Things", [LIST, ["s", "Z", "", r, 1]]) for r in ("r1", "r2")]
    found = resolved(creating, *sheets)
    assert found.findings == []
    assert [record.kind for record in found.records].count("site") == 1


def test_the_row_that_contradicts_is_in_error_and_not_the_first(creating):
    rows = [LIST, ["s", "Z", "A", "r1", 1], ["s", "Z", "B", "r2", 1]]
    sites = [e for e in mapped(creating, rows).entities if e.kind == "site"]
    known = {}
    found = [finding for site in sites for finding in merge(known, site)]
    assert (only(found).place.row, only(found).suggestion) == (3, "A")
    assert [site.valid for site in sites] == [True, False]
    assert [merged.rows for merged in known.values()] == [[(0, 3)]]


def test_a_list_that_contradicts_is_said_item_by_item():
    assert _said(["a@b.org", "c@d.org"]) == "`a@b.org`, `c@d.org`"
    assert _as_text(["a@b.org", "c@d.org"]) == "a@b.org; c@d.org"
