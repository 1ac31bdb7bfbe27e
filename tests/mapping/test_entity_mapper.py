"""Rows that make several entities, or none: groups, conditions, ids of an earlier report."""

from __future__ import annotations

import pytest

from tests.mapping.build import OPEN, Rows, mapped, reported, template
from tests.mapping.rooms import GROUPS, HEAD, ROOM, WHEN, load, made_of
from tests.mapping.things import TOP
from tests.order.build import resolved


@pytest.mark.parametrize(
    ("guid", "hint", "expected"),
    [
        ("g-1", "", ("g-1", False, [])),
        ("", "g-1", ("g-1", True, [])),
        (" g-1 ", "g-1", ("g-1", False, [])),
        ("g-1", "g-2", ("g-1", False, [("contradicting_id", "E2")])),
        ("", "", (None, False, [])),
        (12.0, "12", ("12", False, [])),
    ],
)
def test_the_id_of_an_earlier_report_counts_where_nothing_contradicts_it(
    things, guid, hint, expected
):
    rows = [[*TOP, "GUID", "import_id"], ["a", "g", 1, guid, hint]]
    found = mapped(things, rows)
    entity = found.entities[0]
    assert (entity.id, entity.hint, reported(found.findings)) == expected
    assert entity.valid == (not found.findings)


def test_repeated_columns_make_an_entity_for_each_filled_group(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    headings = ["Room", "URL 1", "Title 1", "Link 2", "Title 2", "Title 3"]
    found = mapped(
        made,
        [
            headings,
            ["a", "https://1.x", "one", "https://2.x", "", "three"],
            ["b", "", "lonely", "", "", ""],
            ["c", "", "", "https://3.x", "t", ""],
        ],
    )
    assert sorted(made_of(found, "link"), key=str) == [
        (2, {"title": "one", "url": "https://1.x"}),
        (2, {"url": "https://2.x"}),
        (4, {"title": "t", "url": "https://3.x"}),
    ]
    assert len(made_of(found, "room")) == 3


def test_a_fault_in_one_group_is_reported_on_its_cell_and_holds_the_whole_row(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    rows = [["Room", "URL 1", "URL 2"], ["a", "https://1.x", "x y"], ["b", "https://2.x", ""]]
    found = mapped(made, rows)
    assert reported(found.findings) == [("bad_url", "C2")]
    assert [(e.row, e.valid) for e in found.entities if e.valid] == [(3, True), (3, True)]


TYPED = ["Type", "Name", "Site", "Link"]


def test_the_kind_of_a_row_may_stand_in_a_cell(tmp_path):
    made = load(tmp_path, WHEN)
    rows = [["SITE", "s"], [" building ", "t"], ["Room", "r", "s", "u"], ["room", "q", "t", " "]]
    found = resolved(made, Rows("Things", [TYPED, *rows]))
    assert found.findings == []
    assert found.keys() == {
        ("site", 2): ("s",),
        ("site", 3): ("t",),
        ("room", 4): ("s", "r"),
        ("link", 4): ("u",),
        ("room", 5): ("t", "q"),
    }


def test_a_required_cell_of_one_kind_is_not_missed_in_the_row_of_another(tmp_path):
    made = load(tmp_path, WHEN)
    found = mapped(made, [TYPED, ["Site", "s", "", ""], ["Room", "r", "", ""]])
    assert reported(found.findings) == [("missing", "C3")]


OF_EACH = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name" }, { heading = "Links" }]
[[sheets.entities]]
kind = "link"
each = { heading = "Links" }
columns = [{ part = "", path = "url" }]
"""
CREATING = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name" }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name" }]
"""


@pytest.mark.parametrize(
    ("rules", "row", "ids"),
    [
        (ROOM + GROUPS, {"Room": "r", "URL 1": "https://u.v"}, {"room": "G", "link": None}),
        (OF_EACH, {"Site": "s", "Links": "u"}, {"site": "G", "link": None}),
        (CREATING, {"Site": "s", "Room": "r"}, {"site": None, "room": "G"}),
        (WHEN, {"Type": "Site", "Name": "s"}, {"site": "G"}),
        (
            WHEN,
            {"Type": "Room", "Name": "r", "Site": "s", "Link": "u"},
            {"room": "G", "link": None},
        ),
    ],
    ids=[
        "first",
        "only one that is not of each",
        "one that is not created on the way",
        "one of two",
        "other of two",
    ],
)
def test_the_id_of_an_earlier_report_is_that_of_the_main_entity(tmp_path, rules, row, ids):
    made = load(tmp_path, rules)
    found = mapped(made, [[*row, "import_id"], [*row.values(), "G"]])
    assert {entity.kind: entity.id for entity in found.entities} == ids
    assert {entity.hint for entity in found.entities if entity.id} == {True}


def test_an_entity_has_no_number_before_the_registry_gives_it_one(tmp_path):
    found = mapped(load(tmp_path, ROOM), [["Room"], ["r"]])
    assert found.entities[0].seq < 0


EDITED = """
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Tags", path = "tags", type = "list" },
]
"""
SET = {"properties": {"tags": {"type": "array", "uniqueItems": True}}}


@pytest.mark.parametrize(
    ("cell", "added", "edits"),
    [
        ("+a; -b; +c", ["a", "c"], {"tags": ["b"]}),
        ("+a", ["a"], {"tags": []}),
        ("-b", None, {"tags": ["b"]}),
        ("a; b", ["a", "b"], None),
    ],
)
def test_a_list_with_signs_adds_its_items_and_names_those_to_remove(tmp_path, cell, added, edits):
    made = template(tmp_path, HEAD + EDITED, site=OPEN, room=SET, link=OPEN)
    entity = mapped(made, [["Room", "Tags"], ["r", cell]]).entities[0]
    assert (entity.payload.get("tags"), entity.edits) == (added, edits)
