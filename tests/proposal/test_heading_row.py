"""The row of headings is found below titles and above data, and not where there is none."""

from __future__ import annotations

from importer.proposal.heading_row import find, groups_at, heading_set, headings_at, points
from tests.proposal.build import table

HOUSES = [("House A", 1), ("House A", 2), ("House B", 1), ("House B", 2)]
DATA = [(f"R{at}", f"Room {at}", at) for at in range(1, 9)]


def found(*rows, known=()):
    row = find(table(*rows), known)
    return None if row is None else row.at


def test_headings_stand_below_a_title():
    assert found(("Our rooms",), ("Code", "Room name", "Capacity"), *DATA) == 1


def test_headings_in_a_language_without_words_are_told_by_the_cells_below():
    rows = [(f"kode-{at}", at, "2026-01-01") for at in range(1, 9)]
    assert found(("Zorba", "Quxil", "Vrimt"), *rows) == 0


def test_a_list_without_headings_has_none():
    assert found(("S01", "North", "5 Low Street"), ("S02", "South", "7 Low Street")) is None


def test_a_row_of_types_is_none():
    assert found(("text", "text", "number"), *DATA) is None


def test_what_stands_again_in_its_own_column_is_no_heading():
    rows = [("Room", "Floor"), ("Lab", "First"), ("Den", "Second"), ("Bar", "First")]
    assert points(table(*rows), 1) < points(table(*rows), 0)


def test_headings_are_found_far_down():
    notes = [(f"note {at}",) for at in range(40)]
    assert found(*notes, ("Code", "Room name", "Capacity"), *DATA) == 40


def test_headings_that_stand_again_further_down_are_headings_all_the_same():
    again = ("Code", "Room name", "Capacity", "Seats")
    assert found(("Code", "Room name", "Capacity"), *DATA, again, *DATA) == 0


def test_the_name_of_a_group_stands_over_several_headings():
    two = table(("Building", "", "Room"), ("Name", "Code", "Name"))
    assert groups_at(two, 1) == ("Building", "Building", "Room")


def test_a_sheet_whose_first_row_equals_the_headings_of_another_has_these():
    known = [heading_set(("Zorba", "Quxil"))]
    assert found(("Zorba", "Quxil"), ("a", "b"), known=known) == 0


def test_where_a_heading_is_blank_the_row_above_has_it():
    two = table(("Area", "Group", ""), ("", "KPI", "Owner"), ("a", "b", "c"))
    assert headings_at(two, 1) == ("Area", "KPI", "Owner")


def test_a_title_is_no_heading_of_the_column_below_it():
    two = table(("Our rooms", "", ""), ("", "KPI", "Owner"))
    assert headings_at(two, 1) == ("", "KPI", "Owner")


def test_of_two_rows_of_headings_the_lower_one_counts_where_it_heads_more():
    rows = [("A", "1", f"R{at}", "Office", str(at), "20.5") for at in range(5)]
    above = ("Building", "Floor", "Room", "", "Capacity", "")
    found = find(table(above, ("", "", "Number", "Type", "Seated", "Area"), *rows))
    assert found.at == 1


def test_a_row_with_nothing_below_heads_nothing():
    rows = [(house, f"{floor}. floor", f"R{at}") for at, (house, floor) in enumerate(HOUSES)]
    assert found(*rows) is None


def test_long_headings_that_are_understood_are_headings():
    headings = (
        "Please enter the official code as shown in the land register",
        "The room name that everybody sees in the booking tool of the company",
        "The capacity according to the last survey of the whole building",
    )
    assert found(headings, *DATA) == 0


def test_a_row_that_counts_levels_stands_above_words_that_are_headings_elsewhere():
    rows = [
        ("Customer", "All of customers", "Contract", "All of contracts", "Contract number", "Id"),
        ("Customer", "All of customers", "Contract", "All of contracts", "Contract date", "Day"),
        ("Customer", "All of customers", "Address", "All of addresses", "City", "Town"),
        ("Product", "All of products", "Price", "All of prices", "List price", "Price listed"),
    ]
    headings = ("L1", "L1 Description", "L2", "L2 Description", "L3", "L3 Description")
    assert found(headings, *rows) == 0
