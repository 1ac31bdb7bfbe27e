"""Two rows that state one entity are both reported."""

from __future__ import annotations

import pytest

from tests.mapping.build import Rows, reported
from tests.order.build import nodes, resolved, roots


def test_a_duplicate_key_names_both_places(made):
    found = resolved(made, roots("R"), nodes(["R", "a"], ["R", "b"], ["R", "a"]))
    assert reported(found.findings) == [("duplicate_key", "B2"), ("duplicate_key", "B4")]
    first, second = found.findings
    assert "row 4" in first.message
    assert "row 2" in second.message
    assert [record.valid for record in found.records] == [True, False, True, False]


def test_one_name_below_two_parents_is_no_duplicate(made):
    rows = nodes(["R", "a"], ["R", "b"], ["R", "x", "a"], ["R", "x", "b"], ["R", "x"])
    assert resolved(made, roots("R"), rows).findings == []


@pytest.mark.parametrize("column", ["Code", "GUID", "import_id"])
def test_two_rows_with_one_identity_are_a_duplicate(made, column):
    """Whatever they are called: both would change the same entity."""
    rows = [["Root", "Node", column], ["R", "a", "1"], ["R", "b", "2"], ["R", "c", "1"]]
    found = resolved(made, roots("R"), Rows("Nodes", rows))
    assert reported(found.findings) == [("duplicate_key", "C2"), ("duplicate_key", "C4")]
    assert [f.value for f in found.findings] == ["1", "1"]
    assert "row 4" in found.findings[0].message
