"""Where buildings are tells their time zone, where that is one."""

from __future__ import annotations

import pytest

from importer.proposal.zones import likely_zone, several_zones
from tests.proposal.build import columns


@pytest.mark.parametrize(
    ("headings", "rows", "zone"),
    [
        (["Building", "Country"], [["A", "Germany"], ["B", "DE"]], "Europe/Berlin"),
        (["Building", "Country"], [["A", "Germany"], ["B", "USA"]], ""),
        (["Gebäude", "Straße", "Stockwerk"], [["A", "Weg 1", "EG"]], "Europe/Berlin"),
        (["Edificio", "Indirizzo"], [["A", "Via Po 1"]], "Europe/Rome"),
        (["Building", "Street"], [["A", "1 Low Road"]], ""),
    ],
)
def test_the_countries_or_the_language_of_a_list_tell_its_time_zone(headings, rows, zone):
    assert likely_zone(columns(headings, *rows)) == zone


@pytest.mark.parametrize(
    ("countries", "told"),
    [
        (["Germany", "USA"], "`Country` tells several: Europe/Berlin, others. A column `Zone` in"),
        (["Germany", "France"], "`Country` tells several: Europe/Berlin, Europe/Paris. A column"),
    ],
)
def test_several_time_zones_are_said_with_the_way_out(countries, told):
    found = columns(["Building", "Country"], *(["A", country] for country in countries))
    assert told in several_zones(found, "Zone")


def test_nothing_is_said_where_one_time_zone_is_told_or_none():
    rows = (["A", "Germany"], ["B", "DE"])
    assert several_zones(columns(["Building", "Country"], *rows), "Zone") == ""
    assert several_zones(columns(["Building", "Street"], *rows), "Zone") == ""
