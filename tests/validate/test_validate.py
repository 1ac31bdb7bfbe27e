"""What a kind's schema says of mapped rows: one finding for each faulty value, on its cell."""

from __future__ import annotations

import pytest

from importer.model import Finding
from importer.validate import Checker, TargetNames, names_at
from tests.mapping.build import TEXT, Rows, mapped, only, reported, taken, template

MAPPING = """
[kinds.thing]
key = ["name"]
constants = { type = "Thing" }
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", path = "name" },
  { heading = "Code", path = "code" },
  { heading = "Size", path = "at.size", type = "number" },
  { heading = "Lat", path = "at.lat", type = "number" },
  { heading = "Lon", path = "at.lon", type = "number" },
  { heading = "Tags", path = "tags", type = "list", item_path = "name" },
  { heading = "Days", path = "days", type = "list" },
  { heading = "Shape", path = "shape", type = "json" },
  { heading = "Level", path = "level" },
  { heading = "Kind", path = "kind", values = { big = "L" } },
  { heading = "Action", type = "action" },
  { heading = "Free: *", path = "free.*" },
  { heading = "*::*", path = "sets.*.*" },
]
"""
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "code", "type"],
    "properties": {
        "type": {"const": "Thing"},
        "name": {"type": "string", "maxLength": 5},
        "code": {"type": "string", "pattern": "^[A-Z]", "x-says": "begins with a capital"},
        "at": {
            "type": "object",
            "dependentRequired": {"lat": ["lon"]},
            "properties": {"size": {"type": "number", "maximum": 9}},
        },
        "tags": {"type": "array", "items": {"properties": {"name": {"maxLength": 3}}}},
        "days": {"type": "array", "uniqueItems": True},
        "shape": {"type": "object", "required": ["kind", "points"]},
        "level": {"enum": ["low", "high"]},
        "kind": {"enum": ["S", "L"]},
        "free": {"additionalProperties": {"type": "string", "maxLength": 2}},
    },
}
SCHEMA["properties"]["sets"] = {"additionalProperties": {"type": "object"}}
SCHEMA["properties"]["free"]["propertyNames"] = {"maxLength": 4, "x-says": "has too long a name"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("things"), MAPPING, thing=SCHEMA)


def findings(made, *headings_and_cells) -> list[Finding]:
    half = len(headings_and_cells) // 2
    rows = [headings_and_cells[:half], headings_and_cells[half:]]
    return taken(made, Rows("Things", rows)).findings


FAULTS = [
    (("Name", "Code"), ("abcdef", "A"), "A2", "Name has 6 characters; 5 are allowed."),
    (("Name", "Code"), ("a", "b"), "B2", "Code begins with a capital."),
    (("Name", "Code", "Size"), ("a", "A", 10), "C2", "Size"),
    (("Name", "Code", "Tags"), ("a", "A", "one; three"), "C2", "Tags has 5 characters"),
    (("Name", "Code", "Lat"), ("a", "A", 5), "C2", "Lat"),
    (("Name", "Code", "Shape"), ("a", "A", "[1]"), "C2", "should be of type object"),
    (("Name", "Code", "Free: ab"), ("a", "A", "long"), "C2", "Free: ab has 4 characters"),
    (("Name", "Code", "Free: v.1"), ("a", "A", "long"), "C2", "Free: v.1 has 4 characters"),
    (("Name", "Code", "Free: 2024"), ("a", "A", "long"), "C2", "Free: 2024 has 4 characters"),
]


@pytest.mark.parametrize(("headings", "cells", "cell", "words"), FAULTS)
def test_a_faulty_value_is_reported_on_its_cell_in_words(made, headings, cells, cell, words):
    finding = only(findings(made, *headings, *cells))
    assert (finding.code, finding.place.cell) == ("schema", cell)
    assert words in finding.message
    assert finding.place.heading == headings["ABCDE".index(cell[0])]


def test_a_name_that_the_schema_refuses_is_reported_on_its_heading(made):
    finding = only(findings(made, "Name", "Code", "Free: long name", "a", "A", "x"))
    assert (finding.place.cell, finding.place.heading) == ("C2", "Free: long name")
    assert "has too long a name" in finding.message


def test_of_several_names_the_one_refused_is_reported_on_its_heading(made):
    headings = ("Name", "Code", "Free: ok", "Free: lo.ng")
    finding = only(findings(made, *headings, "a", "A", "x", "y"))
    assert (finding.place.cell, finding.place.heading) == ("D2", "Free: lo.ng")
    assert finding.message.startswith("Free: lo.ng has too long a name")


def test_every_fault_of_a_row_is_reported_once(made):
    """Two that are missing are two findings, not four."""
    found = findings(made, "Name", "Code", "Size", "Shape", "abcdef", "", 10, "{}")
    assert reported(found) == [
        ("schema", "A2"),
        ("missing", "B2"),
        ("schema", "C2"),
        ("missing", "D2"),
    ]


def test_what_could_not_be_read_is_not_missing_too(made):
    """However many other cells of the chunk are wrong."""
    rows = [["Name", "Code", "Level"], *([f"n{i}", "A", "middle"] for i in range(500))]
    found = taken(made, Rows("Things", rows)).findings
    assert len(found) == 500
    assert {f.code for f in found} == {"not_allowed"}


def test_a_required_value_without_a_column_is_reported_on_the_row(made):
    found = taken(made, Rows("Things", [["Name", "Level"], ["a", "low"], ["b", "low"]])).findings
    assert [(f.place.row, f.place.column) for f in found] == [(2, 0), (3, 0)]
    assert all("Code" in f.message for f in found)


def test_a_row_that_deletes_is_not_checked(made):
    assert findings(made, "Name", "Action", "a", "delete") == []


def test_a_faulty_row_is_not_sent_and_the_others_are(made):
    rows = [["Name", "Code"], ["a", "b"], ["c", "A"]]
    found = taken(made, Rows("Things", rows))
    assert [record.valid for record in found.registry.entities] == [False, True]


NAMES = TargetNames({"tags.name": frozenset({"PII", "Public"}), "free": frozenset({"known"})})


def test_a_name_that_the_target_does_not_have_is_reported_with_the_nearest(made):
    headings = ["Name", "Code", "Tags", "Free: knwon"]
    found = mapped(made, [headings, ["a", "A", "PIII; PII; x", "v"]])
    Checker(made, NAMES).check(found)
    assert [(f.place.cell, f.value, f.suggestion) for f in found.findings[:3]] == [
        ("C2", "PIII", "PII"),
        ("C2", "x", None),
        ("D2", "knwon", "known"),
    ]
    assert {f.code for f in found.findings[:3]} == {"unknown_name"}
    assert not found.entities[0].valid


@pytest.mark.parametrize(
    ("heading", "path", "name"),
    [
        ("Free: un.known", "free", "un.known"),
        ("Nope::X", "sets", "Nope"),
        ("DQ::Old", "sets.DQ", "Old"),
    ],
)
def test_of_several_names_the_unknown_one_is_reported_on_its_heading(made, heading, path, name):
    known = {"free": {"known"}, "sets": {"DQ"}, "sets.DQ": {"N"}}
    names = TargetNames({path: frozenset(words) for path, words in known.items()})
    found = mapped(made, [["Name", "Code", "Free: known", "DQ::N", heading], ["a", "A", *"vwx"]])
    Checker(made, names).check(found)
    finding = next(f for f in found.findings if f.code == "unknown_name")
    assert (finding.place.cell, finding.place.heading, finding.value) == ("E2", heading, name)
    assert finding.message.startswith(f"The target has no `{name}` for {heading}")


def test_an_unknown_set_is_reported_on_the_cell_that_is_filled(made):
    rows = [["Name", "Code", "Nope::X", "Nope::Y"], ["a", "A", "", "v"]]
    found = mapped(made, rows)
    Checker(made, TargetNames({"sets": frozenset({"DQ"})})).check(found)
    assert [f.place.cell for f in found.findings if f.code == "unknown_name"] == ["D2"]


def test_a_name_that_may_not_stand_on_such_an_entity_is_an_error_on_its_cell(made):
    """The target is asked once for each type and name."""
    asked = []

    def refuses(type_name, path, name):
        asked.append((path, name))
        return name == "PII"

    found = mapped(made, [["Name", "Code", "Tags"], ["a", "A", "PII"], ["b", "A", "PII"]])
    Checker(made, TargetNames(NAMES.by_path, refuses)).check(found)
    assert [(f.place.cell, f.value, f.code) for f in found.findings] == [
        ("C2", "PII", "not_allowed"),
        ("C3", "PII", "not_allowed"),
    ]
    assert found.findings[0].message == "The target has no `PII` under Tags on a thing."
    assert [entity.valid for entity in found.entities] == [False, False]
    assert asked == [("tags.name", "PII")]


def test_a_target_without_any_names_has_none(made):
    found = mapped(made, [["Name", "Code", "Tags"], ["a", "A", "PII"]])
    Checker(made, TargetNames({"tags.name": frozenset()})).check(found)
    assert found.findings[0].message == "The target has no `PII` for Tags. It has none."


def test_names_that_no_row_needs_are_not_asked_for(made):
    class Costly(dict):
        def __getitem__(self, path):
            raise AssertionError(path)

    found = mapped(made, [["Name", "Code"], ["a", "A"]])
    Checker(made, TargetNames(Costly(NAMES.by_path))).check(found)
    assert found.findings == []


def test_several_known_names_that_stand_as_one_show_the_separator(made):
    found = mapped(made, [["Name", "Code", "Tags"], ["a", "A", "PII, Public"]])
    Checker(made, NAMES).check(found)
    assert (found.findings[0].value, found.findings[0].suggestion) == ("PII, Public", "PII; Public")
    assert found.findings[0].message == (
        "The target has no `PII, Public` for Tags, but it has `PII`, `Public`: part them by ;, "
        "as in `PII; Public`."
    )


@pytest.mark.parametrize(
    ("node", "path", "names"),
    [
        ({"a": [{"b": "x"}, {"b": "y"}, {}]}, "a.b", ["x", "y"]),
        ({"a": {"x": 1, "y": 2}}, "a", ["x", "y"]),
        ({"a": "x"}, "a", ["x"]),
        ({}, "a.b", []),
        ({"a": 5}, "a.b", []),
    ],
)
def test_names_are_values_or_the_keys_of_an_object(node, path, names):
    assert list(names_at(node, path.split("."))) == names


def test_a_kind_without_rules_takes_everything(tmp_path):
    made = template(tmp_path, MAPPING, thing={"type": "object", "properties": {"name": TEXT}})
    assert findings(made, "Name", "Days", "a", "x; x") == []
