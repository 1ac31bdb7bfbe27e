"""Columns whose cells name rows of their own sheet or another."""

from __future__ import annotations

from importer.proposal.pointers import Listing, Pointer, pointers
from tests.proposal.build import columns, rules

BUILDINGS = columns(["Code", "Building"], ["B1", "Main"], ["B2", "Annex"], ["B3", "Shed"])
ROOMS = columns(["Building", "Room"], ["B1", "a"], ["B2", "b"], ["B1", "c"])


def test_the_cells_of_a_column_name_rows_of_another_sheet():
    listings = [
        Listing("Buildings", rules("building"), BUILDINGS),
        Listing("Rooms", rules("space"), ROOMS),
    ]
    assert list(pointers(listings)) == [Pointer(1, 0, "Building", 0, 0)]


def test_the_cells_of_a_column_name_other_rows_of_the_sheet():
    found = columns(
        ["Category", "Zorbic"],
        ["Money", ""],
        ["Income", "Money"],
        ["Cost", "Money"],
        ["Tax", "Cost"],
    )
    listing = Listing("Categories", rules("category"), found)
    assert list(pointers([listing])) == [Pointer(0, 1, "Parent category", 0, 0)]


def test_a_sheet_that_is_not_for_import_has_no_rows_to_name():
    assert list(pointers([None, Listing("Rooms", rules("space"), ROOMS)])) == []
