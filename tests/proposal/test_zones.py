"""Where buildings are tells their time zone, where that is one."""

from __future__ import annotations

import pytest

from importer.proposal.zones import likely_zone
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
