"""Headings among the rows: repeated ones are skipped, those of a second table end the first."""

from __future__ import annotations

import pytest

from importer.mapping import SheetMapper
from importer.read import Chunk
from tests.mapping.build import OPEN, bound, mapped, template
from tests.mapping.things import TOP

ROW = ["a", "g", 1]


def read(made, *rows, headings=TOP, size=100):
    """Map all rows below the headings in chunks of a size: the chunks, and the findings."""
    mapper = SheetMapper(bound(made, [headings]))
    starts = range(0, len(rows), size)
    chunks = [mapper.map(Chunk(2 + i, [list(row) for row in rows[i : i + size]])) for i in starts]
    return chunks, list(mapper.findings())


@pytest.mark.parametrize("again", [TOP, ["NAME", "group *", "Size"], ["Name", "", "Size"]])
def test_repeated_headings_are_skipped_and_named(things, again):
    [chunk], [finding] = read(things, ROW, again, ["b", "g", 2])
    assert chunk.rows == [2, 4]
    assert chunk.skipped == [3]
    assert [entity.row for entity in chunk.entities] == [2, 4]
    assert finding.message == "The headings are repeated in row 3; this is skipped."


def test_all_repetitions_are_one_finding(things):
    _, [finding] = read(things, ROW, TOP, ROW, TOP, ROW, TOP, size=2)
    assert finding.message.startswith("The headings are repeated in rows 3, 5 and 7;")
    assert finding.place.row == 3


@pytest.mark.parametrize("size", [1, 2, 100])
def test_from_the_headings_of_another_table_on_nothing_is_mapped(things, size):
    """The cells stand under headings that are not theirs."""
    rows = [ROW, [], ["Group", "Name", "Size", "Colour"], ["g", "b", 1, "red"], [], ["g", "c", 1]]
    chunks, [finding] = read(things, *rows, size=size)
    assert [entity.row for chunk in chunks for entity in chunk.entities] == [2]
    assert [row for chunk in chunks for row in chunk.below] == [4, 5, 7]
    assert (finding.code, finding.place.row) == ("second_headings", 4)
    assert "(`Group`, `Name`, `Size`, `Colour`); the first are in row 1" in finding.message
    assert "nothing of rows 4, 5 and 7 is imported" in finding.message


@pytest.mark.parametrize(
    "row",
    [
        ["Street", "Colour", 1],  # no required heading
        ["Name", "g", 1],  # one word only
        ["Name", "Group", "a", "b", "c"],  # more that is no heading
        ["Name", "g", "Size", "x"],
    ],
)
def test_a_row_that_holds_words_of_headings_is_a_row(things, row):
    [chunk], findings = read(things, ROW, row, ROW)
    assert chunk.rows == [2, 3, 4]
    assert findings == []


def test_rows_with_cells_only_in_unknown_columns_are_counted_and_named(things):
    rows = [[*ROW, "x"], ["", "", "", "y"], ["", " ", "", ""], ["", "", "", "z"]]
    [chunk], [finding] = read(things, *rows, headings=[*TOP, "Remark"])
    assert (chunk.rows, chunk.skipped) == ([2], [3, 5])
    assert (finding.code, finding.severity) == ("only_unknown", "warning")
    assert finding.message.startswith("Nothing of rows 3 and 5 is imported:")


def test_what_only_an_earlier_report_says_of_a_row_makes_no_row_of_it(things):
    [chunk], findings = read(things, ["", "", "", "created"], headings=[*TOP, "import_status"])
    assert (chunk.rows, chunk.skipped, findings) == ([], [], [])


@pytest.mark.parametrize(
    "again",
    [["Name ", "Group *", "Size:"], ["n a m e", "GROUP_", "\xa0Size"], ["Name:", " Group", ""]],
)
def test_repeated_headings_are_known_however_they_are_written(things, again):
    [chunk], [finding] = read(things, ROW, again, ["b", "g", 2])
    assert (chunk.rows, chunk.skipped) == ([2, 4], [3])
    assert finding.code == "repeated_headings"


@pytest.mark.parametrize("line", [["----", "---", "--"], ["====", "", ""], [":---", "---:", "—— "]])
def test_a_line_of_dashes_is_skipped_and_named(things, line):
    [chunk], [finding] = read(things, line, ROW)
    assert (chunk.rows, chunk.skipped) == ([3], [2])
    assert finding.message == "Nothing but dashes stands in row 2; this is skipped."


@pytest.mark.parametrize("row", [["-", "-", "-"], ["--", "g", 1], ["a--", "--", "--"]])
def test_dashes_beside_other_cells_are_a_row(things, row):
    [chunk], _ = read(things, ROW, row)
    assert chunk.rows == [2, 3]


@pytest.mark.parametrize("row", [["Colour", "g", "Name"], ["Name", "g", "Group"]])
def test_a_row_about_headings_is_a_row_like_its_neighbours(things, row):
    [chunk], findings = read(things, ROW, row, ROW)
    assert (chunk.rows, findings) == ([2, 3, 4], [])


def test_of_four_cells_one_may_be_no_heading_unless_other_rows_have_it_too(things):
    headings = [*TOP, "Colour"]
    row = ["Name", "g", "Size", "Group"]
    [chunk], _ = read(things, [*ROW, "red"], row, headings=headings)
    assert chunk.below == []
    [chunk], [finding] = read(things, ["a", "h", 1, "red"], row, headings=headings)
    assert (chunk.below, finding.code) == ([3], "second_headings")


def test_the_outcome_that_a_report_wrote_beside_repeated_headings_is_none_of_them(things):
    rows = [[*ROW, "created"], [*TOP, "skipped"], ["---", "", "", "skipped"]]
    [chunk], findings = read(things, *rows, headings=[*TOP, "import_status"])
    assert (chunk.rows, chunk.skipped) == ([2], [3, 4])
    assert [finding.code for finding in findings] == ["repeated_headings", "ruled_line"]


def test_what_only_an_earlier_report_says_below_a_second_table_is_no_row(things):
    rows = [ROW, ["Group", "Name"], ["", "", "", "invalid"], ["g", "c"]]
    [chunk], _ = read(things, *rows, headings=[*TOP, "import_status"])
    assert chunk.below == [3, 5]


def test_a_sheet_without_headings_has_none_below(tmp_path):
    letters = """
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Things"
header_row = 0
[[sheets.entities]]
kind = "thing"
columns = [{ letter = "A", heading = "Name", path = "name", required = true }]
"""
    found = mapped(template(tmp_path, letters, thing=OPEN), [["Name"], ["Name"], ["b"]])
    assert [entity.row for entity in found.entities] == [1, 2, 3]
