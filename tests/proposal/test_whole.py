"""A sheet as a whole tells what its rows are, or that they are none."""

from __future__ import annotations

from importer.proposal.naming import Names
from importer.proposal.points import NOTHING
from importer.proposal.whole import Beside, by_sheet
from tests.proposal.build import columns

NAMES = Names("list.csv", "list")


def points(found, beside=Beside(), names=NAMES):  # noqa: B008 - frozen
    told = list(by_sheet(names, found, beside))
    return {point.kind: point.points for point in told if point.points > 0}


def test_headings_that_are_rooms_or_times_make_a_grid():
    lessons = columns(["Day", "B101", "B102", "B204"], ["Mon", "Maths", "", "Art"])
    assert points(lessons) == {NOTHING: 2.0}


def test_the_same_in_several_languages_is_a_list_of_terms():
    assert points(columns(["English", "Français"], ["yes", "oui"])) == {"term": 2.5}
    assert points(columns(["EN", "FR"], ["yes", "oui"])) == {"term": 2.5}


def test_messages_of_a_program_are_none():
    messages = columns(["Name", "EN", "FR"], ["answer.yes", "yes", "oui"])
    assert points(messages) == {NOTHING: 2.5}


def test_few_buildings_beside_many_rooms_are_not_held_against_their_sheet():
    names, found = Names("list.xlsx", "Buildings", alone=False), columns(["Name"], ["A"])
    assert points(found, Beside(frozenset({"space"}), 400), names) == {"building": 2.5}
    assert points(found, Beside(frozenset({"link"}), 400), names) == {"building": 2.5, NOTHING: 1.5}


def test_a_name_weighs_less_where_its_thing_repeats():
    names = Names("rooms.csv", "rooms")
    lessons = columns(["Room", "Course"], *([f"R{at % 3}", f"c{at}"] for at in range(12)))
    rooms = columns(["Room", "Course"], *([f"R{at}", "Maths"] for at in range(12)))
    assert points(lessons, names=names)["space"] < points(rooms, names=names)["space"]


def test_a_table_of_figures_has_nothing_to_import():
    budget = columns(["Title", "2024", "2025", "Zorbic"], ["Rent", "5", "7", "9"])
    assert points(budget)[NOTHING] >= 2.0
    rooms = columns(["Room", "Seats", "Capacity", "Area"], ["B1", "5", "7", "9"])
    assert points(rooms) == {}


def test_an_outline_of_indented_topics_is_a_tree():
    topics = columns(["Topic"], ["Money"], ["  Taxes"], ["    VAT"], ["  Fees"], ["People"])
    assert points(topics) == {"category": 4.5}


def test_steps_of_levels_are_a_tree():
    rows = [["Money", ""], ["", "Taxes"], ["", "Fees"], ["People", ""], ["", "Pay"]]
    assert points(columns(["Level 1", "Level 2"], *rows)) == {"category": 4.5}
