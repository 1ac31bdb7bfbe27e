"""Names that look alike are found among names that are told some at a time."""

from __future__ import annotations

from importer.order.alike_names import alike_among, names_that_look

PIECES = [["Desk 1", "Desk 2", "Desk 1"], ["Desk 2", "DESK 3"], ["desk  1", "Desk 3", "Other"]]


def test_names_that_differ_and_look_alike_are_found_across_pieces():
    found = alike_among(lambda: PIECES)
    assert sorted(map(sorted, found)) == [["DESK 3", "Desk 3"], ["Desk 1", "desk  1"]]


def test_equal_names_are_no_names_that_look_alike():
    assert list(alike_among(lambda: [["Desk 1"], ["Desk 1", "Desk 2"], ["Desk 2"]])) == []


def test_two_names_of_one_piece_may_look_alike():
    assert list(alike_among(lambda: [["a", "A"], ["b"]])) == [["A", "a"]]


def test_names_are_found_by_what_they_look_like():
    assert names_that_look(lambda: PIECES, {"desk 1", "x"}) == {"Desk 1", "desk  1"}
