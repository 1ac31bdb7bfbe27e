"""A cache computes each value once and never holds more than it may."""

from __future__ import annotations

from importer.cache import Cache


def test_a_value_is_computed_once():
    asked = []
    cache = Cache(lambda key: asked.append(key) or key * 2)
    assert [cache[key] for key in "abab"] == ["aa", "bb", "aa", "bb"]
    assert asked == ["a", "b"]


def test_a_full_cache_is_emptied_before_the_next_value():
    cache = Cache(str.upper, 2)
    sizes = [(cache[key], len(cache)) for key in "abcd"]
    assert sizes == [("A", 1), ("B", 2), ("C", 1), ("D", 2)]
