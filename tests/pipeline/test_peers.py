"""Files as other tools write them are imported with all their relations."""

import json

import pytest

from tests.pipeline.bench import DATA, building, floor
from tests.pipeline.raw_api import CATEGORY, GLOSSARY, related

PEERS = DATA / "peers"
RELATIONS = (
    "synonyms",
    "antonyms",
    "seeAlso",
    "preferredTerms",
    "replacedBy",
    "translationTerms",
    "validValues",
    "isA",
)


def relations(bench):
    """(relation, name) -> the names at the other ends; each relation from one of its ends."""
    found = {
        (relation, name): related(one, relation)
        for name, one in bench.atlan.terms().items()
        for relation in RELATIONS
    }
    return {place: names for place, names in found.items() if names}


def links(entity_links):
    return {(one["attributes"]["name"], one["attributes"]["link"]) for one in entity_links}


def test_a_glossary_file_of_atlan_is_imported_completely(bench):
    """typeName gives the kind of each row; categories, links, readmes, tags, relations."""
    result = bench.run(PEERS / "atlan-glossary.csv", template="atlan-csv")
    assert result.counts == {"created": 14}
    assert relations(bench) == {
        ("antonyms", "Range"): ["Range anxiety"],
        ("antonyms", "Range anxiety"): ["Range"],
        ("isA", "One-way journey"): ["Journey"],
        ("preferredTerms", "Battery level"): ["State of charge"],
        ("replacedBy", "Battery level"): ["State of charge"],
        ("seeAlso", "Range"): ["State of charge"],
        ("seeAlso", "State of charge"): ["Range"],
        ("synonyms", "Battery level"): ["State of charge"],
        ("synonyms", "State of charge"): ["Battery level"],
        ("translationTerms", "Journey"): ["Fahrt"],
        ("validValues", "Trip state"): ["Driving", "Reserved"],
    }
    _the_tree_of_atlans_file(bench)


def _the_tree_of_atlans_file(bench):
    atlan = bench.atlan
    categories = atlan.named(CATEGORY)
    assert {name: related(one, "parentCategory") for name, one in categories.items()} == {
        "Vehicle": [],
        "Electric": ["Vehicle"],
        "Trip": [],
    }
    live = atlan.terms()["Range"]
    assert related(live, "categories") == ["Electric", "Trip"]
    assert [atlan.tags()[tag["typeName"]] for tag in live["classifications"]] == ["Public"]
    assert related(live, "links") == ["Makers", "Tests"]
    assert related(atlan.named(GLOSSARY)["Mobility"], "links") == ["Wiki"]
    assert links(atlan.all("Link")) >= {("Fleet", "https://wiki.example.com/mobility/fleet")}
    assert len(atlan.all("Readme")) == 2


def test_a_file_of_apache_atlas_is_imported_completely(bench):
    """Glossaries are made from their names; a relation may name a term of another glossary."""
    result = bench.run(PEERS / "apache-atlas.csv", template="apache-atlas")
    assert result.counts == {"created": 11}
    assert set(bench.atlan.named(GLOSSARY)) == {"Energy", "Billing"}
    assert relations(bench) == {
        ("antonyms", "Consumption"): ["Feed-in"],
        ("antonyms", "Feed-in"): ["Consumption"],
        ("isA", "Night tariff"): ["Tariff"],
        ("preferredTerms", "Bill"): ["Invoice"],
        ("preferredTerms", "Usage of power"): ["Consumption"],
        ("replacedBy", "Bill"): ["Invoice"],
        ("replacedBy", "Usage of power"): ["Consumption"],
        ("seeAlso", "Consumption"): ["Meter reading"],
        ("seeAlso", "Invoice"): ["Meter reading"],
        ("seeAlso", "Meter reading"): ["Consumption", "Invoice"],
        ("synonyms", "Consumption"): ["Usage of power"],
        ("synonyms", "Usage of power"): ["Consumption"],
        ("translationTerms", "Invoice"): ["Rechnung"],
        ("validValues", "Tariff"): ["Basic", "Green"],
    }
    live = bench.atlan.terms()["Meter reading"]["attributes"]
    assert live["examples"] == ["004711 kWh", "004816 kWh"]
    assert live["additionalAttributes"] == {"unit": "kWh", "source": "field crew"}


def test_a_file_of_openmetadata_is_imported_completely(bench):
    """Dotted names are broader terms; owners of both sorts; links from one cell."""
    result = bench.run(PEERS / "openmetadata.csv", template="openmetadata")
    assert result.counts == {"created": 5}
    assert relations(bench) == {
        ("isA", "CafeSale"): ["StoreSale"],
        ("isA", "OnlineSale"): ["Sale"],
        ("isA", "StoreSale"): ["Sale"],
        ("seeAlso", "OnlineSale"): ["Receipt", "StoreSale"],
        ("seeAlso", "Receipt"): ["OnlineSale"],
        ("seeAlso", "StoreSale"): ["OnlineSale"],
    }
    terms = bench.atlan.terms()
    sale = terms["Sale"]["attributes"]
    assert (sale["ownerUsers"], sale["ownerGroups"]) == (["m.ferreira"], ["crm_stewards"])
    assert sale["certificateStatus"] == "VERIFIED"
    assert terms["OnlineSale"]["attributes"]["additionalAttributes"]["ledger"] == "0047"
    assert links(bench.atlan.all("Link")) == {
        ("Dashboard", "https://wiki.example.com/online"),
        ("Handbook", "https://wiki.example.com/book"),
    }


ROOM = {
    "Building": "HQ",
    "Street": "1 Way",
    "City": "Ulm",
    "Country": "Germany",
    "Timezone": "Europe/Berlin",
}


def rooms(*rows):
    return {"Rooms": [ROOM | row for row in rows]}


def test_a_room_list_makes_buildings_and_floors_once(bench):
    """Thirty rows, two buildings, five floors; desks from the repeated columns."""
    result = bench.run(DATA / "rooms.xlsx", template="room-list")
    assert result.counts == {"created": 30}
    places = list(bench.trebellar.places().values())
    kinds = [one["type"] for one in places]
    assert (kinds.count("STRUCTURE"), kinds.count("FLOOR"), kinds.count("SPACE")) == (2, 5, 30)
    address = bench.trebellar.places()["Harbour Court",]["staticProperties"]["address"]
    assert address == "14 Welsh Back, Bristol, United Kingdom"
    sent = [one["asset"]["type"] for body in bench.bodies() for one in body["operations"]]
    assert sorted(sent) == sorted(kinds)


def test_rows_with_an_error_do_not_keep_their_building_from_being_made(bench):
    """The first and the last row that state the building are wrong; the one between makes it."""
    sheets = rows = rooms(
        {"Floor": "1", "Room": "A", "Seats": "many"},
        {"Floor": "1", "Room": "B", "Seats": "3"},
        {"Floor": "1", "Room": "C", "Seats": "few"},
    )
    result = bench.run(sheets, template="room-list")
    assert bench.statuses(result) == {"Rooms": ["invalid", "created", "invalid"]}
    assert list(bench.trebellar.places()) == [("HQ",), ("HQ", "1"), ("HQ", "1", "B")]
    again = bench.silent(lambda: bench.run(rows, template="room-list"))
    assert bench.statuses(again) == {"Rooms": ["invalid", "unchanged", "invalid"]}


def test_a_building_that_no_good_row_states_is_not_made(bench):
    result = bench.run(rooms({"Floor": "1", "Room": "A", "Seats": "many"}), template="room-list")
    assert bench.statuses(result) == {"Rooms": ["invalid"]}
    assert bench.trebellar.places() == {}
    assert bench.bodies() == []


def test_two_rows_that_disagree_about_a_building_are_a_finding(bench):
    rows = rooms({"Floor": "1", "Room": "A"}, {"Floor": "1", "Room": "B", "City": "Bonn"})
    result = bench.run(rows, template="room-list")
    [found] = [one for one in result.findings if one.code == "contradiction"]
    assert found.place.row == 3
    assert bench.statuses(result) == {"Rooms": ["created", "invalid"]}
    assert set(bench.trebellar.places()) == {("HQ",), ("HQ", "1"), ("HQ", "1", "A")}


def test_links_in_one_cell_may_be_json(bench):
    """One object a line; what is no JSON is a finding on its cell."""
    link = {"typeName": "Link", "attributes": {"name": "W", "link": "https://example.com/w"}}
    rows = [
        {"typeName": "AtlasGlossary", "name": "G", "anchor": "", "links": json.dumps(link)},
        {"typeName": "AtlasGlossary", "name": "H", "anchor": "", "links": "{broken"},
    ]
    result = bench.run(bench.text("glossary.csv", rows), template="atlan-csv")
    assert bench.statuses(result) == {"glossary": ["created", "invalid"]}
    assert links(bench.atlan.all("Link")) == {("W", "https://example.com/w")}


@pytest.mark.parametrize("first", ["Buildings", "Floors"])
def test_a_row_that_names_an_object_of_another_sheet_keeps_its_own_id(bench, first):
    """Floors of a building in one cell, one of them in full on its own sheet, which may come first.

    The id of the row is the building's: an annotated copy would name another asset otherwise.
    """
    sheets = {"Buildings": [building(Floors="1, 2")], "Floors": [floor("1", Seats="3")]}
    sheets = {first: sheets[first]} | sheets
    result = bench.portfolio(sheets)
    places = bench.trebellar.places()
    assert set(places) == {("HQ",), ("HQ", "1"), ("HQ", "2")}
    rows = bench.rows(result)
    assert rows["Buildings", 2].id == places["HQ",]["id"]
    assert rows["Floors", 2].id == places["HQ", "1"]["id"]
    assert bench.silent(lambda: bench.portfolio(sheets)).counts == {"unchanged": 2}


def test_a_row_that_names_an_invalid_object_of_another_row_is_blocked_by_it(bench):
    """The building is created; its row names the invalid floor and the reason."""
    sheets = {"Buildings": [building(Floors="1, 2")], "Floors": [floor("1", Seats="many")]}
    result = bench.portfolio(sheets)
    assert bench.statuses(result) == {"Buildings": ["blocked"], "Floors": ["invalid"]}
    assert bench.rows(result)["Buildings", 2].message == "`1` (row 2 of Floors) is not imported."
    assert set(bench.trebellar.places()) == {("HQ",), ("HQ", "2")}
