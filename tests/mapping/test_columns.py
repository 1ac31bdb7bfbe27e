"""The values of whole columns: joined cells, defaults, constants and cached conversions."""

from __future__ import annotations

import pytest

from tests.mapping.build import mapped
from tests.mapping.things import FIXED, TOP, payload


def test_a_default_names_its_sheet_and_file_and_a_filled_cell_wins(things):
    assert payload(things, [*TOP, "Sheet"], ["a", "g", 1, ""])["sheet"] == FIXED["sheet"]
    assert payload(things, [*TOP, "Sheet"], ["a", "g", 1, "own"])["sheet"] == "own"


def test_constants_and_defaults_are_not_shared_between_entities(things):
    one, two = mapped(things, [TOP, ["a", "g", 1], ["b", "g", 1]]).entities
    one.payload["always"].append("c")
    one.payload["fixed"]["kind"] = "y"
    assert two.payload["always"] == ["a", "b"]
    assert two.payload["fixed"] == {"kind": "x"}


@pytest.mark.parametrize(
    ("street", "city", "address"),
    [("Main St 1", "Bonn", "Main St 1, Bonn"), ("", "Bonn", "Bonn"), (5.0, " ", "5")],
)
def test_joined_columns_are_one_value_of_those_that_are_filled(things, street, city, address):
    headings = [*TOP, "City", "Street"]
    assert payload(things, headings, ["a", "g", 1, city, street])["address"] == address


def test_joined_columns_that_are_all_blank_are_left_alone(things):
    assert "address" not in payload(things, [*TOP, "Street"], ["a", "g", 1, ""])
