"""References in words: what they mean, in any order of the rows."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.order import Resolver
from tests.mapping.build import OPEN, Rows, only, reported, taken, template
from tests.order.build import (
    below,
    leaves,
    live,
    live_index,
    node_keys,
    nodes,
    resolved,
    roots,
    seats,
)

CHAIN = [["R", "a"], ["R", "b", "a"], ["R", "c", "a > b"], ["R", "d", "c"]]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_parent_may_stand_below_its_children(made, order):
    found = resolved(made, roots("R"), nodes(*(CHAIN[i] for i in order)))
    paths = ["R/a", "R/a/b", "R/a/b/c", "R/a/b/c/d"]
    assert node_keys(found) == [paths[i] for i in order]
    assert found.findings == []


@pytest.mark.parametrize(
    ("parent", "key"),
    [
        ("a", "R/a/x"),
        ("a > b", "R/a/b/x"),
        ("a>b", "R/a/b/x"),
        (" a  >  b ", "R/a/b/x"),
        ("b", "R/a/b/x"),
        ("R > a > b", "R/a/b/x"),
        ("B-1", "R/a/b/x"),
        ("p > q", "R/p > q/x"),
        ('"p > q"', "R/p > q/x"),
        ('"p > q" > r', "R/p > q/r/x"),
        ('24"', 'R/24"/x'),
        ('24" > y', 'R/24"/y/x'),
        ("a@S", "S/a/x"),
        ("<clear>", "R/x"),
        ("", "R/x"),
    ],
)
def test_a_parent_is_named_by_label_path_or_identity(made, parent, key):
    """A label that holds the separator may stand in quotes; another root is named after @."""
    known = [
        ["R", "a"],
        ["R", "b", "a", "", "B-1"],
        ["R", "p > q"],
        ["R", "r", '"p > q"'],
        ["R", '24"'],
        ["R", "y", '24"'],
        ["S", "a"],
        ["S", "b", "a"],
    ]
    found = resolved(made, roots("R", "S"), nodes(["R", "x", parent], *known))
    assert found.findings == []
    assert node_keys(found)[0] == key


def test_a_parent_of_the_same_kind_may_be_named_by_its_code(made):
    """In any row order, and down a chain."""
    rows = [["R", "c", "", "B"], ["R", "b", "", "A", "B"], ["R", "a", "", "", "A"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert node_keys(found) == ["R/a/b/c", "R/a/b", "R/a"]
    assert found.findings == []


def test_what_is_live_need_not_be_in_the_file(made):
    there = [live("root", "R"), live("node", "R", "a"), live("node", "R", "a", "b")]
    found = resolved(made, nodes(["R", "x", "b"]), live=there)
    assert found.findings == []
    assert node_keys(found) == ["R/a/b/x"]


def test_what_is_live_and_in_the_file_too_is_one(made):
    """A label that is unique stays unique when the file states it again."""
    there = [live("root", "R"), live("node", "R", "a"), live("node", "R", "a", "b")]
    rows = nodes(["R", "y", "b"], ["R", "a"], ["R", "b", "a"], ["R", "x", "b"])
    found = resolved(made, rows, live=there)
    assert found.findings == []
    assert node_keys(found) == ["R/a/b/y", "R/a", "R/a/b", "R/a/b/x"]


LATE = [["R", "p"], ["R", "a", "p"], ["R", "h"], ["R", "k", "h"], ["R", "h", "a"], ["R", "x", "k"]]
"""`a` and `k` are found by their labels alone; a second `h` becomes known late."""


@pytest.mark.parametrize("order", list(permutations(range(6)))[::41])
def test_row_order_does_not_decide_what_a_short_name_means(made, order):
    found = resolved(made, roots("R"), nodes(*(LATE[i] for i in order)))
    keys = ["R/p", "R/p/a", "R/h", "R/h/k", "R/p/a/h", "R/h/k/x"]
    assert node_keys(found) == [keys[i] for i in order]
    assert found.findings == []


PENDING = [["R", "p"], ["R", "q", "p"], ["R", "r", "q"], ["R", "h", "r"], ["R", "h", "q"]]


@pytest.mark.parametrize("order", list(permutations(range(6)))[::41])
def test_a_short_name_waits_for_all_that_may_bear_it(made, order):
    """`x` is below `h`, of which one is known a step before the other: that is ambiguous."""
    rows = [*PENDING, ["R", "x", "h"]]
    found = resolved(made, roots("R"), nodes(*(rows[i] for i in order)))
    finding = only(found.findings)
    assert (finding.code, finding.place.row) == ("ambiguous", 2 + order.index(5))


def test_an_entity_whose_row_is_invalid_is_still_there_to_refer_to(made):
    """Its row is told; the rows that refer to it are not told that it is missing."""
    headings = ["Root", "Node", "Parent", "Action"]
    rows = Rows("Nodes", [headings, ["R", "a", "", "explode"], ["R", "x", "a", ""]])
    found = resolved(made, roots("R"), rows)
    assert reported(found.findings) == [("not_allowed", "D2")]
    assert not found.record(2, "node").valid
    assert found.meant(3, "up", "node") == [("R", "a")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("b", [("R", "b")]),
        ("b; c", [("R", "b"), ("R", "c")]),
        ("b\nb@S", [("R", "b"), ("S", "b")]),
        ("d@S", [("S", "d")]),
        (' "e;f" ; c', [("R", "e;f"), ("R", "c")]),
        ("C-1", [("R", "c")]),
    ],
)
def test_a_list_names_each_of_its_items(made, text, keys):
    rows = leaves(
        ["R", "a", "", text],
        ["R", "b"],
        ["R", "c", "", "", "", "", "C-1"],
        ["S", "b"],
        ["S", "d"],
        ["R", "e;f"],
    )
    found = resolved(made, roots("R", "S"), rows)
    assert {(f.code, f.value) for f in found.findings} == {("several_in_one", "e;f")}
    assert found.meant(2, "same", "leaf") == keys


NAMES = st.sampled_from("abcd")


PARENTS = st.sampled_from(["", "a", "b", "c", "a > b", "b > c", "gone"])


TABLES = st.lists(st.tuples(st.sampled_from("RS"), NAMES, PARENTS), max_size=7)


def outcome(made, table, order):
    """For each row of the table its key, its validity and the codes and headings of findings.

    What will not be sent, since it or something above it is invalid, has a key for the time being.
    """
    found = resolved(made, roots("R", "S"), nodes(*(table[i] for i in order)))
    records = [record for record in found.records if record.kind == "node"]
    reported_of = {i: set() for i in order}
    for finding in found.findings:
        reported_of[order[finding.place.row - 2]].add((finding.code, finding.place.heading))
    wrong = {record.key for record in found.records if not record.valid}
    sent = [not any(r.key[: n + 1] in wrong for n in range(len(r.key))) for r in records]
    rows = zip(order, records, sent, strict=True)
    facts = {i: (record.key if goes else None, record.valid) for i, record, goes in rows}
    return [(facts[i], reported_of[i]) for i in sorted(order)]


@settings(max_examples=150)
@given(table=TABLES, data=st.data())
def test_permuting_the_rows_permutes_the_outcome_and_changes_nothing_else(made, table, data):
    straight = list(range(len(table)))
    order = data.draw(st.permutations(straight))
    assert outcome(made, table, order) == outcome(made, table, straight)


@settings(max_examples=150)
@given(table=TABLES)
def test_every_row_gets_a_key_that_begins_with_its_parents_or_a_finding(made, table):
    found = resolved(made, roots("R", "S"), nodes(*table))
    keys = {record.key for record in found.records}
    for record in (record for record in found.records if record.kind == "node"):
        assert record.key is not None
        assert record.key[-1] == record.labels[-1]
        if record.valid:
            assert record.key[:-1] in keys


AT_FAULT = [
    ("contradiction", seats(["R", "b", "s", "A-1"]), "seat"),
    ("ambiguous", seats(["R", "", "t"]), "seat"),
    ("not_found", nodes(["R", "x", "gone"]), "node"),
    ("circle", nodes(["R", "x", "x"]), "node"),
    ("names_itself", leaves(["R", "x", "", "x"]), "leaf"),
]


@pytest.mark.parametrize(("code", "sheet", "kind"), AT_FAULT, ids=[code for code, *_ in AT_FAULT])
def test_the_entity_that_a_finding_is_about_is_marked_invalid(made, code, sheet, kind):
    """By the resolver itself, so that what hangs from it is blocked."""
    there = [
        live("root", "R"),
        below("node", "R", "a", identities=("A-1",)),
        below("node", "R", "b"),
        below("seat", "R", "a", "t"),
        below("seat", "R", "b", "t"),
    ]
    intake = taken(made, sheet)
    index = live_index(made, there)
    resolver = Resolver(made, intake.registry, index, intake.sheets, looked_up=True)
    assert [finding.code for finding in resolver.resolve()] == [code]
    assert [record.valid for record in intake.registry.of_kind(kind)] == [False]


LINKS = """
[kinds.root]
key = ["name"]
[kinds.node]
key = ["name"]
[kinds.twig]
key = ["name"]
[kinds.link]
key = ["url"]
[[sheets]]
name = "Nodes"
[[sheets.entities]]
kind = "node"
columns = [{ heading = "Root", required = true }, { heading = "Node", path = "name" }]
references = [{ path = "up", to = ["root"], by = ["Root"], parent = true, required = true }]
[[sheets]]
name = "Links"
[[sheets.entities]]
kind = "link"
columns = [
  { heading = "URL", path = "url", required = true },
  { heading = "Root" }, { heading = "Node" }, { heading = "Twig" }, { heading = "Root code" },
]
references = [
  { path = "on", to = ["node"], by = ["Root", "Node"], parent = true, required = true },
  { path = "on", to = ["twig"], by = ["Root", "Twig"], parent = true, required = true },
  { path = "on", to = ["root"], by = ["Root code"], via = "code", parent = true, required = true },
]
"""


@pytest.mark.parametrize("looked_up", [True, False])
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ["u", "R", "a", "b", ""],
            "Node names the node `R > a`, but Twig names the twig `R > b`: keep one of them.",
        ),
        (["u", "R", "a", "", ""], None),
        (["u", "R", "a", "", "R-1"], None),
    ],
)
def test_two_names_of_kinds_that_exclude_each_other_contradict_unseen(
    tmp_path, row, told, looked_up
):
    kinds = {"root": OPEN, "node": OPEN, "twig": OPEN, "link": OPEN}
    links = Rows("Links", [["URL", "Root", "Node", "Twig", "Root code"], row])
    found = taken(template(tmp_path / "t", LINKS, **kinds), links)
    resolver = Resolver(
        found.template,
        found.registry,
        live_index(found.template, []),
        found.sheets,
        looked_up=looked_up,
    )
    findings = [f for f in resolver.resolve() if f.code == "contradiction"]
    assert [f.message for f in findings] == ([told] if told else [])
