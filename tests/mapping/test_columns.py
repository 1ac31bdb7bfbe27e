"""The values of whole columns: joined cells, defaults, constants and cached conversions."""

from __future__ import annotations

from itertools import permutations

import pytest

from importer.mapping.binding import BoundColumn
from importer.mapping.columns import converted
from importer.template import Column
from tests.mapping.build import OPEN, THINGS, mapped, reported, template
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


CODES = (
    THINGS
    + """
columns = [
  { heading = "Name", path = "name" },
  { heading = "Site" },
  { heading = "Level", extract = "Level: (.*)" },
  { headings = ["Site", "Level", "Name"], join = "/", path = "code" },
]
"""
)


def test_a_part_of_a_joined_value_is_what_its_own_column_takes(tmp_path):
    made = template(tmp_path, CODES, thing=OPEN)
    rows = [["Site", "Level", "Name"], ["HQ", "Level: 1", "a"], ["HQ", "cellar", "b"]]
    assert [one.payload["code"] for one in mapped(made, rows).entities] == ["HQ/1/a", "HQ/b"]


def test_where_columns_of_one_heading_take_different_parts_the_whole_text_is_joined(tmp_path):
    other = '{ heading = "Level", extract = "(.*):.*", path = "kind" },'
    text = CODES.replace("  { headings", f"  {other}\n  {{ headings")
    made = template(tmp_path, text, thing=OPEN)
    [entity] = mapped(made, [["Site", "Level", "Name"], ["HQ", "Level: 1", "a"]]).entities
    assert entity.payload["code"] == "HQ/Level: 1/a"


TYPES = (
    THINGS
    + """
columns = [
  { heading = "Name", path = "name" },
  { heading = "Text", path = "text" },
  { heading = "Size", path = "size", type = "number" },
]
"""
)


@pytest.mark.parametrize("order", list(permutations([1, 1.0, True, "1"]))[::5])
def test_equal_cells_of_different_types_are_converted_each_by_its_own_type(tmp_path, order):
    """In Python 1, 1.0 and True are one key of a dict; a cell with TRUE is no number."""
    made = template(tmp_path, TYPES, thing=OPEN)
    rows = [["Name", "Text", "Size"], *([f"n{at}", cell, cell] for at, cell in enumerate(order))]
    found = mapped(made, rows)
    texts = [entity.payload["text"] for entity in found.entities]
    assert texts == ["TRUE" if cell is True else "1" for cell in order]
    row = 2 + [type(cell) for cell in order].index(bool)
    assert reported(found.findings) == [("not_a_number", f"C{row}")]


@pytest.mark.parametrize(
    "names",
    [["a", "b"], ["a ", "b"], ["\xa0a", "b"], ["\xe9\u2003", "b"], [" a", "b\n"], ["=a ", "b"]],
)
def test_names_lose_the_white_space_around_them(tmp_path, names):
    """Also where a whole column could be kept as it is but for one cell."""
    made = template(tmp_path, TYPES, thing=OPEN)
    found = mapped(made, [["Name"], *([name] for name in names)])
    assert [entity.labels for entity in found.entities] == [(name.strip(),) for name in names]


def test_a_text_that_might_be_a_token_is_looked_at(tmp_path):
    made = template(tmp_path, TYPES, thing=OPEN)
    texts = ["a ", "<clear>", "= b", "\xa0"]
    found = mapped(made, [["Name", "Text"], *([f"n{i}", text] for i, text in enumerate(texts))])
    assert [entity.payload.get("text") for entity in found.entities] == ["a ", None, "= b", None]
    assert [entity.clears for entity in found.entities] == [(), ("text",), (), ()]


def test_conversions_are_cached_for_each_type_of_cell():
    column = BoundColumn(Column(heading="Any"), (0,), lambda cell: type(cell).__name__)
    for _ in range(2):
        cells = [1, 1.0, True, "1"]
        assert converted(column, cells) == ["int", "float", "bool", "str"]
    assert {kind: len(cache) for kind, cache in column.memo.items()} == dict.fromkeys(
        (int, float, bool, str), 1
    )
