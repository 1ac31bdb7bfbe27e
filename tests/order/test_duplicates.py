"""Two rows that state one entity are both reported."""

from __future__ import annotations

import pytest

from tests.mapping.build import OPEN, Rows, reported, template
from tests.order.build import nodes, resolved, roots


def test_a_duplicate_key_names_both_places(made):
    found = resolved(made, roots("R"), nodes(["R", "a"], ["R", "b"], ["R", "a"]))
    assert reported(found.findings) == [("duplicate_key", "B2"), ("duplicate_key", "B4")]
    first, second = found.findings
    assert "row 4" in first.message
    assert "row 2" in second.message
    assert [record.valid for record in found.records] == [True, False, True, False]


def test_one_name_below_two_parents_is_no_duplicate(made):
    rows = nodes(["R", "a"], ["R", "b"], ["R", "x", "a"], ["R", "x", "b"], ["R", "x"])
    assert resolved(made, roots("R"), rows).findings == []


@pytest.mark.parametrize("column", ["Code", "GUID", "import_id"])
def test_two_rows_with_one_identity_are_a_duplicate(made, column):
    """Whatever they are called: both would change the same entity."""
    rows = [["Root", "Node", column], ["R", "a", "1"], ["R", "b", "2"], ["R", "c", "1"]]
    found = resolved(made, roots("R"), Rows("Nodes", rows))
    assert reported(found.findings) == [("duplicate_key", "C2"), ("duplicate_key", "C4")]
    assert [f.value for f in found.findings] == ["1", "1"]
    assert "row 4" in found.findings[0].message


PAIRED = """
[kinds.room]
key = ["floor", "name"]
identities = ["code"]
[kinds.site]
key = ["name"]
identities = ["code"]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "site"
creates = true
columns = [
  { heading = "Site", path = "name", required = true },
  { heading = "Site code", path = "code" },
]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Floor", path = "floor", required = true },
  { heading = "Room", path = "name", required = true },
  { heading = "Code", path = "code" },
  { heading = "GUID", type = "id" },
]
"""
CREATED = 'kind = "room"\ncreates = true'
ROOMS = ["Site", "Site code", "Floor", "Room", "Code", "GUID"]


@pytest.fixture
def paired(tmp_path):
    return template(tmp_path, PAIRED, room=OPEN, site=OPEN)


def rooms(*lines):
    return Rows("Rooms", [ROOMS, *lines])


def test_a_duplicate_key_of_several_labels_is_reported_at_the_last(paired):
    found = resolved(paired, rooms(["s", "", "1", "a"], ["s", "", "2", "a"], ["s", "", "1", "a"]))
    assert reported(found.findings) == [("duplicate_key", "D2"), ("duplicate_key", "D4")]
    assert [finding.value for finding in found.findings] == ["a", "a"]


def test_an_id_that_stands_twice_is_reported_at_its_own_cells(paired):
    """Equal texts of two cells need not be one string."""
    first, second = ("-".join(["G", "1"]) for _ in range(2))
    sheets = rooms(["s", "", "1", "a", "", first]), rooms(["s", "", "1", "b", "", second])
    found = resolved(paired, *sheets)
    assert reported(found.findings) == [("duplicate_key", "F2"), ("duplicate_key", "F2")]


def test_what_rows_create_on_the_way_may_share_a_code(paired):
    found = resolved(paired, rooms(["s", "S", "1", "a"], ["t", "S", "1", "b"]))
    assert found.findings == []


def test_what_rows_are_about_may_not_share_a_code_though_they_create_it(tmp_path):
    """Many rows may state the same room; two rooms are never one."""
    made = template(tmp_path, PAIRED.replace('kind = "room"', CREATED), room=OPEN, site=OPEN)
    rows = ["s", "S", "1", "a", "C"], ["t", "T", "1", "b", "C"], ["s", "S", "1", "a", "C"]
    found = resolved(made, rooms(*rows))
    assert reported(found.findings) == [("duplicate_key", "E2"), ("duplicate_key", "E3")]


TWINS = """
[kinds.room]
key = ["name"]
identities = ["code"]
[[sheets]]
name = "Twins"
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name" }, { heading = "Code", path = "code" }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Other", path = "name" }, { heading = "Code", path = "code" }]
"""


def test_what_one_row_makes_may_share_a_code(tmp_path):
    """Only two rows are a duplicate: one row is not told to choose between its own cells."""
    made = template(tmp_path, TWINS, room=OPEN)
    headings = ["Room", "Other", "Code"]
    assert resolved(made, Rows("Twins", [headings, ["a", "b", "1"]])).findings == []
    twice = resolved(made, Rows("Twins", [headings, ["a", "", "1"], ["b", "", "1"]]))
    assert "duplicate_key" in {finding.code for finding in twice.findings}


def test_a_key_that_many_rows_have_is_said_once_with_all_of_them(made):
    """Each row has the one message, so that a reader sees one cause and not a thousand."""
    lines = [["R", "a"], ["R", "b"], *[["R", "a"]] * 300]
    found = resolved(made, roots("R"), nodes(*lines))
    assert len(found.findings) == 301
    assert {f.message for f in found.findings} == {
        "The node `R > a` stands in rows 2 and 4 to 303: keep one of them."
    }


def test_an_identity_that_many_rows_have_is_said_once_with_all_of_them(made):
    rows = [["Root", "Node", "Code"], ["R", "a", "1"], ["R", "b", "1"], ["R", "c", "1"]]
    found = resolved(made, roots("R"), Rows("Nodes", rows))
    assert {f.message for f in found.findings} == {"`1` stands in rows 2 to 4: keep one of them."}
    assert len(found.findings) == 3


def test_rows_of_several_sheets_are_named_with_their_sheets(made):
    sheets = [nodes(["R", "a"], ["R", "a"]), Rows("Node", [["Root", "Node"], ["R", "a"]])]
    found = resolved(made, roots("R"), *sheets)
    assert {f.message for f in found.findings} == {
        "The node `R > a` stands in rows 2 and 3 of Nodes, row 2 of Node: keep one of them."
    }


def test_rows_that_fail_to_say_where_they_stand_are_no_duplicates(made):
    """One cause: the blank cell. What they are called below it cannot be known."""
    found = resolved(made, roots("R"), nodes(["", "a"], ["", "a"], ["R", "a"]))
    assert reported(found.findings) == [("missing", "A2"), ("missing", "A3")]
    assert [record.valid for record in found.records] == [True, False, False, True]
