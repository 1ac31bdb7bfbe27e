"""The levels of a flat list and how many each has."""

from __future__ import annotations

from importer.proposal import Level, propose
from importer.proposal.levels import unique_in_parents
from tests.proposal.build import columns, rules, sheet, templates


def test_a_flat_list_has_its_levels_from_the_outside():
    rows = [(building, floor, f"R{room}") for building in "AB" for floor in "12" for room in "12"]
    (found,) = propose([sheet(("Building", "Floor", "Room"), *rows)], templates()).sheets
    assert found.levels == (
        Level("building", "A", 2),
        Level("floor", "B", 4),
        Level("space", "C", 8),
    )


def test_a_list_of_one_level_has_none():
    rows = [("Main", "5 Low Street"), ("Annex", "7 Low Street")]
    assert propose([sheet(("Building", "Address"), *rows)], templates()).sheets[0].levels == ()


def test_a_name_is_unique_within_its_parents():
    found = columns(["Building", "Room"], ["A", "1"], ["A", "2"], ["B", "1"], ["B", "2"])
    assert unique_in_parents(found, rules("space")) == {1: 1.0}
