"""What a path of texts means among all known keys, labels and codes."""

from __future__ import annotations

import pytest

from importer.order import KeyIndex
from importer.order.key_index import Ambiguous, Missing

SEPARATORS = (" > ",)


@pytest.fixture
def index():
    found = KeyIndex()
    for key in [("A",), ("R",), ("Z",)]:
        found.add("root", key)
    for key in [("R", "a"), ("R", "b"), ("A", "x"), ("Z", "y"), ("R", "a", "c")]:
        found.add("node", key)
    found.add("leaf", ("R", "a"))
    return found


def test_a_name_that_is_also_the_code_of_a_sibling_is_ambiguous(index):
    """It is not picked silently: the cell may mean either."""
    index.identify("node", "a", ("R", "b"))
    answer = index.follow(("node",), ("R", "a"), SEPARATORS)
    assert answer == Ambiguous(1, "a", (("node", ("R", "a")), ("node", ("R", "b"))))


@pytest.mark.parametrize(("kind", "key"), [("node", ("A", "x")), ("node", ("Z", "y"))])
def test_a_name_that_is_the_code_of_something_elsewhere_means_what_has_the_name(index, kind, key):
    index.identify(kind, "a", key)
    assert index.follow(("node",), ("R", "a"), SEPARATORS) == ("node", ("R", "a"))


def test_a_name_that_is_its_own_code_is_not_ambiguous(index):
    index.identify("node", "a", ("R", "a"))
    index.identify("node", "a > c", ("R", "a", "c"))
    assert index.follow(("node",), ("R", "a"), SEPARATORS) == ("node", ("R", "a"))
    assert index.follow(("node",), ("R", "a > c"), SEPARATORS) == ("node", ("R", "a", "c"))


def test_a_path_that_is_also_the_code_of_another_of_its_kind_is_ambiguous(index):
    index.identify("node", "a > c", ("R", "b"))
    answer = index.follow(("node",), ("R", "a > c"), SEPARATORS)
    assert answer == Ambiguous(1, "a > c", (("node", ("R", "a", "c")), ("node", ("R", "b"))))


@pytest.mark.parametrize("kinds", [("node", "leaf"), ("leaf", "node")])
def test_a_path_that_is_the_code_of_another_kind_is_not_ambiguous(index, kinds):
    """The name comes before the code, whichever kind is asked for first."""
    index.add("leaf", ("R", "b"))
    index.identify("leaf", "a > c", ("R", "b"))
    assert index.follow(kinds, ("R", "a > c"), SEPARATORS) == ("node", ("R", "a", "c"))


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        (("Q", "a"), Missing(0, "Q", ())),
        (("R", "aa"), Missing(1, "aa", ("R",))),
        (("R", "a", "q"), Missing(2, "q", ("R", "a"))),
    ],
)
def test_the_text_that_is_missing_is_counted_from_the_outermost(index, texts, missing):
    assert index.follow(("node",), texts, SEPARATORS) == missing


def test_a_former_key_means_what_was_renamed_unless_the_file_states_it(index):
    index.rename("node", ("R", "a"), ("R", "n"), ())
    assert index.has(("node",), ("R", "a")) == ("node", ("R", "n"))
    index.add("node", ("R", "a"), 7)
    assert index.has(("node",), ("R", "a")) == ("node", ("R", "a"))
