"""The keys of rows that nothing else of their kind is about, also where a parent is nowhere."""

from __future__ import annotations

from tests.order.build import nodes, resolved, roots, seats


def test_rows_of_a_parent_that_is_nowhere_have_the_key_that_they_state(made):
    lines = [["Q", "n", f"s{n}", "", f"C-{n}"] for n in range(3)]
    found = resolved(made, seats(*lines), looked_up=False)
    assert [record.key for record in found.records] == [("Q", "n", f"s{n}") for n in range(3)]
    assert [(one.message, one.more_rows) for one in found.findings] == [
        ("No root `Q` here; it will be looked up in the target.", 2)
    ]


def test_rows_of_one_name_below_a_parent_that_is_nowhere_are_stated_twice(made):
    found = resolved(made, seats(["Q", "n", "s"], ["Q", "n", "t"], ["Q", "n", "s"]))
    twice = [one.place.row for one in found.findings if one.code == "duplicate_key"]
    assert twice == [2, 4]


def test_an_identifying_value_of_plain_rows_is_of_one_of_them_only(made):
    found = resolved(made, roots("R"), seats(["R", "", "s", "", "C"], ["R", "", "t", "", "C"]))
    assert [one.message for one in found.findings] == [
        "`C` stands here and in row 3: keep one of them.",
        "`C` stands here and in row 2: keep one of them.",
    ]


def test_plain_rows_can_be_named_by_their_identifying_values(made):
    stated = nodes(["R", "a", "", "", "N-1"], ["R", "b", "", "N-1", ""])
    found = resolved(made, roots("R"), stated, seats(["", "", "s", "N-1"]))
    assert found.keys()["node", 3] == ("R", "a", "b")
    assert found.keys()["seat", 2] == ("R", "a", "s")


def test_a_row_whose_code_is_the_name_that_another_misses_does_not_become_its_parent(made):
    found = resolved(made, roots("R"), seats(["Q", "", "s", "", "x"], ["R", "", "t", "", "Q"]))
    assert found.keys()["seat", 2] == ("Q", "s")
    assert [one.message for one in found.findings if one.place.row == 2] != []
