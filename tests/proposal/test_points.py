"""A kind of reason that repeats counts less each time."""

from __future__ import annotations

from importer.proposal.points import Point, standings


def test_the_second_and_third_of_a_kind_of_reason_count_a_half_and_a_quarter():
    (found,) = standings([Point("a", 1.0, f"reason {at}", "same") for at in range(5)])
    assert (found.points, found.sorts) == (1.75, 1)


def test_kinds_are_ranked_by_their_points():
    found = standings([Point("a", 1.0, "x"), Point("b", 2.0, "y"), Point("a", 1.5, "z")])
    assert [(each.kind, each.points) for each in found] == [("a", 2.5), ("b", 2.0)]


def test_the_weightiest_reason_is_told_first_and_light_ones_are_not_told():
    (found,) = standings([Point("a", 0.1, "x"), Point("a", 1.0, "y"), Point("a", 2.0, "z")])
    assert found.reasons == ("z", "y")
