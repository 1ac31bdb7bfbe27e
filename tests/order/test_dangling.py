"""References that would dangle once all is sent, and references of an entity to itself."""

from __future__ import annotations

import pytest

from tests.mapping.build import Rows, only, reported
from tests.order.build import below, leaves, live, resolved, roots

NODES = [["Root", "Node", "Action"], ["R", "a", "delete"], ["R", "b", ""]]


def test_rows_that_refer_to_what_a_row_deletes_are_reported(made):
    rows = leaves(["R", "x", "a"], ["R", "y", "b"], ["R", "z", "b; a"])
    found = resolved(made, roots("R"), Rows("Nodes", NODES), rows)
    assert reported(found.findings) == [("deleted_here", "C2"), ("deleted_here", "C4")]
    first = found.findings[0]
    assert first.message == (
        "The node `R > a` is deleted by row 2 of Nodes: name another, or do not delete it."
    )
    assert first.value == "a"
    assert [found.record(row, "leaf").valid for row in (2, 3, 4)] == [False, True, False]
    assert found.record(2, "node").valid


def test_a_row_that_is_deleted_itself_may_refer_to_what_is_deleted(made):
    rows = Rows("Leaves", [["Root", "Leaf", "Nodes", "Action"], ["R", "x", "a", "delete"]])
    assert resolved(made, roots("R"), Rows("Nodes", NODES), rows).findings == []


def test_a_deletion_that_is_in_error_deletes_nothing(made):
    """Neither of two rows with one key is sent, so what refers to it is not at fault."""
    rows = Rows("Nodes", [NODES[0], NODES[1], NODES[1]])
    found = resolved(made, roots("R"), rows, leaves(["R", "x", "a"]))
    assert {finding.code for finding in found.findings} == {"duplicate_key"}


def test_an_entity_that_refers_to_itself_is_reported(made):
    rows = leaves(["R", "x", "", "y; x"], ["R", "y", "", "x"])
    found = resolved(made, roots("R"), rows)
    finding = only(found.findings)
    assert (finding.code, finding.place.cell, finding.value) == ("names_itself", "D2", "x")
    assert finding.message == "`R > x` is what this row itself is about: name another."
    assert not found.record(2, "leaf").valid
    assert found.record(3, "leaf").valid


@pytest.mark.parametrize(
    "row", [["R", "x", "x", "delete", ""], ["R", "x", "x", "", "gone"]], ids=["deleted", "invalid"]
)
def test_an_entity_that_is_not_sent_may_refer_to_itself(made, row):
    headings = ["Root", "Leaf", "Same", "Action", "Nodes"]
    found = resolved(made, roots("R"), Rows("Leaves", [headings, row]))
    assert "names_itself" not in {finding.code for finding in found.findings}


def test_a_reference_to_what_is_only_live_does_not_dangle(made):
    found = resolved(
        made, leaves(["R", "x", "a"]), live=[live("root", "R"), below("node", "R", "a")]
    )
    assert found.findings == []
