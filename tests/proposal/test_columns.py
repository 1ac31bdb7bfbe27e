"""A word that means several things is read by its cells, its unit and the headings around it."""

from __future__ import annotations

import pytest

from importer.proposal.columns import columns_of
from tests.proposal.build import column, columns, rows_of


def test_an_area_is_a_measure_if_its_cells_are_numbers():
    assert column("Fläche", "12,5", "30", "8").concept.key == ("", "area")
    assert column("Fläche", "Nord", "Süd", "West").concept.key == ("space", "")


def test_a_unit_settles_what_is_measured():
    assert column("Size (sqft)", "120", "80").concept.key != ("space", "")
    assert column("Surface [m2]", "120", "80").concept.attribute == "area"


@pytest.mark.parametrize(("beside", "meant"), [("City", "region"), ("Definition", "status")])
def test_a_state_is_a_region_beside_a_city_and_else_a_status(beside, meant):
    found = columns(["State", beside], *([word, "x"] for word in ("CA", "NY") * 4))
    assert found[0].concept.attribute == meant


def test_below_the_name_of_a_group_a_heading_is_said_of_it():
    found = columns_of(("Name", "Name"), rows_of(("A", "R1")), groups=("Building", "Room"))
    assert [each.concept.key for each in found] == [("building", "name"), ("space", "name")]


def test_a_measure_below_the_name_of_a_group_is_that_of_the_row():
    (found,) = columns_of(("Capacity",), rows_of(("5",)), groups=("Building",))
    assert found.concept.key == ("", "capacity")


def test_a_number_behind_a_street_is_that_of_the_house():
    found = columns(["Street", "No.", "Code"], ["Low Street", "5", "A1"])
    assert [each.concept.attribute for each in found] == ["street", "street", "code"]


def test_a_thing_that_the_sheet_is_named_after_is_meant():
    cells = [["D1"], ["D2"], ["D3"]]
    assert columns(["Plats"], *cells, named={"desk"})[0].concept.thing == "desk"


def test_a_column_without_heading_and_cells_is_none():
    assert [each.letter for each in columns(["A", "", "C"], ["x", "", "y"])] == ["A", "C"]


def test_a_column_without_heading_is_named_by_its_letter():
    assert columns(["A", ""], ["x", "y"])[1].title == "Column B"


def test_a_unit_tells_which_area_is_meant():
    found = columns(["NLA (sq ft)", "Area (m2)"], ["1200", "110"])
    assert [each.concept.attribute for each in found] == ["sqft", "area"]


def test_numbers_of_desks_are_seats_and_units_are_no_rooms():
    assert column("Desks", "12", "7", "12").concept.key == ("", "seats")
    assert column("Unit", "kWh", "m3", "kWh").concept.key == ("", "unit")


def test_below_what_a_room_is_furnished_with_a_floor_is_no_level():
    groups = ("Room", "Finishes", "Finishes")
    found = columns_of(("Name", "Floor", "Wall"), rows_of(("A", "Vinyl", "Paint")), groups=groups)
    assert [column.concept.key for column in found][:2] == [("space", "name"), ("", "features")]


def test_a_number_of_something_else_behind_a_street_is_not_the_house():
    found = columns(["Street", "EstablishmentNumber"], ["Low Street", "3021"])
    assert found[1].concept.attribute == "code"
