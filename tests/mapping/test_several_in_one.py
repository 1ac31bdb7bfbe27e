"""A name that seems to be several names is a warning that shows how to say it."""

from __future__ import annotations

import pytest

from importer.mapping.several_in_one import PLAIN, Naming, names_in, several
from importer.model import Severity
from importer.template import find
from tests.mapping.build import OPEN, mapped, only, template
from tests.mapping.rooms import load

DESKS = """
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
"""


FLOOR, BUILDING = Naming(numbers=True), Naming(streets=True)

UP_TO_110 = "`D-101`, `D-102` and so on up to `D-110`"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("D-101 to D-110", UP_TO_110),
        ("D-101 to 110", UP_TO_110),
        ("D-101 \u2013 D-110", UP_TO_110),
        ("D-101-D-110", UP_TO_110),
        ("D-101-110", UP_TO_110),
        ("D-101->D-110", UP_TO_110),
        ("from D-101 to D-110", UP_TO_110),
        ("D-101 thru D-110", UP_TO_110),
        ("D-101 through 110", UP_TO_110),
        ("D-101~D-110", UP_TO_110),
        ("D-101 - D-110 (10)", UP_TO_110),
        ("D-101 - D-102", "`D-101`, `D-102`"),
        ("D1-D5", "`D1`, `D2` and so on up to `D5`"),
        ("D-009..D-011", "`D-009`, `D-010` and so on up to `D-011`"),
        ("Platz 1 bis Platz 3", "`Platz 1`, `Platz 2` and so on up to `Platz 3`"),
        ("D-1; D-2", "`D-1`, `D-2`"),
        ("D-1;D-2;", "`D-1`, `D-2`"),
        ("D-1,D-2 , D-3", "`D-1`, `D-2`, `D-3`"),
        ("D-1\nD-2", "`D-1`, `D-2`"),
        ("Desk 1 & Desk 2", "`Desk 1`, `Desk 2`"),
        ("D-1 and D-2", "`D-1`, `D-2`"),
        ("D-1 u. D-2", "`D-1`, `D-2`"),
        ("D-9, 10, 11", "`D-9`, `D-10`, `D-11`"),
        ("D-1 & 2", "`D-1`, `D-2`"),
        ("D-101/102", "`D-101`, `D-102`"),
        ("D1-D5, D7", "`D1-D5`, `D7`"),
        ("A1 A2 A3", "`A1`, `A2`, `A3`"),
        ("1; 2", "`1`, `2`"),
        ("Window; Door", "`Window`, `Door`"),
        ("Revenue\nSales", "`Revenue`, `Sales`"),
    ],
)
def test_a_list_or_range_of_names_holds_several(text, names):
    assert names_in(text) == names
    assert several([text], PLAIN) == {text: names}


@pytest.mark.parametrize(
    "text",
    [
        *("D-101", "2-14", "2 - 14", "1, 2", "1-3", "24/7", "3.14", "3.01-2", "2A-014", "A01-12"),
        *("Room 12-14", "Raum 1+2", "Lab 1/2", "Room 1 - Lab 2", "R&D", "R&D 1", "A/B", "A/B test"),
        *("Net-30", "COVID-19", "F-16", "Terms & Conditions", "B2B", "B2B/B2C", "R&amp;D"),
        *("Q1-Q2", "Q1 & Q2", "FY2024-2025", "2024-2025", "Season 2023-2024", "Budget 2024, 2025"),
        *("12-14 High Street", "Main Street 5, 10115", "SW1A 1AA", "75001-75008", "90210-1234"),
        *("https://example.com/a;b,c", "Golden Gate\n(closed)", "2024-01-15", "9 to 5", "3-to-1"),
        *("D-10 to D-9", "D-1; D-1", "D-1;", "to", "", ";", ".."),
    ],
)
def test_any_other_name_is_one(text):
    assert names_in(text) == ""


@pytest.mark.parametrize(
    "text", ["1-3", "1, 2", "1 - 3", "1/2", "1 & 2", "1 to 3", "1-3, 5", "Floors 1-5"]
)
def test_bare_numbers_are_several_floors(text):
    assert several([text], FLOOR)


@pytest.mark.parametrize("text", ["1", "-1", "0", "2.5", "Ground", "2024-2025", "1. OG"])
def test_one_number_is_one_floor(text):
    assert names_in(text, FLOOR) == ""


@pytest.mark.parametrize("text", ["High Street 12-14", "Main Street 101-105", "Weg 12, 14", "1-3"])
def test_house_numbers_are_of_one_building(text):
    assert names_in(text, BUILDING) == ""


def test_a_text_as_long_as_a_cell_may_be_is_looked_at_quickly():
    """Patterns that go back over blanks would take minutes."""
    assert names_in("D-1" + " " * 32_000 + "x") == ""
    assert names_in("; ".join(["D"] * 8_000 + ["E"])) == "`D`, `E`"


def test_a_cell_that_names_several_is_a_warning_and_still_imported(tmp_path):
    found = mapped(load(tmp_path, DESKS), [["Room"], ["a"], ["D-1; D-2"], ["b"]])
    finding = only(found.findings)
    assert (finding.code, finding.severity) == ("several_in_one", Severity.WARNING)
    assert (finding.place.cell, finding.value) == ("A3", "D-1; D-2")
    assert finding.message == (
        "`D-1; D-2` makes a single room; give each a row of its own: `D-1`, `D-2`."
    )
    assert [entity.valid for entity in found.entities] == [True] * 3


def test_a_line_break_is_shown_in_the_message(tmp_path):
    found = mapped(load(tmp_path, DESKS), [["Room"], ["D-1\nD-2"]])
    assert "`D-1\u21b5D-2` makes" in only(found.findings).message


LEVELS = """
[kinds.site]
key = ["name"]
[kinds.level]
key = ["name"]
[kinds.room]
key = ["name"]
[[sheets]]
name = "Things"
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name", required = true }]
[[sheets.entities]]
kind = "level"
creates = true
columns = [{ heading = "Level", path = "name", required = true }]
references = [{ path = "in", to = ["site"], by = ["Site"], parent = true, required = true }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
references = [
  { path = "in", to = ["level"], by = ["Site", "Level"], parent = true, required = true },
]
"""


def test_several_floors_named_beside_a_room_are_a_warning_a_room_numbered_so_is_none(tmp_path):
    made = template(tmp_path / "t", LEVELS, site=OPEN, level=OPEN, room=OPEN)
    found = mapped(made, [["Site", "Level", "Room"], ["Weg 12-14", "1-3", "1-3"]])
    finding = only(found.findings)
    assert (finding.code, finding.place.cell) == ("several_in_one", "B2")
    assert finding.message == (
        "`1-3` makes a single level; if it is several, name one of them in each row: "
        "`1`, `2` and so on up to `3`."
    )


def test_what_is_only_updated_is_not_asked(tmp_path):
    text = LEVELS.replace("[kinds.room]", '[kinds.room]\nmode = "update"')
    made = template(tmp_path / "t", text, site=OPEN, level=OPEN, room=OPEN)
    assert mapped(made, [["Site", "Level", "Room"], ["N", "1", "D-1; D-2"]]).findings == []


def test_floors_of_a_sheet_of_their_own_are_levels_too_and_spaces_are_not():
    portfolio = find("trebellar-portfolio")
    floors = mapped(portfolio, [["Floor", "Building"], ["1-3", "North"]], "Floors")
    assert only(floors.findings).code == "several_in_one"
    spaces = mapped(portfolio, [["Space", "Building", "Floor"], ["1-3", "North", "1"]], "Spaces")
    assert spaces.findings == []


def test_what_the_names_of_a_chunk_show_at_a_glance_leaves_none_of_the_long_ones_out():
    names = ["D-1" + " " * 32_000 + "x", " " * 32_000 + "1", "D1 " * 10_000, "D-1" * 10_000]
    assert several(names, PLAIN) == {}
    assert several([*names, "D-1 to D-3", "D-4"], PLAIN).keys() == {"D-1 to D-3"}
