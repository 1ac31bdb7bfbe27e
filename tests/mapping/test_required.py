"""A required value is missed at its cell, unless the row deletes or names it in another way."""

from __future__ import annotations

import pytest

from importer.pipeline.steps.findings import invalid_rows
from tests.mapping.build import OPEN, Entities, Rows, mapped, only, reported, taken, template
from tests.mapping.rooms import load
from tests.mapping.things import THINGS, TOP


@pytest.mark.parametrize("blank", ["", " ", "\xa0"])
@pytest.mark.parametrize(("column", "cell"), [(0, "A2"), (1, "B2"), (2, "C2")])
def test_a_required_value_is_missed_at_its_blank_cell_once(things, blank, column, cell):
    row = ["a", "g", 1]
    row[column] = blank
    found = taken(things, Rows("Things", [[*TOP, "Colour"], [*row, "red"]]))
    assert reported(found.findings) == [("missing", cell)]


def test_a_required_key_that_is_to_be_cleared_is_missing(things):
    found = mapped(things, [TOP, ["<clear>", "g", 1]])
    assert reported(found.findings) == [("missing", "A2")]
    assert found.invalid == {2}


@pytest.mark.parametrize(("column", "title"), list(enumerate(TOP)))
def test_a_required_cell_cannot_be_emptied_and_is_not_called_blank(things, column, title):
    row = ["a", "g", 1]
    row[column] = "< Clear>"
    (finding,) = taken(things, Rows("Things", [TOP, row])).findings
    assert finding.message == f"{title} is required and cannot be emptied: give it a value."
    assert (finding.code, finding.place.column, finding.value) == ("missing", column + 1, "<clear>")


@pytest.mark.parametrize(
    ("headings", "missed"),
    [(["Group", "Size"], "Name"), (["Name", "Size"], "Group"), (["Name", "Group"], "Size")],
)
def test_a_required_heading_that_is_not_there_is_missed_once_for_all_rows(things, headings, missed):
    rows = [headings, ["x", "1"], ["y", "2"]]
    found = taken(things, Rows("Things", rows), sink=(sink := Entities()))
    missing = only([f for f in found.findings if f.code == "missing_column"])
    assert (missing.place.row, missing.place.column) == (1, 0)
    assert missed in missing.message
    assert not any(entity.valid for entity in sink.kept)
    assert set(invalid_rows(found, found.findings)) == {(0, 2), (0, 3)}


@pytest.mark.parametrize("headings", [["Group", "Size"], ["Name", "Size"]])
def test_a_required_heading_that_is_not_there_is_missed_on_rows_that_do_not_delete(
    things, headings
):
    rows = [[*headings, "Action", "GUID"], ["x", 1, "", ""], ["", "", "delete", "g-1"]]
    found = taken(things, Rows("Things", rows))
    assert [f.place.row for f in found.findings if f.code == "missing"] == [2]
    assert set(invalid_rows(found, found.findings)) == {(0, 2)}


def test_one_of_two_ways_to_name_a_required_reference_is_enough(things):
    headings = [*TOP, "Group code"]
    found = mapped(things, [headings, ["a", "", 1, "G-1"], ["b", "g", 1, ""], ["c", "", 1, ""]])
    assert reported(found.findings) == [("missing", "B4")]
    assert [(r.rule.by, t[0].steps) for e in found.entities[:2] for r, t in e.references] == [
        (("Group code",), ("G-1",)),
        (("Group",), ("g",)),
    ]


def test_the_other_heading_may_be_absent_where_one_way_suffices(things):
    found = mapped(things, [["Name", "Group code", "Size"], ["a", "G-1", 1]])
    assert found.findings == []


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
    assert reported(taken(things, Rows("Things", rows)).findings) == [("missing", "A2")]


def test_a_reference_that_is_begun_is_missing_at_the_cell_left_blank(tmp_path):
    """Not at one that is filled; where nothing is begun every way is named."""
    ways = THINGS.replace('by = ["Group"]', 'by = ["Group", "Street"]').replace(
        'heading = "Group", required = true', 'heading = "Group"'
    )
    made = template(tmp_path / "ways", ways, group=OPEN, thing=OPEN)
    rows = [["Name", "Size", "Group", "Street", "Group code"]]
    rows += [["a", 1, "g", "", ""], ["b", 1, "", "s", ""], ["c", 1, "", "", ""]]
    found = mapped(made, rows)
    assert reported(found.findings) == [("missing", "D2"), ("missing", "C3"), ("missing", "E4")]
    assert found.findings[2].message == "Group code or Group is required and blank."


UNNAMED = """
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name" }, { heading = "Size", path = "size" }]
"""


@pytest.mark.parametrize(
    ("headings", "rows", "at", "message"),
    [
        (["Size", "Room"], [[1, ""]], ("missing", 2, 2, "Room"), "Room is required and blank."),
        (
            ["Size"],
            [[1], [2]],
            ("missing_column", 1, 0, None),
            "Room is required, and the sheet has no such column.",
        ),
    ],
)
def test_a_row_without_a_name_is_reported_at_the_cell_of_the_name(
    tmp_path, headings, rows, at, message
):
    """Or once on the headings, where no column has the name."""
    finding = only(mapped(load(tmp_path, UNNAMED), [headings, *rows]).findings)
    place = finding.place
    assert (finding.code, place.row, place.column, place.heading) == at
    assert finding.message == message
