"""What a row makes may belong to anything else that the row makes, in any order of the rules."""

from __future__ import annotations

from itertools import permutations

import pytest

from importer.model import Severity
from tests.mapping.build import OPEN, TEXT, Entities, Rows, only, taken, template
from tests.order.build import resolved

SITE = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [
  { heading = "Site", path = "name" },
  { heading = "Zone", path = "zone" },
  { heading = "Action", type = "action" },
]
"""
FLOOR = """
[[sheets.entities]]
kind = "floor"
creates = true
columns = [{ heading = "Floor", path = "name" }, { heading = "Level", path = "level" }]
references = [{ path = "site", to = ["site"], by = [], parent = true, required = true }]
"""
ROOM = """
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name" }]
references = [{ path = "floor", to = ["floor"], by = [], parent = true, required = true }]
"""
NOTE = """
[[sheets.entities]]
kind = "note"
when = { Note = [] }
columns = [{ heading = "Note", path = "name" }]
references = [{ path = "room", to = ["room"], by = [], parent = true, required = true }]
"""
KINDS = ("site", "floor", "room", "note")
HEAD = "".join(f'[kinds.{kind}]\nword = "{kind} of ours"\nkey = ["name"]\n' for kind in KINDS)
HEADINGS = ["Site", "Floor", "Room", "Note", "Zone", "Level", "Action"]
ROWS = [
    ["s", "1", "a", "n", "Z", "5"],
    ["s", "1", "b", "n", "", ""],
    ["t", "1", "a", "", "", "6"],
    ["s", "2", "a", "n", "", ""],
]
MADE = {
    ("site", 2): ("s",),
    ("site", 4): ("t",),
    ("floor", 2): ("s", "1"),
    ("floor", 4): ("t", "1"),
    ("floor", 5): ("s", "2"),
    ("room", 2): ("s", "1", "a"),
    ("room", 3): ("s", "1", "b"),
    ("room", 4): ("t", "1", "a"),
    ("room", 5): ("s", "2", "a"),
    ("note", 2): ("s", "1", "a", "n"),
    ("note", 3): ("s", "1", "b", "n"),
    ("note", 5): ("s", "2", "a", "n"),
}


def errors(findings):
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def rooms(folder, *rules):
    mapping = HEAD + '[[sheets]]\nname = "Rooms"\n' + "".join(rules)
    return template(folder, mapping, **dict.fromkeys(KINDS, OPEN))


@pytest.mark.parametrize("rules", list(permutations([SITE, FLOOR, ROOM, NOTE]))[::3])
def test_each_belongs_to_what_its_own_row_states(tmp_path, rules):
    found = resolved(rooms(tmp_path, *rules), Rows("Rooms", [HEADINGS, *ROWS]))
    assert not errors(found.findings)
    assert found.keys() == MADE
    assert found.meant(5, "room", "note") == [("s", "2", "a")]


def test_a_parent_in_an_earlier_chunk_is_remembered(tmp_path):
    rows = [["s", "1", f"r{number}", "n"] for number in range(1200)]
    found = resolved(rooms(tmp_path, NOTE, ROOM, FLOOR, SITE), Rows("Rooms", [HEADINGS, *rows]))
    assert not errors(found.findings)
    assert found.keys()["note", 1201] == ("s", "1", "r1199", "n")


def test_what_rows_say_of_one_parent_counts_together_and_may_not_differ(tmp_path):
    rows = [*ROWS[:2], ["s", "1", "c", "", "", "7"]]
    sink = Entities()
    found = taken(rooms(tmp_path, ROOM, FLOOR, SITE), Rows("Rooms", [HEADINGS, *rows]), sink=sink)
    finding = only(errors(found.findings))
    assert (finding.code, finding.place.cell, finding.suggestion) == ("contradiction", "F4", "5")
    assert [e.payload for e in sink.kept if e.kind == "floor"] == [{"name": "1", "level": "5"}]
    assert len([e for e in sink.kept if e.kind == "site"]) == 1


def test_what_belongs_to_a_thing_the_row_does_not_make_is_an_error(tmp_path):
    floor = FLOOR.replace("creates", "when = { Level = [] }\ncreates")
    made = rooms(tmp_path, SITE, floor, ROOM.replace("columns", "when = { Room = [] }\ncolumns"))
    found = resolved(made, Rows("Rooms", [HEADINGS, ["s", "1", "a"]]))
    finding = only(errors(found.findings))
    assert (finding.code, finding.place.row) == ("missing", 2)
    assert finding.message == (
        "The row makes a room of ours and no floor of ours, to which it belongs."
    )


def test_a_row_that_deletes_finds_its_parent_and_leaves_it_alone(tmp_path):
    room = ROOM.replace("}]\nref", '}, { heading = "Action", type = "action" }]\nref', 1)
    plain = SITE.replace('  { heading = "Action", type = "action" },\n', "")
    rows = [["s", "1", "a", "", "", "", "delete"], ["s", "1", "b"]]
    found = resolved(rooms(tmp_path, plain, FLOOR, room), Rows("Rooms", [HEADINGS, *rows]))
    assert not errors(found.findings)
    assert found.record(2).delete
    assert found.keys() == {
        ("room", 2): ("s", "1", "a"),
        ("room", 3): ("s", "1", "b"),
        ("floor", 3): ("s", "1"),
        ("site", 3): ("s",),
    }


STRICT = {"type": "object", "properties": {"name": TEXT, "zone": {"enum": ["Z"]}}}


def test_what_belongs_to_an_invalid_parent_is_invalid(tmp_path):
    mapping = HEAD + '[[sheets]]\nname = "Rooms"\n' + ROOM.replace("floor", "site") + SITE
    made = template(tmp_path, mapping, **{**dict.fromkeys(KINDS, OPEN), "site": STRICT})
    rows = [["s", "1", "a", "", "W"], ["t", "1", "b", "", "Z"]]
    found = resolved(made, Rows("Rooms", [HEADINGS, *rows]))
    assert {r.labels: r.valid for r in found.records if r.kind == "room"} == {
        ("a",): False,
        ("b",): True,
    }
