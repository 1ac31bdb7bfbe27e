"""Desks and floors that are there already in; they stay, move or are told apart as named."""

import pytest

from tests.pipeline.bench import building, desk, floor, space

PORTFOLIO = {
    "Buildings": [building("HQ"), building("Annex")],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("Lab", "1"), space("Hall", "1")],
    "Desks": [desk("D1", "1", Space="Lab"), desk("D2", "1", Space="Hall"), desk("D3", "1")],
}


@pytest.fixture
def filled(bench):
    bench.portfolio(PORTFOLIO)
    return {place[-1]: place for place in bench.trebellar.places()}


def nameless(*rows):
    """Rows without codes: all that tells what they mean is their names."""
    return [{k: v for k, v in row.items() if k != "External ID"} for row in rows]


@pytest.mark.parametrize("coded", [True, False])
@pytest.mark.parametrize("absent", [True, False])
def test_desks_whose_space_is_not_said_stay_in_it(bench, filled, coded, absent):
    blank = {} if absent else {"Space": ""}
    rows = [desk(name, "1", **blank) for name in ("D1", "D2", "D3")]
    rows = rows if coded else nameless(*rows)
    assert bench.silent(lambda: bench.portfolio({"Desks": rows})).counts == {"unchanged": 3}
    rows = [row | {"Bookable": "yes"} for row in rows]
    assert bench.portfolio({"Desks": rows}).counts == {"updated": 3}
    assert {place[-1]: place for place in bench.trebellar.places()} == filled


def test_a_desk_leaves_its_space_when_the_cell_is_cleared(bench, filled):
    assert bench.portfolio({"Desks": [desk("D1", "1", Space="<clear>")]}).counts == {"moved": 1}
    assert ("HQ", "1", "D1") in bench.trebellar.places()


def test_sensors_stay_in_their_space_and_in_their_group(bench, filled):
    where = {"Building": "HQ", "Floor": "1", "Space": "Lab"}
    group = {"Sensor group": "G", **where}
    sensor = {"Sensor": "S1", "Sensor ID": "s-1", **where, "Sensor group": "G"}
    bench.portfolio({"Sensor groups": [group], "Sensors": [sensor]})
    before = bench.trebellar.places().keys()
    less = {"Sensor": "S1", "Sensor ID": "s-1", "Building": "HQ"}
    for more in ({}, {"Floor": "1"}, {"Floor": "1", "Space": "Lab"}):
        again = bench.silent(lambda more=more: bench.portfolio({"Sensors": [less | more]}))
        assert again.counts == {"unchanged": 1}
    assert bench.trebellar.places().keys() == before


def test_a_new_desk_without_a_space_stands_on_the_floor(bench, filled):
    assert bench.portfolio({"Desks": [desk("D9", "1")]}).counts == {"created": 1}
    assert ("HQ", "1", "D9") in bench.trebellar.places()


def test_a_new_building_called_like_the_code_of_another_is_new(bench, filled):
    row = building("HQ") | {"Building": "B-Annex", "External ID": ""}
    assert bench.portfolio({"Buildings": [row]}).counts == {"created": 1}


def test_a_building_that_gets_another_name_keeps_its_floors(bench, filled):
    """The floors' rows carry no code; they name the building by its new name."""
    renamed = building("HQ") | {"Building": "Head Office"}
    floors = nameless(floor("1", "Head Office"), floor("2", "Head Office"))
    result = bench.portfolio({"Buildings": [renamed], "Floors": floors})
    assert result.counts == {"updated": 1, "unchanged": 2}


def test_names_that_contradict_the_code_beside_them_move_nothing(bench, filled):
    row = floor("1", "Annex") | {"Parent external ID": "B-HQ", "External ID": "F-HQ-1"}
    result = bench.silent(lambda: bench.portfolio({"Floors": [row]}))
    assert result.counts == {"invalid": 1}
    assert result.findings[0].code == "contradiction"


def test_two_buildings_of_one_name_are_never_taken_for_each_other(bench, filled):
    """Not by an update, not by a delete, not as the place of something new."""
    twin = {"type": "STRUCTURE", "label": "HQ", "staticProperties": {"timezone": "Europe/Rome"}}
    bench.trebellar.bulk({"type": "add", "asset": twin})
    sheets = {
        "Buildings": nameless(building("HQ", Address="a")),
        "Floors": [floor("3")],
    }
    for rows in (sheets, {"Buildings": nameless(building("HQ", Action="delete"))}):
        result = bench.silent(lambda rows=rows: bench.portfolio(rows))
        assert {finding.code for finding in result.findings} - {"blocked"} == {"ambiguous"}
    rows = {"Floors": [floor("3", "B-HQ")]}
    assert bench.portfolio(rows).counts == {"created": 1}
    assert bench.silent(lambda: bench.portfolio(rows)).counts == {"unchanged": 1}


def test_a_delete_by_name_deletes_one_and_only_once(bench, filled):
    rows = {"Desks": nameless(desk("D1", "1", Action="delete"))}
    assert bench.portfolio(rows).counts == {"deleted": 1}
    assert bench.silent(lambda: bench.portfolio(rows)).counts == {"unchanged": 1}
