"""What is live in a scope and named by no file, and which of it stays."""

from importer.plan.prune import Absent, absent, keep_kinds

NAMES = {
    "R": ("root", ("R",)),
    "S": ("root", ("S",)),
    "n": ("node", ("R", "n")),
    "b": ("leaf", ("R", "b")),
    "a": ("leaf", ("R", "a")),
    "x": ("leaf", ("S", "x")),
    "t": ("tag", ("R", "t")),
}
KINDS = {"root", "node", "leaf"}


def test_what_no_row_states_is_absent_in_the_order_of_the_keys():
    assert absent(NAMES, ["R"], {"n"}, KINDS).ids == ["a", "b"]


def test_the_scope_itself_other_scopes_and_other_kinds_are_never_absent():
    assert absent(NAMES, ["R"], set(), KINDS).ids == ["a", "b", "n"]
    assert absent(NAMES, ["S"], set(), KINDS).ids == ["x"]
    assert absent(NAMES, ["R", "S"], {"a", "b", "n"}, KINDS).ids == ["x"]
    assert absent(NAMES, ["R"], set(), {"tag"}).ids == ["t"]
    assert absent(NAMES, [], set(), KINDS).ids == []


def test_kinds_that_a_file_does_not_name_in_a_scope_are_kept_with_the_reason():
    found = absent(NAMES, ["R", "S"], set(), KINDS)
    keep_kinds(found, NAMES, {("leaf", ("R",)): "too short"})
    assert found.kept == {"a": "too short", "b": "too short"}
    assert found.leaving == ["n", "x"]


def test_what_is_not_kept_leaves():
    assert Absent(["a", "b"], {"a": "why"}).leaving == ["b"]
    assert Absent(["a"]).leaving == ["a"]
