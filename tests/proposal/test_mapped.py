"""The columns of a sheet get their fields together."""

from __future__ import annotations

from importer.proposal.around import Around
from importer.proposal.mapped import mapped
from tests.proposal.build import columns, rules


def fields(kind, headings, *rows):
    found = columns(headings, *rows)
    return [(each.field, each.also) for each in mapped(found, rules(kind), Around())]


def test_parts_of_an_address_fill_one_field_together():
    row = ["Main", "5 Low Street", "Bonn"]
    found = fields("building", ["Building", "Street", "City"], row, row)
    assert [field for field, _ in found] == ["Building", "Address", "Address"]


def test_a_code_alone_is_the_name_too():
    found = fields("space", ["Raum-Nr."], ["R1"], ["R2"])
    assert found == [("Space", ("External ID",))]


def test_a_code_that_must_be_filled_stays_what_it_is():
    found = fields("asset", ["Qualified name"], ["a/b/c"], ["a/b/d"])
    assert found == [("Qualified name", ("Name",))]


def test_without_a_word_for_it_the_first_column_whose_cells_differ_is_the_name():
    found = fields("desk", ["Floor", "Zone ref"], ["1", "P1"], ["1", "P2"], ["1", "P3"])
    assert found[1][0] == "Desk"


def test_a_sheet_that_is_not_for_import_has_no_fields():
    (found,) = mapped(columns(["Term"], ["a"]), None, Around())
    assert found.field is None


def test_a_column_that_is_left_out_says_why():
    (_, found) = mapped(columns(["Room", "Phone"], ["a", "1"]), rules("space"), Around())
    assert found.reason == "`Phone` is about people: left out unless chosen"


def test_the_other_fields_are_told_and_a_property_of_peoples_own():
    (found,) = mapped(columns(["Room number"], ["R1"], ["R2"]), rules("space"), Around())
    assert found.choices == ("External ID", "Property: Room number")


def test_a_column_that_is_left_out_may_become_a_property():
    rows = [["a", "x"], ["b", "x"], ["c", "x"]]
    (_, found) = mapped(columns(["Term", "Phase"], *rows), rules("term"), Around())
    assert found.choices == ("Custom: Phase",)
