"""Sheets are looked at one by one, and then beside each other."""

from __future__ import annotations

from importer.proposal.chosen import Choice
from importer.proposal.look import less_likely, look_at
from importer.proposal.rules import rules_of
from tests.proposal.build import table, templates

RULES = rules_of(templates())
ROOMS = [("Building", "Room"), *(("A", f"R{at}") for at in range(20))]


def looks(*tables, chosen=None):
    return look_at(tables, RULES, chosen or {})


def test_rows_above_the_headings_are_left_out():
    (look,) = looks(table(("Our rooms",), *ROOMS))
    assert (look.header_row, look.skipped[0].reason) == (2, "stands above the headings")


def test_what_a_person_has_chosen_is_kept():
    chosen = {("list.xlsx", "Sheet1"): Choice(0, "desk")}
    (look,) = looks(table(*ROOMS), chosen=chosen)
    assert (look.header_row, look.verdict.kind, look.verdict.confidence) == (0, "desk", 1.0)


def test_a_key_beside_a_long_list_is_not_for_import():
    key = table(("Code", "Meaning"), ("A", "Main house"), name="Key")
    assert [look.verdict.kind for look in looks(table(*ROOMS), key)] == ["space", ""]


def test_kinds_of_another_system_are_less_likely_in_the_same_file():
    less = less_likely(looks(table(*ROOMS)), RULES)
    assert "term" in less
    assert "desk" not in less


def test_a_long_sheet_tells_the_system_of_a_short_one():
    sensors = [(f"S{at}", "CO2", "A") for at in range(30)]
    long = table(("Sensor ID", "Type", "Building"), *sensors, name="Sensors")
    short = table(("Group", "Description"), ("G1", "One."), ("G2", "Two."), name="Groups")
    assert [look.verdict.kind for look in looks(long, short)] == ["sensor", "sensor_group"]
