"""What speaks for a kind, and what speaks against it."""

from __future__ import annotations

from importer.proposal.evidence import evidence
from importer.proposal.naming import Names
from importer.proposal.whole import Beside
from tests.proposal.build import columns


def points(found, kind):
    return sum(point.points for point in found if point.kind == kind)


NAMES = Names("list.csv", "list")


def test_the_name_of_the_file_speaks_for_its_only_sheet():
    assert points(evidence(Names("rooms.csv", "rooms"), [], Beside()), "space") == 2.5


def test_a_level_counts_less_where_a_plain_name_stands_beside_it():
    beside = columns(["Name", "Building"], ["a", "A"], ["b", "A"], ["c", "B"])
    alone = columns(["Building"], ["A"], ["B"], ["C"])
    assert points(evidence(NAMES, beside, Beside()), "building") < points(
        evidence(NAMES, alone, Beside()), "building"
    )


def test_a_small_sheet_beside_a_large_one_is_hardly_for_import():
    found = columns(["Code", "Meaning"], ["a", "b"])
    assert points(evidence(NAMES, found, Beside(most_rows=100)), "") > 1
    assert points(evidence(NAMES, found, Beside()), "") == 0


def test_headings_without_rows_are_not_held_against_a_sheet():
    found = columns(["Building", "Address"])
    assert points(evidence(NAMES, found, Beside()), "") == 0


def test_people_speak_against_rooms():
    found = columns(["Last name", "Room"], *([f"n{at}", f"r{at % 3}"] for at in range(9)))
    assert points(evidence(NAMES, found, Beside()), "") > points(
        evidence(NAMES, found, Beside()), "space"
    )


def test_words_in_the_cells_say_what_the_rows_are():
    found = columns(["X"], *[["Meeting room"], ["Auditorium"]] * 4)
    assert points(evidence(NAMES, found, Beside()), "space") > 0
