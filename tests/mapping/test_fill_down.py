"""Merged cells and carried columns have their values from above."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.mapping import SheetMapper
from importer.mapping.fill_down import CarriedColumns, MergedColumn
from importer.model import Severity
from importer.read import Chunk
from importer.spreadsheet import MergedRange
from importer.template import find
from tests.mapping.build import OPEN, bound, mapped, reported, template

ROOMS = """
[kinds.building]
key = ["name"]
[kinds.room]
key = ["name"]
[[sheets]]
name = "Rooms"
[[sheets.entities]]
kind = "building"
creates = true
columns = [{ heading = "Building", path = "name", CARRY required = true }]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Floor", CARRY path = "floor" },
  { heading = "Room", path = "name", required = true },
  { heading = "Type", path = "type", values = { lab = "LAB", office = "OFFICE" } },
  { heading = "Note", path = "note" },
  { heading = "Tags", path = "tags", type = "list" },
]
references = [
  { path = "parent", to = ["building"], by = ["Building"], parent = true, required = true },
]
"""
SCHEMAS = {"building": OPEN, "room": OPEN}
HEADINGS = ["Building", "Floor", "Room", "Type", "Note", "Tags"]


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    return template(tmp_path_factory.mktemp("rooms"), ROOMS.replace("CARRY", ""), **SCHEMAS)


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    text = ROOMS.replace("CARRY", 'carry = "down",')
    return template(tmp_path_factory.mktemp("carried"), text, **SCHEMAS)


def read(made, rows, *merged, size=500):
    """The rooms and findings of rows below the headings, read in chunks of a size."""
    mapper = SheetMapper(bound(made, [HEADINGS, *rows], "Rooms"), merged)
    entities, findings = [], []
    for at in range(0, len(rows), size):
        chunk = mapper.map(Chunk(at + 2, [list(row) for row in rows[at : at + size]]))
        entities += [e for e in chunk.entities if e.kind == "room"]
        findings += chunk.findings
    return entities, [*findings, *mapper.findings()]


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_parent_merged_over_rows_is_that_of_each_row(rooms, size):
    rows = [["N", "1", "a"], ["", "1", "b"], ["", "1", "c"], ["S", "1", "d"]]
    found, findings = read(rooms, rows, MergedRange(2, 1, 4, 1), size=size)
    assert [e.references for e in found[:3]] == [found[0].references] * 3
    assert found[3].references != found[0].references
    assert reported(findings) == []
    assert [(f.severity, f.place.cell) for f in findings] == [(Severity.INFO, "A2")]


def test_a_choice_merged_over_rows_is_that_of_each_row(rooms):
    rows = [["N", "1", "a", "Lab"], ["N", "1", "b", ""], ["N", "1", "c", "office"]]
    found, _ = read(rooms, rows, MergedRange(2, 4, 3, 4))
    assert [e.payload.get("type") for e in found] == ["LAB", "LAB", "OFFICE"]


def test_a_text_merged_over_rows_counts_for_the_first_and_is_named(rooms):
    rows = [["N", "1", "a", "", "x", "t"], ["N", "1", "b"], ["N", "1", "c", "", "y"]]
    rows.append(["N", "1", "d"])
    merged = [MergedRange(2, 5, 3, 5), MergedRange(4, 5, 9, 5), MergedRange(2, 6, 3, 6)]
    found, findings = read(rooms, rows, *merged)
    assert [e.payload.get("note") for e in found] == ["x", None, "y", None]
    assert reported(findings) == [("merged_cells", "E2"), ("merged_cells", "F2")]
    assert findings[0].message.startswith("E2:E3, E4:E9 are merged over several rows")


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_cell_merged_with_blank_rows_below_the_list_is_not_mentioned(rooms, size):
    rows = [["N", "1", "a", "", "x"], [], ["N", "1", "b", "", "y"], [], []]
    merged = [MergedRange(2, 5, 3, 5), MergedRange(4, 5, 6, 5), MergedRange(4, 1, 6, 1)]
    assert read(rooms, rows, *merged, size=size)[1] == []


def test_what_is_said_of_a_parent_is_filled_down_with_its_name(tmp_path):
    text = ROOMS.replace("CARRY", "").replace(
        'columns = [{ heading = "Building"',
        'columns = [{ heading = "Note", path = "zone" }, { heading = "Building"',
    )
    made = template(tmp_path / "t", text, **SCHEMAS)
    rows = [["N", "1", "a", "", "CET"], ["", "1", "b"]]
    mapper = SheetMapper(
        bound(made, [HEADINGS, *rows], "Rooms"), [MergedRange(2, 1, 3, 1), MergedRange(2, 5, 3, 5)]
    )
    chunk = mapper.map(Chunk(2, [[*row, ""][:5] for row in rows]))
    zones = [e.payload.get("zone") for e in chunk.entities if e.kind == "building"]
    assert zones == ["CET", "CET"]
    assert {f.severity for f in mapper.findings()} == {Severity.INFO}


def test_a_column_that_carries_merged_cells_is_filled_where_they_are_merged_only(tmp_path):
    text = ROOMS.replace("CARRY", "").replace(
        '{ heading = "Note",', '{ heading = "Note", carry = "merged",'
    )
    made = template(tmp_path / "t", text, **SCHEMAS)
    rows = [["N", "1", "a", "", "x"], ["N", "1", "b"], ["N", "1", "c"]]
    found, findings = read(made, rows, MergedRange(2, 5, 3, 5))
    assert [e.payload.get("note") for e in found] == ["x", "x", None]
    assert reported(findings) == []


def test_a_merged_space_type_counts_for_each_row_in_both_shipped_templates():
    for name, sheet in (("room-list", "Rooms"), ("trebellar-portfolio", "Spaces")):
        made = find(name)
        rows = [["Building", "Floor", "Room", "Space type"], ["N", "1", "a", "lab"]]
        rows += [["N", "1", "b", ""]]
        if sheet == "Spaces":
            rows[0][2] = "Space"
        mapper = SheetMapper(bound(made, rows, sheet), [MergedRange(2, 4, 3, 4)])
        chunk = mapper.map(Chunk(2, rows[1:]))
        types = [e.payload["staticProperties"] for e in chunk.entities if e.kind == "space"]
        assert [each.get("spaceType") for each in types] == ["lab", "lab"]


def test_ranges_over_columns_are_named_from_top_to_bottom(rooms):
    rows = [["N", "", "a"], ["N", "", "b"], ["N", "1", "c", ""]]
    findings = read(rooms, rows, MergedRange(4, 3, 4, 4), MergedRange(2, 1, 3, 2))[1]
    found = next(f for f in findings if "several columns" in f.message)
    assert found.message.startswith("A2:B3, C4:D4 are merged")
    assert found.place.cell == "A2"


def test_blank_rows_below_a_merged_cell_stay_blank(rooms):
    found, findings = read(rooms, [["N", "1", "a"], [], []], MergedRange(2, 1, 4, 1))
    assert len(found) == 1
    assert reported(findings) == []


def test_a_merged_cell_without_a_value_is_not_mentioned(rooms):
    rows = [["N", "1", "a"], ["N", "1", "b"]]
    assert read(rooms, rows, MergedRange(2, 5, 3, 5))[1] == []


def test_a_range_whose_first_row_was_blank_does_not_take_an_earlier_value(rooms):
    """Its first row ends a chunk, where blank rows are cut off."""
    rows = [["N", "1", "a"], ["", "1", "b"], [], ["", "1", "c"]]
    merged = [MergedRange(2, 1, 3, 1), MergedRange(4, 1, 5, 1)]
    found, findings = read(rooms, rows, *merged, size=3)
    assert len({str(e.references) for e in found[:2]}) == 1
    assert ("missing", "A5") in reported(findings)


def test_a_merged_title_or_heading_fills_nothing(rooms):
    rows = [["N", "1", "a"], ["", "1", "b"]]
    found, findings = read(rooms, rows, MergedRange(1, 1, 3, 1), MergedRange(1, 2, 1, 4))
    assert reported(findings) == [("missing", "A3")]
    assert len(found) == 2


def test_cells_merged_over_columns_count_for_the_first_and_are_named(rooms):
    findings = read(rooms, [["N", "", "a"]], MergedRange(2, 1, 2, 2))[1]
    assert reported(findings) == [("merged_cells", "A2")]
    assert "A2:B2 is merged over several columns" in findings[0].message


@pytest.mark.parametrize("size", [1, 2, 500])
def test_a_carried_column_has_the_value_above(carried, size):
    rows = [["N", "1", "a"], ["", "", "b"], ["", "2", "c"], [], ["", "", "d"]]
    found, findings = read(carried, rows, size=size)
    assert [e.payload.get("floor") for e in found] == ["1", "1", "2", "2"]
    assert len({str(e.references) for e in found}) == 1
    assert findings == []


def test_a_new_parent_ends_what_is_carried_right_of_it(carried):
    rows = [["N", "1", "a"], ["S", "", "b"], ["", "3", "c"], ["S", "", "d"]]
    found, _ = read(carried, rows)
    assert [e.payload.get("floor") for e in found] == ["1", None, "3", "3"]


def test_blank_parents_without_merging_stay_a_finding(rooms):
    assert reported(mapped(rooms, [HEADINGS, ["N", "1", "a"], ["", "1", "b"]], "Rooms").findings)


TABLE = st.lists(st.sampled_from(["", "", "a", "b"]), min_size=1, max_size=12)


@settings(max_examples=80)
@given(column=TABLE, size=st.integers(1, 12))
def test_however_the_rows_are_cut_into_chunks_they_are_filled_alike(column, size):
    whole = [list(column)]
    CarriedColumns([0]).fill(whole, len(column))
    carried, cut = CarriedColumns([0]), []
    for at in range(0, len(column), size):
        piece = [column[at : at + size]]
        carried.fill(piece, len(piece[0]))
        cut += piece[0]
    assert cut == whole[0]
    merged, ranges, parts = [list(column)], [MergedRange(1, 1, len(column), 1)], []
    MergedColumn(0, ranges, fills=True).fill(merged, range(1, len(column) + 1))
    one = MergedColumn(0, ranges, fills=True)
    for at in range(0, len(column), size):
        piece = [column[at : at + size]]
        one.fill(piece, range(at + 1, at + 1 + len(piece[0])))
        parts += piece[0]
    assert parts == merged[0]


def test_a_merged_column_is_searched_not_walked_for_each_chunk():
    """Ten thousand ranges and as many chunks: only the ranges of a chunk are looked at."""

    class Counted(list):
        visited = 0

        def __getitem__(self, at):
            if isinstance(at, slice):
                found = list.__getitem__(self, at)
                Counted.visited += len(found)
                return found
            return list.__getitem__(self, at)

    ranges = Counted(MergedRange(row, 1, row + 1, 1) for row in range(2, 20_002, 2))
    column = MergedColumn(0, ranges, fills=True)
    for row in range(2, 20_002, 2):
        column.fill([["x", ""]], [row, row + 1])
    assert Counted.visited == 10_000


REFERRING = """
[kinds.group]
key = ["name"]
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
columns = [{ heading = "Name", path = "name", required = true }, { heading = "Group" }]
references = [{ path = "group", to = ["group"], by = ["Group"], parent = true, required = true }]
"""


def test_a_parent_that_the_sheet_does_not_make_is_filled_down_too(tmp_path):
    made = template(tmp_path / "t", REFERRING, group=OPEN, thing=OPEN)
    rows = [["Name", "Group"], ["a", "G"], ["b", ""]]
    mapper = SheetMapper(bound(made, rows), [MergedRange(2, 2, 3, 2)])
    found = mapper.map(Chunk(2, rows[1:]))
    assert reported(found.findings) == []
    assert len({str(entity.references) for entity in found.entities}) == 1
