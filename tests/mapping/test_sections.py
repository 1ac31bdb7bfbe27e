"""A section's text is a value of the rows below it."""

from __future__ import annotations

import pytest

from importer.finding_codes import FindingCode
from importer.mapping import SheetMapper
from importer.model import CellFault, Severity
from importer.read import Chunk
from importer.spreadsheet import MergedRange
from tests.mapping.build import OPEN, bound, mapped, reported, template

ROOMS = """
[kinds.room]
key = ["name"]
[[sheets]]
name = "Rooms"
ignored = ["Use"]
HEADER
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Floor", carry = "section", MORE path = "floor", required = true },
  { heading = "Room", LETTER path = "name", required = true },
  { heading = "Seats", SEATS path = "seats", carry = "down" },
]
"""
HEADINGS = ["Room", "Seats", "Use"]
ROWS = [["First"], ["a", 4], ["b", "", "x"], [], ["Second"], ["c", "", "x"], ["d", 2]]


def made_in(folder, more="", header="", letter=""):
    text = ROOMS.replace("MORE", more).replace("HEADER", header).replace("LETTER", letter)
    text = text.replace("SEATS", letter.replace("B", "C"))
    return template(folder / "t", text, room=OPEN)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    return made_in(tmp_path_factory.mktemp("rooms"))


def read(made, rows, *merged, headings=HEADINGS, size=500):
    """The payloads, rows left out and findings of rows below the headings, read in chunks."""
    mapper = SheetMapper(bound(made, [headings, *rows], "Rooms"), merged)
    payloads, skipped, findings = [], [], []
    for at in range(0, len(rows), size):
        chunk = mapper.map(Chunk(at + 2, [list(row) for row in rows[at : at + size]]))
        payloads += [entity.payload for entity in chunk.entities]
        skipped += chunk.skipped
        findings += chunk.findings
    return payloads, skipped, [*findings, *mapper.findings()]


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_rows_have_the_text_of_the_section_above_in_a_column_the_sheet_has_not(rooms, size):
    payloads, skipped, findings = read(rooms, ROWS, size=size)
    assert [p["floor"] for p in payloads] == ["First", "First", "Second", "Second"]
    assert skipped == [2, 6]
    assert [(f.severity, f.message) for f in findings] == [
        (
            Severity.INFO,
            "Rows 2 and 6 are sections: their texts (`First`, `Second`) are the Floor of the "
            "rows below.",
        )
    ]


@pytest.mark.parametrize("size", [1, 500])
def test_a_section_ends_what_is_carried_down(rooms, size):
    payloads, _, _ = read(rooms, ROWS, size=size)
    assert [p.get("seats") for p in payloads] == ["4", "4", None, "2"]


def test_rows_above_the_first_section_lack_its_text_and_say_so(rooms):
    findings = read(rooms, [["a", 4], *ROWS])[2]
    assert [(f.code, f.place.row, f.place.cell, f.place.heading) for f in findings[:1]] == [
        ("missing", 2, None, "Floor")
    ]


def test_a_column_of_the_sheet_has_its_own_cells_where_they_are_filled(rooms):
    rows = [["", "", "First"], ["a", 4, ""], ["b", 1, "Attic"], ["c", 1, ""]]
    payloads, skipped, _ = read(rooms, rows, headings=["Room", "Seats", "Floor"])
    assert [p["floor"] for p in payloads] == ["First", "Attic", "First"]
    assert skipped == [2]


def test_with_a_letter_only_that_column_holds_sections(tmp_path):
    made = made_in(tmp_path, 'letter = "B",')
    payloads, skipped, _ = read(made, [["", "First"], ["a", 4], ["b"]])
    assert [(p["name"], p["floor"]) for p in payloads] == [("a", "First"), ("b", "First")]
    assert skipped == [2]


def test_a_text_that_does_not_fit_extract_is_no_section(tmp_path):
    made = made_in(tmp_path, 'extract = "Floor (.*)",')
    payloads, skipped, _ = read(made, [["Floor 1"], ["a", 4], ["b"]])
    assert [(p["name"], p["floor"]) for p in payloads] == [("a", "1"), ("b", "1")]
    assert skipped == [2]


def test_a_sheet_without_headings_has_sections_too(tmp_path):
    made = made_in(tmp_path, 'letter = "A",', "header_row = 0", 'letter = "B",')
    rows = [["First", ""], ["", "a"], ["", "b"]]
    found = SheetMapper(bound(made, rows, "Rooms")).map(Chunk(1, rows))
    assert [e.payload for e in found.entities] == [
        {"floor": "First", "name": "a"},
        {"floor": "First", "name": "b"},
    ]
    assert found.skipped == [1]


def test_cells_beyond_the_headings_are_still_named(rooms):
    found = mapped(rooms, [HEADINGS, ["First"], ["a", 4, "", "stray"]], "Rooms")
    assert ("no_heading", "D3") in reported(found.findings)
    assert found.entities[0].payload["floor"] == "First"


def test_what_an_earlier_report_wrote_beside_a_section_does_not_count(rooms):
    headings = [*HEADINGS, "import_status"]
    rows = [["First", "", "", "skipped"], ["a", 4, "", "created"]]
    payloads, skipped, _ = read(rooms, rows, headings=headings)
    assert [p["floor"] for p in payloads] == ["First"]
    assert skipped == [2]


def test_a_section_merged_over_the_columns_is_not_mentioned(rooms):
    findings = read(rooms, ROWS, MergedRange(2, 1, 2, 2), MergedRange(6, 1, 6, 2))[2]
    assert [f.code for f in findings] == ["left_out_rows"]


def test_an_error_cell_is_no_section(rooms):
    fault = CellFault(FindingCode.ERROR_CELL, "#N/A")
    findings = read(rooms, [["First"], [fault, ""], ["a", 4]])[2]
    assert Severity.ERROR in {f.severity for f in findings}


def test_sections_of_two_columns_stand_in_each_other(tmp_path):
    block = '{ heading = "Block", carry = "section", extract = "Block (.*)", path = "block" },'
    text = ROOMS.replace("columns = [", f"columns = [{block}").replace(", required = true", "")
    text = text.replace("MORE", 'extract = "Floor (.*)",').replace("HEADER", "")
    made = template(tmp_path / "t", text.replace("LETTER", "").replace("SEATS", ""), room=OPEN)
    rows = [["Block N"], ["Floor 1"], ["a", 1], ["Block S"], ["b", 1], ["Floor 2"], ["c", 1]]
    payloads, _, _ = read(made, rows)
    assert [(p["block"], p.get("floor")) for p in payloads] == [("N", "1"), ("S", None), ("S", "2")]


def test_a_row_that_is_a_section_of_two_columns_counts_once(tmp_path):
    block = '{ heading = "Block", carry = "section", extract = "(.*)", path = "block" },'
    text = ROOMS.replace("columns = [", f"columns = [{block}")
    text = text.replace("MORE", 'extract = "Floor (.*)",').replace("HEADER", "")
    made = template(tmp_path / "t", text.replace("LETTER", "").replace("SEATS", ""), room=OPEN)
    findings = read(made, [["Floor 1"], ["a", 1], ["Floor 2"], ["b", 1], ["Floor 3"], ["c", 1]])[2]
    assert [one.more_rows for one in findings] == [2, 0]
