"""A live value is written as the cell that would import it again."""

import pytest

from importer.export.cells import cell_of
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
    "a number": (TEXT, 5, 5),
}


@pytest.mark.parametrize(("column", "value", "cell"), WRITTEN.values(), ids=WRITTEN)
def test_a_value_is_written_as_it_is_read(column, value, cell):
    found = cell_of(column, value)
    assert (found, type(found)) == (cell, type(cell))
