"""Cells of columns whose field in the target cannot hold every value."""

import pytest

from importer.field_type import FieldType
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.values import BLANK, CLEAR, Edit, Fault
from importer.mapping.field_limits import within
from importer.template import Column

SETS = {"items": {}, "uniqueItems": True}


def read(cell, field, column, node=None):
    return within(converter(column, node or {}, "<clear>"), field)(cell)


@pytest.mark.parametrize("cell", [2**31, "2147483648", "-2147483649", 3_000_000_000.0])
def test_a_whole_number_that_the_field_cannot_hold_is_a_fault(cell):
    found = read(cell, FieldType("integer", bits=32), Column(type="integer"))
    assert isinstance(found, Fault)
    assert found.code == "too_large"


def test_a_text_that_the_field_cannot_hold_is_a_fault_that_shows_its_beginning():
    found = read("word " * 20, FieldType(longest=50), Column())
    words = f"`{'word ' * 8}…` has 100 characters; the target takes 50."
    assert found == Fault("too_long", words)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("", BLANK), ("<clear>", CLEAR), ("short", "short"), (5, "5")],
)
def test_what_fits_stays_what_it_is(cell, value):
    assert read(cell, FieldType(longest=5), Column()) == value


def test_only_what_is_added_to_a_list_must_fit():
    column = Column(type="list", item="text")
    field = FieldType(many=True, longest=3)
    assert read("-four; +one", field, column, SETS) == Edit(["one"], ["four"])
    assert read("+four; -one", field, column, SETS).code == "too_long"
