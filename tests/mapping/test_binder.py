"""Rules are bound to columns by heading or letter, and defaults name their sheet."""

from __future__ import annotations

import datetime as dt

from tests.mapping.build import OPEN, Rows, bound, mapped, reported, template
from tests.mapping.rooms import load, made_of
from tests.order.build import resolved

LETTERS = """
header_row = 0
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", letter = "B", path = "name", required = true },
  { heading = "Size", letter = "AA", path = "size", type = "number" },
]
"""


def test_a_sheet_without_headings_is_read_by_letters_from_row_1(tmp_path):
    made = load(tmp_path, LETTERS)
    rows = [["x", "a", *[""] * 24, 5.0], ["x", "", *[""] * 24, "many"], ["x"]]
    found = mapped(made, rows)
    assert bound(made, rows).header.row == 0
    assert made_of(found, "room") == [(1, {"name": "a", "size": 5})]
    assert reported(found.findings) == [("missing", "B2"), ("not_a_number", "AA2")]
    assert {f.place.heading for f in found.findings} == {None}
    assert found.rows == [1, 2]
    assert "Room" in found.findings[-1].message + found.findings[0].message


def test_a_sheet_default_names_the_entities_of_a_sheet(tmp_path):
    rules = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name", default = "{sheet}" }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
"""
    made = load(tmp_path, rules)
    for headings in (["Room", "Site"], ["Room"]):
        found = resolved(made, Rows("Things", [headings, ["r", ""]]))
        assert found.findings == []
        assert found.record(2, "room").key == ("Things", "r")


def test_a_column_beyond_the_width_of_the_rows_is_blank(tmp_path):
    found = mapped(load(tmp_path, LETTERS), [["x", "a"], ["x", "b"]])
    assert found.findings == []
    assert made_of(found, "room") == [(1, {"name": "a"}), (2, {"name": "b"})]


TYPED_KEY = """
[kinds.day]
key = ["date"]
[[sheets]]
name = "Days"
[[sheets.entities]]
kind = "day"
columns = [{ heading = "Day", path = "date", type = "date" }]
"""


def test_a_key_column_keeps_its_type(tmp_path):
    made = template(tmp_path, TYPED_KEY, day=OPEN)
    found = mapped(made, [["Day"], [dt.datetime(2026, 1, 31, 13, 45)], [" 2026-02-01 "]], "Days")
    assert [entity.labels for entity in found.entities] == [("2026-01-31",), ("2026-02-01",)]


FORMS = """
[kinds.thing]
key = ["name"]
identities = ["code"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", path = "name" },
  { heading = "Code", path = "code" },
  { heading = "Zone", path = "zone" },
  { heading = "Note", path = "note" },
]
"""


def test_outer_blanks_stay_only_in_free_text(tmp_path):
    """What identifies, and what has a form, never begins or ends with a blank."""
    schema = {"type": "object", "properties": {"zone": {"type": "string", "pattern": "\\S"}}}
    made = template(tmp_path, FORMS, thing=schema)
    rows = [["Name", "Code", "Zone", "Note"], [" n\u00a0", "E-7 ", "UTC\u2003", " x "]]
    entity = mapped(made, rows).entities[0]
    assert entity.payload == {"name": "n", "code": "E-7", "zone": "UTC", "note": " x "}
    assert entity.identities == ("E-7",)
