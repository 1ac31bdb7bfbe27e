"""What holds for every table of cells: each row is counted once, each finding has a true place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.mapping import SheetMapper
from importer.model import CellFault, Severity
from importer.read import Chunk
from tests.mapping.build import FILE, OPEN, TEXT, Entities, Rows, bound, taken, template

MAPPING = """
[kinds.thing]
key = ["name"]
[kinds.link]
key = ["url"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Size", path = "size", type = "number" },
  { heading = "When", path = "when", type = "date" },
  { heading = "Done", path = "done", type = "boolean" },
  { heading = "Tags", path = "tags", type = "list" },
  { heading = "Level", path = "level" },
  { heading = "Links" },
  { heading = "Free: *", path = "free.*" },
  { heading = "GUID", type = "id" },
  { heading = "Action", type = "action" },
]
[[sheets.entities]]
kind = "link"
each = { heading = "Links" }
columns = [{ part = "", path = "url", type = "url" }]
"""
THING = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 3},
        "level": {"enum": ["low", "high"]},
        "tags": {"type": "array", "items": TEXT, "maxItems": 1},
    },
}
HEADINGS = ["Name", "Size", "When", "Done", "Tags", "Level", "Links", "Free: a.b", "GUID", "Action"]
OWN = ["import_id", "Weather"]
CELL = st.one_of(
    st.just(""),
    st.just(""),
    st.sampled_from(
        [" ", "\xa0", "a", "b", "abcdef", "1", "2.5", "yes", "low", "Hihg", "a; b", "<clear>"]
    ),
    st.sampled_from(["delete", "2026-01-31", "https://x.org", "NA", 'a"b']),
    st.sampled_from([0, 1, 2.5, True, False, dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 8)]),
    st.sampled_from([CellFault("error_cell", "#N/A"), CellFault("long_number", "1E+20")]),
    st.text(max_size=3),
)
TABLES = st.lists(st.lists(CELL, max_size=len(HEADINGS) + len(OWN)), max_size=6)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return template(tmp_path_factory.mktemp("things"), MAPPING, thing=THING, link=OPEN)


def read(made, table):
    sink = Entities()
    intake = taken(made, Rows("Things", [[*HEADINGS, *OWN], *table]), sink=sink)
    findings = [f for f in intake.findings if f.code not in ("unknown_heading", "no_rows")]
    return sink, findings


def filled(row):
    cells = row[: len(HEADINGS)]
    return any(not isinstance(cell, str) or cell.strip() for cell in cells)


@settings(max_examples=200)
@given(TABLES)
def test_every_row_that_is_not_blank_is_counted_once(made, table):
    sink, _ = read(made, table)
    assert sink.counted == [(0, row) for row, line in enumerate(table, 2) if filled(line)]


@settings(max_examples=200)
@given(TABLES)
def test_every_counted_row_has_a_right_entity_or_a_finding_and_no_finding_is_misplaced(made, table):
    sink, findings = read(made, table)
    told = {finding.place.row for finding in findings if finding.severity is Severity.ERROR}
    right = {entity.row for entity in sink.kept if entity.valid}
    assert told | right == {row for _, row in sink.counted}
    assert not told & right
    for finding in findings:
        place = finding.place
        assert (place.sheet, place.file) == ("Things", FILE)
        assert place.heading == [*HEADINGS, *OWN][place.column - 1]
        line = [*table[place.row - 2], *[""] * len(HEADINGS)]
        assert finding.code == "missing" or filled([line[place.column - 1]])


@settings(max_examples=150)
@given(TABLES, st.data())
def test_permuting_the_rows_permutes_entities_and_findings_and_changes_nothing_else(
    made, table, data
):
    order = data.draw(st.permutations(range(len(table))))
    assert by_row(made, table, range(len(table))) == by_row(made, table, order)


def by_row(made, table, order):
    sink, findings = read(made, [table[i] for i in order])
    facts = {i: [] for i in order}
    for entity in sink.kept:
        facts[order[entity.row - 2]].append(
            (entity.labels, entity.payload, entity.clears, entity.id, entity.delete, entity.valid)
        )
    for finding in findings:
        place = (finding.code, finding.place.column, finding.message, finding.value)
        facts[order[finding.place.row - 2]].append(place)
    return facts


@settings(max_examples=100)
@given(TABLES, st.integers(1, 4))
def test_where_the_chunks_end_changes_nothing(made, table, size):
    sheet = bound(made, [[*HEADINGS, *OWN]])
    whole = SheetMapper(sheet).map(Chunk(2, table))
    mapper = SheetMapper(sheet)
    pieces = [mapper.map(Chunk(2 + i, table[i : i + size])) for i in range(0, len(table), size)]
    assert [row for piece in pieces for row in piece.rows] == whole.rows
    told = [finding for piece in pieces for finding in piece.findings]
    assert sorted(told, key=str) == sorted(whole.findings, key=str)
    stated = [(e.row, e.labels, e.payload, e.valid) for piece in pieces for e in piece.entities]
    wanted = [(e.row, e.labels, e.payload, e.valid) for e in whole.entities]
    assert sorted(stated, key=str) == sorted(wanted, key=str)
