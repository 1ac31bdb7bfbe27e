"""What may be deleted: only what does not hold anything that stays."""

from importer.order.containment import still_full

CHILDREN = {"a": ["b", "c"], "b": ["d"], "c": [], "d": []}


def full(leaving, going):
    return dict(still_full(leaving, CHILDREN.__getitem__, going))


def test_what_is_emptied_with_all_it_holds_may_go():
    assert full(["d", "b", "c", "a"], {"a", "b", "c", "d"}) == {}


def test_what_holds_something_that_stays_stays_and_so_does_what_holds_that():
    going = {"a", "b", "c"}
    assert full(["b", "c", "a"], going) == {"b": ["d"], "a": ["b"]}
    assert going == {"c"}


def test_what_is_empty_may_go():
    assert full(["c"], {"c"}) == {}
