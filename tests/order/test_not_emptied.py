"""What must be empty to be deleted, and still has something in it, is not deleted."""

from __future__ import annotations

import pytest

from tests.mapping.build import OPEN, Rows, only, reported, template
from tests.order.build import TREES, below, live, resolved

ROOT = live("root", "R")
CHAIN = [ROOT, *(below("node", "R", *"abcd"[: n + 1]) for n in range(4))]
NODES = ["Root", "Node", "Parent", "Action"]


@pytest.fixture
def emptied(tmp_path):
    trees = TREES.replace("[kinds.node]\n", "[kinds.node]\nempty_first = true\n")
    return template(tmp_path, trees, root=OPEN, node=OPEN, leaf=OPEN, seat=OPEN)


def nodes(*lines):
    return Rows("Nodes", [NODES, *lines])


def test_a_deletion_is_reported_at_its_action_with_what_is_still_inside(emptied):
    found = resolved(emptied, nodes(["R", "a", "", "delete"]), live=CHAIN)
    finding = only(found.findings)
    assert finding.message == "`a` still has `b` in it: delete or move what is in it too."
    assert (finding.code, finding.place.cell, finding.place.heading, finding.value) == (
        "not_empty",
        "D2",
        "Action",
        "a",
    )
    assert not found.record(2, "node").valid


def test_what_holds_something_that_stays_stays_too(emptied):
    """In any order of the rows: the innermost is looked at first."""
    rows = [["R", "a", "", "delete"], ["R", "b", "a", "delete"], ["R", "c", "a > b", "delete"]]
    for order in (rows, rows[::-1]):
        found = resolved(emptied, nodes(*order), live=CHAIN)
        assert {finding.value for finding in found.findings} == {"a", "b", "c"}


def test_what_is_deleted_with_all_that_is_in_it_is_not_reported(emptied):
    rows = [["R", "d", "a > b > c", "delete"], ["R", "c", "a > b", "delete"]]
    assert resolved(emptied, nodes(*rows), live=CHAIN).findings == []


def test_what_is_moved_away_need_not_be_deleted(emptied):
    coded = [ROOT, CHAIN[1], below("node", "R", "a", "b", identities=("B",))]
    moved = Rows("Nodes", [["Root", "Node", "Code"], ["R", "b", "B"]])
    found = resolved(emptied, moved, nodes(["R", "a", "", "delete"]), live=coded)
    assert found.findings == []


def test_a_kind_that_need_not_be_empty_is_deleted_as_it_is(made):
    found = resolved(made, nodes(["R", "a", "", "delete"]), live=CHAIN)
    assert reported(found.findings) == []
