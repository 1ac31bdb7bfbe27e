"""Laws of planning for random tables and states: a second plan after the first changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model import Action
from tests.mapping.build import Rows
from tests.order.build import trees
from tests.plan.build import carried_out, plan, reversed_


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return trees(tmp_path_factory.mktemp("trees"))


ROOTS = st.just([["Root", "Code"], ["R", "r-1"], ["S", ""]])
NODES = st.just(
    [["Root", "Node", "Parent"], ["R", "n", ""], ["R", "m", "n"], ["S", "n", ""], ["R", "k", "m"]]
)
NAMES = ["a", "b", "c", "d"]
OTHERS = st.sampled_from(["", "a", "b; c", "d", "<clear>", "a; b; c; d"])
CELLS = {
    "Nodes": st.sampled_from(["", "n", "m; n", "k", "<clear>"]),
    "Same": OTHERS,
    "Above": OTHERS,
    "Below": OTHERS,
    "Text": st.sampled_from(["", "x", "two\nlines", "<clear>"]),
    "Size": st.sampled_from(["", 0, 1, 2.5, "<clear>"]),
    "Tags": st.sampled_from(["", "p; q", "q; p", "r", "<clear>"]),
    "Steps": st.sampled_from(["", "p; q", "q; p", "<clear>"]),
    "Secret": st.sampled_from(["", "s", "t"]),
    "Shape": st.sampled_from(["", '{"a": 1}', '{"b": {}}', "[1]", "<clear>"]),
    "Free: v1.2": st.sampled_from(["", "x", "<clear>"]),
    "Code": st.just(""),
}
LEAF = st.tuples(*CELLS.values())
LEAVES = st.dictionaries(st.sampled_from(NAMES), LEAF, max_size=4)
ALL = [["R", name, *[""] * len(CELLS)] for name in NAMES]


def leaves(table) -> list[list[object]]:
    """Return the leaves of a table, and below them those it does not name, so that all exist."""
    stated = [["R", name, *_of_others(name, cells)] for name, cells in table.items()]
    rest = [line for line in ALL if line[1] not in table]
    return [["Root", "Leaf", *CELLS], *stated, *rest]


def _of_others(name, cells):
    """Return the cells of a leaf, which never name the leaf itself."""
    for heading, cell in zip(CELLS, cells, strict=True):
        if heading in ("Same", "Above", "Below"):
            yield "; ".join(other for other in cell.split("; ") if other != name)
        else:
            yield cell


def sheets(roots, nodes, table):
    return [Rows("Roots", roots), Rows("Nodes", nodes), Rows("Leaves", leaves(table))]


@settings(max_examples=120)
@given(roots=ROOTS, nodes=NODES, before=LEAVES, table=LEAVES)
def test_a_plan_after_an_applied_plan_changes_nothing(made, roots, nodes, before, table):
    """From an empty target, and from the state that another table left behind."""
    world = []
    for some in (before, table):
        desired = sheets(roots, nodes, some)
        world = carried_out(plan(made, desired, world), world)
    again = plan(made, sheets(roots, nodes, table), world)
    assert set(again.actions) == {Action.UNCHANGED}
    assert all(one.change is None and one.later is None for one in again.planned)


@settings(max_examples=120)
@given(roots=ROOTS, nodes=NODES, before=LEAVES, table=LEAVES)
def test_the_inverse_of_a_plan_restores_the_state_before(made, roots, nodes, before, table):
    """Whatever was set, cleared, related or unrelated; created objects are archived."""
    first = plan(made, sheets(roots, nodes, before), [])
    old = carried_out(first, [])
    second = plan(made, sheets(roots, nodes, table), old)
    new = carried_out(second, old)
    back = carried_out(reversed_(second, old, new), new)
    assert _by_id(back) == _by_id(old)
    none = carried_out(reversed_(first, [], old), old)
    assert all(one.archived for one in none)


def _by_id(world):
    named = {one.id: one.key for one in world}
    return {one.id: (one.key, _filled(one.payload), shown(one, named)) for one in world}


def _filled(payload):
    """Return a payload without the objects that are empty by now."""
    whole = {name: _filled(v) if isinstance(v, dict) else v for name, v in payload.items()}
    return {name: value for name, value in whole.items() if value != {} or name == "shape"}


@settings(max_examples=60)
@given(roots=ROOTS, nodes=NODES, before=LEAVES, table=LEAVES)
def test_only_stated_fields_change(made, roots, nodes, before, table):
    """A blank cell leaves its field alone, whatever the rest of its row does."""
    desired = sheets(roots, nodes, before)
    world = carried_out(plan(made, desired, []), [])
    old = {one.key: one for one in world}
    after = {
        one.key: one for one in carried_out(plan(made, sheets(roots, nodes, table), world), world)
    }
    assert old.keys() == after.keys()
    for name, cells in table.items():
        line = dict(zip(CELLS, cells, strict=True))
        for heading, path in (("Text", "text"), ("Size", "size")):
            if line[heading] == "":
                ends = [one[("R", name)].payload.get("facts", {}).get(path) for one in (old, after)]
                assert ends[0] == ends[1]
        for heading in ("Tags", "Steps", "Shape"):
            if line[heading] == "":
                assert old["R", name].payload.get(heading.lower()) == after["R", name].payload.get(
                    heading.lower()
                )


@settings(max_examples=60)
@given(roots=ROOTS, nodes=NODES, table=LEAVES, data=st.data())
def test_the_order_of_the_rows_does_not_matter(made, roots, nodes, table, data):
    order = data.draw(st.permutations(list(table)))
    worlds = []
    for names in (list(table), order):
        desired = sheets(roots, nodes, {name: table[name] for name in names})
        world = carried_out(plan(made, desired, []), [])
        named = {one.id: one.key for one in world}
        worlds.append({one.key: (one.payload, shown(one, named)) for one in world})
    assert worlds[0] == worlds[1]


def shown(one, named):
    return {p: sorted(named[ref.id] for ref in refs) for p, refs in one.relations.items() if refs}
