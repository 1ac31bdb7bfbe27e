"""Digests tell which values come twice."""

from __future__ import annotations

from importer.order.digests import Digests, digest


def test_what_is_added_twice_is_told_and_nothing_else():
    found = Digests()
    found.add(f"D-{n}" for n in range(1_000))
    assert found.twice() == set()
    found.add(["D-7", ("D-8", "x"), "D-9"])
    assert found.twice() == {digest("D-7"), digest("D-9")}


def test_what_was_added_is_in_it_also_after_it_was_asked():
    found = Digests()
    found.add(["a", ("b", "c")])
    assert "a" in found
    assert "d" not in found
    found.add(["d"])
    assert "d" in found
    assert ("b", "c") in found
