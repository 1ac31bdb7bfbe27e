"""Headings are found, matched and reported: aliases, wildcards, duplicates, unknown ones."""

from __future__ import annotations

import pytest

from importer.mapping.binding import Header
from importer.mapping.header import filled, find_header
from importer.model import Severity
from importer.template import Column
from tests.mapping.build import bound, mapped, only
from tests.mapping.rooms import load
from tests.mapping.things import TOP, payload


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


def test_a_long_heading_is_compared_with_many_wildcards_at_once():
    column = Column(heading="*a*a*a*a*a*!", path="x.*.*.*.*.*.*")
    assert list(filled(column, Header(1, ("a" * 3_000, "1A2a3 a 4a5a6 !")))) == [
        (1, ("1", "2", "3", "4", "5", "6"))
    ]


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


LETTERS = """
header_row = 0
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", letter = "B", path = "name" }]
"""


def test_a_sheet_without_headings_is_as_wide_as_its_rows_and_knows_no_heading(tmp_path):
    made = load(tmp_path, LETTERS)
    assert find_header([["r"], ["s", "t"]], made.sheets[0]) == (Header(0, ("", "")), 0)


ROWS = [
    ("a longer heading row below data", [["Name", "Group"], ["a", "g"], [*TOP, "Colour"]], 1),
    ("a row of data that holds known words", [TOP, ["x", "Colour", "Name"], ["Size", "b"]], 1),
    ("a longer row of known words as data", [TOP, ["x", "Colour", "City", "Street", "Sheet"]], 1),
    ("captions above the headings", [["Name", "Size"], [*TOP, "Colour"], ["a", "g", 1]], 2),
    ("headings twice in a row", [TOP, TOP, ["a", "g", 1]], 1),
    ("a row of units", [TOP, ["text", "text", "number"]], 1),
    ("facts in pairs above", [["Name", "our things", "Size", "all"], [], TOP, ["a", "g", 1]], 3),
    ("one known heading", [["x", "y"], ["Name", "Weight"], ["a", "b"]], 2),
    (
        "mostly unknown headings",
        [["Name", "Group", "v", "w", "x", "y"], ["a"], [*TOP, "Colour"]],
        1,
    ),
]


@pytest.mark.parametrize(("why", "rows", "number"), ROWS, ids=[row[0] for row in ROWS])
def test_the_first_row_that_looks_like_headings_is_the_heading_row(things, why, rows, number):
    found = find_header(rows, things.sheets[0])
    assert found is not None
    assert found[0].row == number
