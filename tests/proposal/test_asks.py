"""Only what a list cannot tell is asked."""

from __future__ import annotations

import pytest

from importer.proposal import propose
from importer.proposal.asks import day_first
from tests.proposal.build import sheet, templates


def asked(*sheets):
    return [[ask.name for ask in each.asks] for each in propose(sheets, templates()).sheets]


TERMS = [("Term", "Definition"), ("Net", "After tax."), ("Gross", "Before tax.")]
ROOMS = [("Building", "Floor", "Room", "Seats"), ("A", 1, "Lab", 4), ("A", 2, "Den", 6)]


def test_terms_without_a_glossary_are_asked_for_it():
    (found,) = propose([sheet(*TERMS, name="Finance terms")], templates()).sheets
    assert [(ask.name, ask.default) for ask in found.asks] == [("glossary", "Finance terms")]


def test_rooms_whose_buildings_are_made_are_asked_for_the_time_zone():
    assert asked(sheet(*ROOMS)) == [["time_zone"]]


def test_rooms_without_a_building_are_asked_for_it_and_for_no_time_zone():
    assert asked(sheet(*(row[1:] for row in ROOMS))) == [["building"]]


def test_a_sheet_for_each_building_names_it():
    sheets = [sheet(*(row[1:] for row in ROOMS), name=name) for name in ("North House", "Annex")]
    assert asked(*sheets) == [["time_zone"], ["time_zone"]]
    assert [s.constants for s in propose(sheets, templates()).sheets] == [
        {"Building": "North House"},
        {"Building": "Annex"},
    ]


def test_buildings_of_another_sheet_have_their_time_zone_there():
    buildings = sheet(
        ("Building", "Address"), ("A", "5 Low Street"), ("B", "7 Low Street"), name="B"
    )
    assert asked(sheet(*ROOMS), buildings) == [[], ["time_zone"]]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["3/4/2026", "13/4/2026"], True),
        (["3/4/2026", "3/14/2026"], False),
        (["3/4/2026"], None),
        (["2026-04-03"], True),
    ],
)
def test_day_or_month_is_open_only_where_no_number_above_twelve_settles_it(dates, first):
    assert day_first(dates) is first


def test_desks_among_equipment_are_asked_for():
    rows = [(f"X{at}", "Desk" if at % 2 else "Lamp", f"SN{at}", "R1", f"T{at}") for at in range(12)]
    headings = ("Name", "Category", "Serial number", "Room", "Asset tag")
    choices = sheet(headings, *rows, name="Equipment desks")
    assert "filter" in asked(choices)[0]
