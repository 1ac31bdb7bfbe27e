"""References in words: what they mean, in any order of the rows, and why one means nothing."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.model import Severity
from tests.mapping.build import Rows, only, told
from tests.order.build import leaves, live, node_keys, nodes, resolved, roots, trees


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return trees(tmp_path_factory.mktemp("trees"))


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


@pytest.mark.parametrize("looked_up", [True, False])
def test_a_name_that_nobody_has_is_an_error_only_where_the_target_was_asked(made, looked_up):
    there = nodes(["R", "heart"], ["R", "x", "haert"])
    found = resolved(made, roots("R"), there, looked_up=looked_up)
    finding = only(found.findings)
    assert finding.code == "not_found"
    assert (finding.place.sheet, finding.place.cell, finding.place.heading) == (
        "Nodes",
        "C3",
        "Parent",
    )
    assert (finding.value, finding.suggestion) == ("haert", "heart")
    assert (finding.severity is Severity.ERROR) == looked_up
    assert found.record(3, "node").valid == (not looked_up)


def test_the_text_that_was_not_followed_is_blamed(made):
    """A node in a root that does not exist: the root's cell is wrong, not the node's."""
    finding = only(resolved(made, nodes(["Q", "x"])).findings)
    assert (finding.place.cell, finding.value) == ("A2", "Q")


AMBIGUOUS = [["R", "a"], ["R", "b"], ["R", "h", "a"], ["R", "h", "b"], ["R", "x", "h"]]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7])
def test_an_ambiguous_name_lists_its_candidates(made, order):
    """In any row order, also while the candidates' own parents are not known yet."""
    rows = [AMBIGUOUS[i] for i in order]
    found = resolved(made, roots("R"), nodes(*rows))
    finding = only(found.findings)
    assert finding.code == "ambiguous"
    assert finding.place.row == 2 + order.index(4)
    assert "`R > a > h`" in finding.message
    assert "`R > b > h`" in finding.message
    assert not found.record(finding.place.row, "node").valid


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


def test_a_duplicate_key_names_both_places(made):
    found = resolved(made, roots("R"), nodes(["R", "a"], ["R", "b"], ["R", "a"]))
    assert told(found.findings) == [("duplicate_key", "B2"), ("duplicate_key", "B4")]
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
    assert told(found.findings) == [("duplicate_key", "C2"), ("duplicate_key", "C4")]
    assert [f.value for f in found.findings] == ["1", "1"]
    assert "row 4" in found.findings[0].message


def test_a_circle_prints_its_path(made):
    rows = [["R", "a", "c"], ["R", "b", "a"], ["R", "c", "b"], ["R", "d", "c"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert told(found.findings) == [("circle", "C2"), ("circle", "C3"), ("circle", "C4")]
    assert "a > c > b > a" in found.findings[0].message
    assert [r.valid for r in found.records] == [True, False, False, False, True]


def test_a_circle_by_codes_prints_its_path(made):
    rows = [["R", "a", "", "B", "A"], ["R", "b", "", "A", "B"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert told(found.findings) == [("circle", "D2"), ("circle", "D3")]
    assert "a > b > a" in found.findings[0].message


def test_an_entity_that_is_its_own_parent_is_a_circle(made):
    found = resolved(made, roots("R"), nodes(["R", "a", "a"]))
    assert told(found.findings) == [("circle", "C2")]


def test_a_circle_in_one_root_is_not_hidden_by_equal_names_in_another(made):
    """Nor does it make anything in the other root a circle."""
    rows = [
        ["R", "a", "b"],
        ["R", "b", "a"],
        ["S", "a", "gone"],
        ["S", "b", "a"],
        ["T", "a", "b"],
        ["T", "b"],
    ]
    found = resolved(made, roots("R", "S", "T"), nodes(*rows))
    assert told(found.findings) == [("circle", "C2"), ("circle", "C3"), ("not_found", "C4")]
    assert node_keys(found)[3:] == ["S/gone/a/b", "T/b/a", "T/b"]


def test_what_stands_below_a_circle_is_no_circle_and_not_missing(made):
    rows = [["R", "x", "a"], ["R", "a", "b"], ["R", "b", "a"], ["R", "y", "x"]]
    found = resolved(made, roots("R"), nodes(*rows))
    assert told(found.findings) == [("circle", "C3"), ("circle", "C4")]
    assert found.meant(2, "up", "node") == [found.record(3, "node").key]
    assert found.meant(5, "up", "node") == [found.record(2, "node").key]


BELOW_GONE = [["R", "a", "gone"], ["R", "b", "a"], ["R", "c", "gone > a > b"], ["R", "d", "b"]]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_what_stands_below_an_invalid_row_is_not_missing(made, order):
    """It will be blocked: its reference leads to the row that is in error."""
    found = resolved(made, roots("R"), nodes(*(BELOW_GONE[i] for i in order)))
    finding = only(found.findings)
    assert (finding.value, finding.place.row) == ("gone", 2 + order.index(0))
    keys = ["R/gone/a", "R/gone/a/b", "R/gone/a/b/c", "R/gone/a/b/d"]
    assert node_keys(found) == [keys[i] for i in order]
    row = 2 + order.index(1)
    assert found.meant(row, "up", "node") == [("R", "gone", "a")]


def test_an_entity_whose_row_is_invalid_is_still_there_to_refer_to(made):
    """Its row is told; the rows that refer to it are not told that it is missing."""
    headings = ["Root", "Node", "Parent", "Action"]
    rows = Rows("Nodes", [headings, ["R", "a", "", "explode"], ["R", "x", "a", ""]])
    found = resolved(made, roots("R"), rows)
    assert told(found.findings) == [("not_allowed", "D2")]
    assert not found.record(2, "node").valid
    assert found.meant(3, "up", "node") == [("R", "a")]


def test_relations_among_leaves_may_form_a_circle(made):
    rows = leaves(["R", "a", "", "b", "b"], ["R", "b", "", "a", "c"], ["R", "c", "", "", "a"])
    found = resolved(made, roots("R"), rows)
    assert found.findings == []
    assert all(record.valid for record in found.records)


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
    assert found.findings == []
    assert found.meant(2, "same", "leaf") == keys


def test_every_item_of_a_list_that_means_nothing_is_told(made):
    found = resolved(made, roots("R"), leaves(["R", "a", "n1; n2"], ["R", "b", "", "a; z"]))
    assert [(f.place.cell, f.value) for f in found.findings] == [
        ("C2", "n1"),
        ("C2", "n2"),
        ("D3", "z"),
    ]


NAMES = st.sampled_from("abcd")
PARENTS = st.sampled_from(["", "a", "b", "c", "a > b", "b > c", "gone"])
TABLES = st.lists(st.tuples(st.sampled_from("RS"), NAMES, PARENTS), max_size=7)


def outcome(made, table, order):
    """For each row of the table its key, its validity and the codes and headings of findings.

    What will not be sent, since it or something above it is invalid, has a key for the time being.
    """
    found = resolved(made, roots("R", "S"), nodes(*(table[i] for i in order)))
    records = [record for record in found.records if record.kind == "node"]
    told_of = {i: set() for i in order}
    for finding in found.findings:
        told_of[order[finding.place.row - 2]].add((finding.code, finding.place.heading))
    wrong = {record.key for record in found.records if not record.valid}
    sent = [not any(r.key[: n + 1] in wrong for n in range(len(r.key))) for r in records]
    rows = zip(order, records, sent, strict=True)
    facts = {i: (record.key if goes else None, record.valid) for i, record, goes in rows}
    return [(facts[i], told_of[i]) for i in sorted(order)]


@settings(max_examples=150, deadline=None)
@given(table=TABLES, data=st.data())
def test_permuting_the_rows_permutes_the_outcome_and_changes_nothing_else(made, table, data):
    straight = list(range(len(table)))
    order = data.draw(st.permutations(straight))
    assert outcome(made, table, order) == outcome(made, table, straight)


@settings(max_examples=150, deadline=None)
@given(table=TABLES)
def test_every_row_gets_a_key_that_begins_with_its_parents_or_a_finding(made, table):
    found = resolved(made, roots("R", "S"), nodes(*table))
    keys = {record.key for record in found.records}
    for record in (record for record in found.records if record.kind == "node"):
        assert record.key is not None
        assert record.key[-1] == record.labels[-1]
        if record.valid:
            assert record.key[:-1] in keys
