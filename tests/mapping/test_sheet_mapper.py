"""Which rows of a sheet are rows, and what is left of a row that deletes or makes nothing."""

from __future__ import annotations

import pytest

from importer.model import CellFault
from tests.mapping.build import OPEN, mapped, only, reported, template
from tests.mapping.rooms import GROUPS, ROOM, WHEN, load
from tests.mapping.things import FIXED, TOP, payload


def test_an_absent_column_is_not_in_the_payload_and_constants_always_are(things):
    assert payload(things, TOP, ["a", "g", 5.0]) == {"name": "a", "size": {"width": 5}, **FIXED}


def test_a_row_shorter_than_the_headings_is_blank_at_its_end(things):
    assert "colour" not in payload(things, [*TOP, "Colour"], ["a", "g", 1])


def test_blank_rows_in_between_are_no_rows(things):
    rows = [TOP, ["a", "g", 1], [], ["", " ", "\xa0"], ["b", "g", 2], ["", "", ""]]
    found = mapped(things, rows)
    assert found.rows == [2, 5]
    assert [entity.row for entity in found.entities] == [2, 5]
    assert found.findings == []


@pytest.mark.parametrize("cell", [0, False, CellFault("error_cell", "#N/A")])
def test_a_row_with_nothing_but_a_zero_or_an_error_is_a_row(things, cell):
    assert mapped(things, [[*TOP, "Colour"], ["", "", "", cell]]).rows == [2]


def test_a_row_filled_only_under_unknown_and_own_headings_is_no_row(things):
    rows = [[*TOP, "Weather", "import_status"], ["", "", "", "rain", "created"]]
    assert mapped(things, rows).rows == []


def test_every_faulty_cell_of_a_row_is_reported(things):
    found = mapped(things, [[*TOP, "Action"], ["", "", "many", "delte"]])
    assert reported(found.findings) == [
        ("missing", "A2"),
        ("missing", "B2"),
        ("not_a_number", "C2"),
        ("not_allowed", "D2"),
    ]
    assert next(f for f in found.findings if f.code == "not_allowed").suggestion == "delete"


TYPED = ["Type", "Name", "Site", "Link"]


@pytest.mark.parametrize(("word", "near"), [("Rooom", "Room"), ("Desk", None), ("", None)])
def test_a_row_that_makes_nothing_is_reported_at_the_cell_that_says_what_it_is(
    tmp_path, word, near
):
    made = load(tmp_path, WHEN)
    found = mapped(made, [TYPED, [word, "x", "", ""], ["Site", "s", "", ""]])
    finding = only(found.findings)
    assert (finding.place.cell, finding.suggestion) == ("A2", near)
    assert found.invalid == {2}


def test_a_row_that_deletes_makes_nothing_else(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    rows = [["Room", "Action", "URL 1"], ["a", "delete", "https://x.y"], ["b", "", "https://x.y"]]
    found = mapped(made, rows)
    assert [(e.row, e.bound.kind.name, e.delete) for e in found.entities] == [
        (2, "room", True),
        (3, "room", False),
        (3, "link", False),
    ]


NESTED = """
[kinds.floor]
key = ["name"]
empty_first = true
[kinds.desk]
key = ["name"]
[kinds.tag]
key = ["name"]
goes_along = true
[kinds.link]
key = ["name"]
[[sheets]]
name = "Floors"
[[sheets.entities]]
kind = "floor"
columns = [
  { heading = "Floor", path = "name", required = true },
  { heading = "Action", type = "action" },
]
[[sheets.entities]]
kind = "desk"
when = { "Desk" = [] }
columns = [{ heading = "Desk", path = "name" }]
[[sheets.entities.references]]
path = "floor"
to = ["floor"]
by = []
parent = true
[[sheets.entities]]
kind = "tag"
when = { "Tag" = [] }
columns = [{ heading = "Tag", path = "name" }]
[[sheets.entities.references]]
path = "floor"
to = ["floor"]
by = []
parent = true
[[sheets.entities]]
kind = "link"
when = { "Link" = [] }
columns = [{ heading = "Link", path = "name" }]
"""
NESTED_ROW = ["f", "delete", "d", "t", "l"]


@pytest.mark.parametrize(
    ("empty_first", "deleted"), [(True, ["floor", "desk"]), (False, ["floor"])]
)
def test_what_stands_in_a_deleted_entity_is_deleted_with_it_by_its_own_row(
    tmp_path, empty_first, deleted
):
    """Where the target wants it empty first; what goes along needs no deletion of its own."""
    mapping = NESTED if empty_first else NESTED.replace("empty_first = true\n", "")
    made = template(tmp_path, mapping, floor=OPEN, desk=OPEN, tag=OPEN, link=OPEN)
    rows = [["Floor", "Action", "Desk", "Tag", "Link"], NESTED_ROW, ["g", "", "d", "t", "l"]]
    found = mapped(made, rows, "Floors")
    assert not reported(found.findings)
    made_of = {row: [] for row in (2, 3)}
    for entity in found.entities:
        made_of[entity.row].append((entity.bound.kind.name, entity.delete))
    assert made_of[2] == [(kind, True) for kind in deleted]
    assert made_of[3] == [(kind, False) for kind in ("floor", "desk", "tag", "link")]
