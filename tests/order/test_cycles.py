"""Entities whose parents lead back to themselves are reported with the whole cycle."""

from __future__ import annotations

from tests.mapping.build import OPEN, Rows, reported, template
from tests.order.build import leaves, node_keys, nodes, resolved, roots


def test_a_cycle_prints_its_path(made):
    rows = [["R", "a", "c"], ["R", "b", "a"], ["R", "c", "b"], ["R", "d", "c"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert reported(found.findings) == [("circle", "C2"), ("circle", "C3"), ("circle", "C4")]
    assert "a > c > b > a" in found.findings[0].message
    assert [r.valid for r in found.records] == [True, False, False, False, True]


def test_a_cycle_by_codes_prints_its_path(made):
    rows = [["R", "a", "", "B", "A"], ["R", "b", "", "A", "B"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert reported(found.findings) == [("circle", "D2"), ("circle", "D3")]
    assert "a > b > a" in found.findings[0].message


def test_an_entity_that_is_its_own_parent_is_a_cycle(made):
    found = resolved(made, roots("R"), nodes(["R", "a", "a"]))
    assert reported(found.findings) == [("circle", "C2")]


def test_a_cycle_in_one_root_is_not_hidden_by_equal_names_in_another(made):
    """Nor does it make anything in the other root a cycle."""
    rows = [
        ["R", "a", "b"],
        ["R", "b", "a"],
        ["S", "a", "gone"],
        ["S", "b", "a"],
        ["T", "a", "b"],
        ["T", "b"],
    ]
    found = resolved(made, roots("R", "S", "T"), nodes(*rows))
    assert reported(found.findings) == [("circle", "C2"), ("circle", "C3"), ("not_found", "C4")]
    assert node_keys(found)[3:] == ["S/gone/a/b", "T/b/a", "T/b"]


def test_what_stands_below_a_cycle_is_no_cycle_and_not_missing(made):
    rows = [["R", "x", "a"], ["R", "a", "b"], ["R", "b", "a"], ["R", "y", "x"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert reported(found.findings) == [("circle", "C3"), ("circle", "C4")]
    assert found.meant(2, "up", "node") == [found.record(3, "node").key]
    assert found.meant(5, "up", "node") == [found.record(2, "node").key]


def test_relations_among_leaves_may_form_a_cycle(made):
    rows = leaves(["R", "a", "", "b", "b"], ["R", "b", "", "a", "c"], ["R", "c", "", "", "a"])
    found = resolved(made, roots("R"), rows)
    assert found.findings == []
    assert all(record.valid for record in found.records)


NAMED = """
[kinds.root]
key = ["name"]
[kinds.node]
key = ["name"]
[[sheets]]
name = "Nodes"
[[sheets.entities]]
kind = "node"
columns = [
  { heading = "Node", path = "name", required = true },
  { heading = "Root" },
  { heading = "Parent" },
]
[[sheets.entities.references]]
path = "up"
to = ["node"]
by = ["Root", "Parent"]
parent = true
[[sheets.entities.references]]
path = "up"
to = ["root"]
by = ["Root"]
parent = true
required = true
"""


def test_a_cycle_is_reported_at_the_last_cell_that_names_the_parent(tmp_path):
    made = template(tmp_path, NAMED, root=OPEN, node=OPEN)
    rows = [["Node", "Root", "Parent"], ["a", "R", "b"], ["b", "R", "a"]]
    found = resolved(made, Rows("Nodes", rows))
    assert reported(found.findings) == [("circle", "C2"), ("circle", "C3")]
    assert [finding.value for finding in found.findings] == ["R > b", "R > a"]
