"""A live value is written as the cell that would import it again."""

import pytest

from importer.export.cells import cell_of
from importer.mapping.conversion.converters import converter
from importer.read.cells import to_cell
from importer.template import Column

TEXT, NUMBER = Column(), Column(type="number")
WRITTEN = {
    "a list": (TEXT, [1, "a", None], '[1, "a", null]'),
    "an object": (TEXT, {"a": {"b": [True]}}, '{"a": {"b": [true]}}'),
    "an empty list": (TEXT, [], "[]"),
    "letters": (TEXT, ["Zürich"], '["Zürich"]'),
    "an object in a list": (Column(type="list", separators=("|",)), [{"a": 1}], '"{""a"": 1}"'),
    "a text": (TEXT, "it's", "it's"),
    "a truth value": (TEXT, True, True),
    "yes": (Column(type="boolean"), True, "yes"),
    "a number": (TEXT, 5, 5),
    "decimals": (NUMBER, 48.13715412345678, 48.13715412345678),
    "fifteen digits": (NUMBER, -999_999_999_999_999, -999_999_999_999_999),
    "sixteen digits": (NUMBER, 9007199254740993, "9007199254740993"),
    "sixteen digits under a property": (TEXT, -9007199254740993, "-9007199254740993"),
    "sixteen digits as a float": (NUMBER, 1e15, "1000000000000000"),
    "all digits of 64 bits": (NUMBER, -(2**63), "-9223372036854775808"),
    "a large float": (NUMBER, 1e22, "1e+22"),
}


@pytest.mark.parametrize("value", [2**53 + 1, -(2**63), 2**63 - 1, 1e15, 1e15 + 0.5, 1e22, 1e-9])
def test_a_number_is_read_back_as_it_was(value):
    cell = cell_of(NUMBER, value)
    assert to_cell(cell) == cell
    assert converter(NUMBER, {}, "<clear>")(cell) == value


@pytest.mark.parametrize(("column", "value", "cell"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_written_as_it_is_read(column, value, cell):
    found = cell_of(column, value)
    assert (found, type(found)) == (cell, type(cell))
