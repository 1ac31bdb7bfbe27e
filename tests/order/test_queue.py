"""Entities that are inside others wait for them; what is too deep to be sent is an error."""

from __future__ import annotations

import pytest

from importer.order import keys, messages
from tests.mapping.build import reported
from tests.order.build import node_keys, nodes, resolved, roots


@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_of_the_rows_does_not_decide_what_their_parents_mean(made, turn):
    rows = [["R", "a"], ["R", "b", "a"], ["R", "c", "a > b"], ["R", "d", "c"], ["R", "e", "c > d"]]
    found = resolved(made, roots("R"), nodes(*rows[::turn]))
    assert sorted(node_keys(found)) == ["R/a", "R/a/b", "R/a/b/c", "R/a/b/c/d", "R/a/b/c/d/e"]
    assert found.findings == []


def test_what_is_deeper_than_can_be_sent_is_an_error(made, monkeypatch):
    monkeypatch.setattr(keys, "DEEPEST", 3)
    monkeypatch.setattr(messages, "DEEPEST", 3)
    rows = [["R", "a"], ["R", "b", "a"], ["R", "c", "b"], ["R", "d", "c"], ["R", "e", "d"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert reported(found.findings) == [("too_deep", "C5"), ("too_deep", "C6")]
    assert [record.valid for record in found.records] == [True] * 4 + [False] * 2


def test_all_rows_of_a_long_cycle_are_told_the_same(made):
    rows = [["R", f"n{number}", f"n{(number + 1) % 20}"] for number in range(20)]
    found = resolved(made, roots("R"), nodes(*rows))
    assert [finding.code for finding in found.findings] == ["circle"] * 20
    assert {finding.message for finding in found.findings} == {
        "This is one of 20 that lead back to themselves: "
        "n0 > n1 > n2 > n3 > n4 > n5 > n6 > ... > n0. "
        "Name another, or none, in one of these rows."
    }
