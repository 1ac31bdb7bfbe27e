"""Rows under headings: what they make, what stays untouched, and where a mistake is shown."""

from __future__ import annotations

import pytest

from importer.mapping import SheetMapper
from importer.model import CellFault, Severity
from importer.read import Chunk
from tests.mapping.build import (
    OPEN,
    TEXT,
    Entities,
    Rows,
    bound,
    mapped,
    only,
    resolved,
    taken,
    template,
    told,
)

THINGS = """
[kinds.group]
key = ["name"]
identities = ["code"]
[kinds.thing]
word = "thing"
type = "Thing"
key = ["name"]
constants = { "fixed.kind" = "x" }
[[sheets]]
name = "Things"
aliases = ["Stuff"]
ignored = ["Notes"]
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", aliases = ["Title"], path = "name", required = true },
  { heading = "Group", required = true },
  { heading = "Group code" },
  { heading = "Size", path = "size.width", type = "number", required = true },
  { heading = "Colour", path = "colour" },
  { heading = "Street" },
  { heading = "City" },
  { headings = ["Street", "City"], join = ", ", path = "address" },
  { heading = "Sheet", path = "sheet", default = "{sheet} of {file}" },
  { constant = ["a", "b"], path = "always" },
  { heading = "Property: *", aliases = ["[Free] *"], path = "free.*" },
  { heading = "*::*", path = "sets.*.*" },
  { heading = "GUID", type = "id" },
  { heading = "Action", type = "action" },
]
[[sheets.entities.references]]
path = "group"
to = ["group"]
by = ["Group code"]
via = "code"
parent = true
required = true
[[sheets.entities.references]]
path = "group"
to = ["group"]
by = ["Group"]
parent = true
required = true
"""
SIZE = {"type": "object", "properties": {"width": {"type": "number"}}}
THING = {"type": "object", "required": ["size"], "properties": {"name": TEXT, "size": SIZE}}
TOP = ["Name", "Group", "Size"]


@pytest.fixture
def things(tmp_path):
    return template(tmp_path, THINGS, group=OPEN, thing=THING)


def payload(things, headings, cells):
    found = mapped(things, [headings, cells])
    assert not told(found.findings), [f.message for f in found.findings]
    return found.entities[0].payload


FIXED = {"fixed": {"kind": "x"}, "always": ["a", "b"], "sheet": "Things of things.xlsx"}


def test_an_absent_column_is_not_in_the_payload_and_constants_always_are(things):
    assert payload(things, TOP, ["a", "g", 5.0]) == {"name": "a", "size": {"width": 5}, **FIXED}


def test_a_row_shorter_than_the_headings_is_blank_at_its_end(things):
    assert "colour" not in payload(things, [*TOP, "Colour"], ["a", "g", 1])


def test_a_default_names_its_sheet_and_file_and_a_filled_cell_wins(things):
    assert payload(things, [*TOP, "Sheet"], ["a", "g", 1, ""])["sheet"] == FIXED["sheet"]
    assert payload(things, [*TOP, "Sheet"], ["a", "g", 1, "own"])["sheet"] == "own"


def test_constants_and_defaults_are_not_shared_between_entities(things):
    one, two = mapped(things, [TOP, ["a", "g", 1], ["b", "g", 1]]).entities
    one.payload["always"].append("c")
    one.payload["fixed"]["kind"] = "y"
    assert two.payload["always"] == ["a", "b"]
    assert two.payload["fixed"] == {"kind": "x"}


@pytest.mark.parametrize(
    ("street", "city", "address"),
    [("Main St 1", "Bonn", "Main St 1, Bonn"), ("", "Bonn", "Bonn"), (5.0, " ", "5")],
)
def test_joined_columns_are_one_value_of_those_that_are_filled(things, street, city, address):
    headings = [*TOP, "City", "Street"]
    assert payload(things, headings, ["a", "g", 1, city, street])["address"] == address


def test_joined_columns_that_are_all_blank_are_left_alone(things):
    assert "address" not in payload(things, [*TOP, "Street"], ["a", "g", 1, ""])


@pytest.mark.parametrize(
    ("heading", "path", "place"),
    [
        ("Property: Cost centre", ("free", "Cost centre"), None),
        ("property:Cost centre", ("free", "Cost centre"), None),
        ("[Free] Cost", ("free", "Cost"), None),
        ("Property: v1.2", ("free", "v1.2"), None),
        ("Property: 2024", ("free", "2024"), None),
        ("Quality::Score", ("sets", "Quality", "Score"), None),
        ("A.B::C.D", ("sets", "A.B", "C.D"), None),
    ],
)
def test_a_wildcard_heading_fills_the_path_with_its_own_words(things, heading, path, place):
    found = payload(things, [*TOP, heading], ["a", "g", 1, "v"])
    for step in path:
        found = found[step]
    assert found == "v"


def test_a_full_stop_in_a_wildcard_heading_keeps_its_heading_and_can_be_cleared(things):
    """`Property: v1.2` is one name: its value, its clearing and its findings stay under it."""
    headings = [*TOP, "Property: other", "Property: v1.2"]
    sheet = bound(things, [headings])
    entity = mapped(things, [headings, ["a", "g", 1, "x", "<clear>"]]).entities[0]
    origin = sheet.entities[0].origin
    assert [origin(path) for path in entity.clears] == [(5, "Property: v1.2")]


def test_a_wildcard_heading_without_a_name_is_unknown(things):
    finding = only(mapped(things, [[*TOP, "Property: "], ["a", "g", 1, "v"]]).findings)
    assert (finding.code, finding.value) == ("unknown_heading", "Property:")


@pytest.mark.parametrize(
    "headings",
    [
        ["name", "GROUP", "size"],
        ["Name *", "Group*", "Si_ze"],
        ["Title", "Group", "Size"],
        [" Name ", "Group", "Size"],
        ["Na-me", "Group", "S i z e"],
    ],
)
def test_headings_match_without_case_blanks_and_marks(things, headings):
    assert payload(things, headings, ["a", "g", 1])["name"] == "a"


@pytest.mark.parametrize(
    ("heading", "suggestion"),
    [("Colur", "Colour"), ("colours", "Colour"), ("Weather", None), (2024, None)],
)
def test_an_unknown_heading_is_a_warning_that_names_the_nearest(things, heading, suggestion):
    found = mapped(things, [[*TOP, heading], ["a", "g", 1, "x"]])
    finding = only(found.findings)
    assert finding.code == "unknown_heading"
    assert finding.severity is Severity.WARNING
    assert (finding.place.cell, finding.suggestion) == ("D1", suggestion)
    assert found.entities[0].valid


def test_headings_that_are_known_to_be_no_data_are_silent(things):
    """The template's ignored headings, those of our own reports, and blank ones."""
    headings = [*TOP, "Notes", "import_status", "Import message", "", "import_id"]
    found = mapped(things, [headings, ["a", "g", 1, "n", "created", "ok", "", "id-1"]])
    assert found.findings == []
    assert (found.entities[0].id, found.entities[0].hint) == ("id-1", True)


@pytest.mark.parametrize(
    "twice", [("Name", "Title"), ("Colour", "COLOUR *"), ("Property: A", "Property: A")]
)
def test_a_duplicate_heading_names_both_places_and_sends_nothing(things, twice):
    headings = [*dict.fromkeys([*TOP, twice[0]]), twice[1]]
    cells = ["a", "g", 1, "x", "y"][: len(headings)]
    found = mapped(things, [headings, cells])
    finding = only(found.findings)
    first, second = ("ABCDEFG"[headings.index(twice[0])], "ABCDEFG"[len(headings) - 1])
    assert finding.code == "duplicate_heading"
    assert f"{first}1" in finding.message
    assert f"{second}1" in finding.message
    assert finding.place.cell == f"{second}1"
    assert found.invalid == {2}
    assert not found.entities[0].valid


def test_the_header_need_not_be_in_row_1(things):
    """A title above the table, and blank rows, move nothing: row numbers are the sheet's own."""
    rows = [["All our things"], [], ["", "Name", "Group", "Size"], ["", "a", "g", "many"]]
    sheet = bound(things, rows)
    found = mapped(things, rows)
    assert sheet.header.row == 3
    assert only(found.findings).place.cell == "D4"


def test_a_word_of_the_title_that_is_a_heading_too_does_not_win(things):
    rows = [["Name", "of all things"], ["Name", "Group", "Size"], ["a", "g", 1]]
    assert bound(things, rows).header.row == 2


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


@pytest.mark.parametrize("blank", ["", " ", "\xa0"])
@pytest.mark.parametrize(("column", "cell"), [(0, "A2"), (1, "B2"), (2, "C2")])
def test_a_required_value_is_missed_at_its_blank_cell_once(things, blank, column, cell):
    row = ["a", "g", 1]
    row[column] = blank
    found = taken(things, Rows("Things", [[*TOP, "Colour"], [*row, "red"]]))
    assert told(found.findings) == [("missing", cell)]


def test_a_required_key_that_is_to_be_cleared_is_missing(things):
    found = mapped(things, [TOP, ["<clear>", "g", 1]])
    assert told(found.findings) == [("missing", "A2")]
    assert found.invalid == {2}


@pytest.mark.parametrize(
    ("headings", "missed"),
    [(["Group", "Size"], "Name"), (["Name", "Size"], "Group"), (["Name", "Group"], "Size")],
)
def test_a_required_heading_that_is_not_there_is_missed_on_every_row(things, headings, missed):
    rows = [headings, ["x", "1"], ["y", "2"]]
    found = taken(things, Rows("Things", rows), sink=(sink := Entities()))
    missing = [f for f in found.findings if f.code == "missing"]
    assert [f.place.row for f in missing] == [2, 3]
    assert all(missed in f.message for f in missing)
    assert not any(entity.valid for entity in sink.kept)


def test_one_of_two_ways_to_name_a_required_reference_is_enough(things):
    headings = [*TOP, "Group code"]
    found = mapped(things, [headings, ["a", "", 1, "G-1"], ["b", "g", 1, ""], ["c", "", 1, ""]])
    assert told(found.findings) == [("missing", "B4")]
    assert [(r.rule.by, t[0].steps) for e in found.entities[:2] for r, t in e.references] == [
        (("Group code",), ("G-1",)),
        (("Group",), ("g",)),
    ]


def test_the_first_filled_way_to_name_a_reference_counts(things):
    entity = mapped(things, [[*TOP, "Group code"], ["a", "g", 1, "G-1"]]).entities[0]
    assert [texts[0].steps for _, texts in entity.references] == [("G-1",)]


def test_the_other_heading_may_be_absent_where_one_way_suffices(things):
    found = mapped(things, [["Name", "Group code", "Size"], ["a", "G-1", 1]])
    assert found.findings == []


def test_an_error_cell_under_a_reference_is_a_finding_on_that_cell(things):
    """It is not taken for a blank one."""
    fault = CellFault("error_cell", "#N/A")
    found = mapped(things, [[*TOP, "Group code"], ["a", fault, 1, "G"], ["b", "g", 1, fault]])
    assert told(found.findings) == [("error_cell", "B2"), ("error_cell", "D3")]
    assert {(f.value, f.place.heading) for f in found.findings} == {
        ("#N/A", "Group"),
        ("#N/A", "Group code"),
    }


def test_every_faulty_cell_of_a_row_is_told(things):
    found = mapped(things, [[*TOP, "Action"], ["", "", "many", "delte"]])
    assert told(found.findings) == [
        ("missing", "A2"),
        ("missing", "B2"),
        ("not_a_number", "C2"),
        ("not_allowed", "D2"),
    ]
    assert next(f for f in found.findings if f.code == "not_allowed").suggestion == "delete"


@pytest.mark.parametrize("word", ["delete", " Delete ", "DELETE"])
def test_a_row_that_deletes_needs_its_identity_only(things, word):
    found = taken(things, Rows("Things", [[*TOP, "Action"], ["a", "g", "", word]]), sink=Entities())
    assert found.findings == []
    record = found.registry.entities[0]
    assert (record.delete, record.valid, record.labels) == (True, True, ("a",))


def test_a_row_that_deletes_by_id_needs_nothing_else(things):
    rows = [[*TOP, "Action", "GUID"], ["", "", "", "delete", "g-1"]]
    found = taken(things, Rows("Things", rows))
    assert found.findings == []
    assert (found.registry.entities[0].id, found.registry.entities[0].delete) == ("g-1", True)


def test_an_id_of_an_earlier_report_does_not_spare_a_deleting_row_its_name(things):
    rows = [[*TOP, "Action", "import_id"], ["", "g", "", "delete", "g-1"]]
    assert told(taken(things, Rows("Things", rows)).findings) == [("missing", "A2")]


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
    assert (entity.id, entity.hint, told(found.findings)) == expected
    assert entity.valid == (not found.findings)


def test_a_schema_finding_stands_on_the_cell_its_value_came_from(tmp_path):
    """Also where several columns are faulty; each is told once."""
    numbers = {"type": "number", "maximum": 9, "x-says": "is at most 9."}
    free = {"type": "object", "additionalProperties": numbers}
    node = {"type": "object", "properties": {"name": TEXT, "free": free, "width": numbers}}
    made = template(
        tmp_path,
        """
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", path = "name" },
  { heading = "Width", path = "width", type = "number" },
  { heading = "P: *", path = "free.*", type = "number" },
]
""",
        thing=node,
    )
    rows = [["Name", "P: a", "P: 2024", "P: v1.2", "Width"], ["a", 1, 10, 11, 12]]
    found = resolved(made, Rows("Things", rows)).findings
    assert sorted((f.place.cell, f.place.heading, f.message) for f in found) == [
        ("C2", "P: 2024", "P: 2024 is at most 9."),
        ("D2", "P: v1.2", "P: v1.2 is at most 9."),
        ("E2", "Width", "Width is at most 9."),
    ]


def test_a_cell_beyond_the_headings_of_a_text_file_keeps_its_row_back(things):
    """An unquoted separator has moved the cells before it: what they say is not to be trusted."""
    rows = [["Name", "Group", "Size"], ["a", "g", 1, "stray"], ["b", "g", 1, ""], ["c", "g", 1]]
    sheet = bound(things, rows)
    sheet.records = True
    found = SheetMapper(sheet).map(Chunk(2, rows[1:]))
    assert told(found.findings) == [("beyond_headings", "D2")]
    assert found.invalid == {2}


def test_a_cell_beyond_the_headings_is_an_error_beside_an_earlier_report_too(things):
    """The report stands beyond the stray cell; the row is still not what it seems."""
    rows = [["Name", "Group", "Size", "", "import_status"], ["a", "g", 1, "stray", "invalid"]]
    sheet = bound(things, rows)
    sheet.records = True
    found = SheetMapper(sheet).map(Chunk(2, rows[1:]))
    assert told(found.findings) == [("beyond_headings", "D2")]


def test_a_filled_column_without_a_heading_is_told_once(things):
    """Notes beside a table are common; their rows are imported, and nobody is left to wonder."""
    rows = [["Name", "", "Group", "Size"], ["a", "", "g", 1, "x"], ["b", "y", "g", 1, "z"]]
    found = mapped(things, rows)
    assert told(found.findings) == [("no_heading", "E2"), ("no_heading", "B3")]
    assert {finding.severity for finding in found.findings} == {Severity.WARNING}
    assert found.invalid == set()


def test_a_reference_that_is_begun_is_missing_at_the_cell_left_blank(tmp_path):
    """Not at one that is filled; where nothing is begun every way is named."""
    ways = THINGS.replace('by = ["Group"]', 'by = ["Group", "Street"]').replace(
        'heading = "Group", required = true', 'heading = "Group"'
    )
    made = template(tmp_path / "ways", ways, group=OPEN, thing=OPEN)
    rows = [["Name", "Size", "Group", "Street", "Group code"]]
    rows += [["a", 1, "g", "", ""], ["b", 1, "", "s", ""], ["c", 1, "", "", ""]]
    found = mapped(made, rows)
    assert told(found.findings) == [("missing", "D2"), ("missing", "C3"), ("missing", "E4")]
    assert found.findings[2].message == "Group code or Group is required and blank."
