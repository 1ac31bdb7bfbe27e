"""Existing desks and floors are left alone, moved or distinguished by name."""

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
    """Rows without codes, which only names identify."""
    return [{k: v for k, v in row.items() if k != "External ID"} for row in rows]


@pytest.mark.parametrize("coded", [True, False])
@pytest.mark.parametrize("absent", [True, False])
def test_desks_without_a_space_in_their_row_stay_in_theirs(bench, filled, coded, absent):
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


def test_a_new_desk_without_a_space_is_on_the_floor(bench, filled):
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


def test_an_object_with_children_is_not_deleted(bench, filled):
    """Some targets refuse that with a message of their own, others delete the children too."""
    rows = {"Floors": [floor("1", Action="delete")], "Spaces": [space("Lab", "1", Action="delete")]}
    result = bench.silent(lambda: bench.portfolio(rows))
    assert result.counts == {"invalid": 2}
    assert {finding.place.heading for finding in result.findings} == {"Action"}
    words = "\n".join(finding.message for finding in result.findings)
    assert "`1` still has `Lab`, `Hall`, `D3` in it" in words
    assert "`Lab` still has `D1` in it" in words


def test_an_object_that_the_same_files_empty_is_deleted(bench, filled):
    """Deleted or moved away: both leave it empty."""
    rows = {
        "Spaces": [space("Lab", "1", Action="delete"), space("Hall", "1", Action="delete")],
        "Desks": [desk("D1", "1", Action="delete"), desk("D2", "2", Space="<clear>")],
    }
    assert bench.portfolio(rows).counts == {"moved": 1, "deleted": 3}
    assert ("HQ", "2", "D2") in bench.trebellar.places()


def test_a_row_that_deletes_a_room_deletes_the_desks_it_names(bench):
    row = {"Building": "HQ", "Timezone": "Europe/Berlin", "Floor": "1", "Room": "R", "Desk 1": "D"}
    assert bench.run({"Rooms": [row]}, template="room-list").counts == {"created": 1}
    gone = {"Rooms": [row | {"Action": "delete"}]}
    assert bench.run(gone, template="room-list").counts == {"deleted": 1}
    assert bench.trebellar.places().keys() == {("HQ",), ("HQ", "1")}


def test_a_delete_of_an_unknown_name_suggests_the_nearest_one(bench, filled):
    result = bench.portfolio({"Desks": nameless(desk("D11", "1", Action="delete"))})
    assert (result.counts, result.exit_status) == ({"unchanged": 1}, 0)
    [finding] = result.findings
    assert finding.code == "nothing_to_delete"
    assert "no desk `D11`" in finding.message


def test_a_desk_named_twice_in_one_row_is_an_error(bench):
    row = {"Building": "HQ", "Timezone": "Europe/Berlin", "Floor": "1", "Room": "R"}
    row |= {"Desk 1": "D", "Desk 2": "D"}
    result = bench.run({"Rooms": [row]}, template="room-list")
    assert {f.message for f in result.findings} >= {
        "The desk `HQ > 1 > R > D` stands twice in this row: keep one of them."
    }


def test_equal_rows_of_two_files_name_the_other_file(bench):
    one = bench.text("one.csv", [building("HQ")])
    other = bench.text("other.csv", [building("HQ")])
    result = bench.run(one, other, template="trebellar-portfolio")
    assert ["of other in other.csv" in f.message for f in result.findings] == [True, False]
    assert "of one in one.csv" in result.findings[1].message
