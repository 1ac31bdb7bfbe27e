"""Entities read one by one and several at once, by guid and by qualifiedName."""

import pytest

from tests.sandbox.build import link, table


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    atlan.names["table"] = atlan.guid(table("-1", "orders", attributes={"description": "d"}))
    atlan.names["link"] = atlan.guid(link("-1"))


@pytest.mark.parametrize(
    "path",
    [
        "/entity/guid/<table>",
        "/entity/guid/<table>/",
        "/entity/uniqueAttribute/type/Table?attr:qualifiedName=db/orders",
    ],
)
def test_one_entity_is_read_whole(atlan, path):
    answer = atlan.ok("GET", path)
    entity = answer["entity"]
    assert answer["referredEntities"] == {}
    assert (entity["guid"], entity["typeName"]) == (atlan.names["table"], "Table")
    assert entity["attributes"]["description"] == "d"
    [held] = entity["relationshipAttributes"]["links"]
    assert (held["guid"], held["relationshipStatus"]) == (atlan.names["link"], "ACTIVE")


def test_relations_are_left_out_on_demand(atlan):
    entity = atlan.ok("GET", "/entity/guid/<table>?ignoreRelationships=true")["entity"]
    assert "relationshipAttributes" not in entity


@pytest.mark.parametrize(
    "path",
    [
        "/entity/bulk?guid=<table>&guid=<link>",
        "/entity/bulk/?guid=<table>&guid=<link>&minExtInfo=false&ignoreRelationships=false",
    ],
)
def test_several_are_read_by_guid(atlan, path):
    found = atlan.ok("GET", path)["entities"]
    assert [entity["guid"] for entity in found] == [atlan.names["table"], atlan.names["link"]]


def test_several_are_read_by_key_and_missing_ones_left_out(atlan):
    query = "attr_0:qualifiedName=db/orders&attr_1:qualifiedName=db/none"
    found = atlan.ok("GET", f"/entity/bulk/uniqueAttribute/type/Table?{query}")["entities"]
    assert [entity["guid"] for entity in found] == [atlan.names["table"]]


@pytest.mark.parametrize(
    "path",
    [
        "/entity/guid/<table>/header",
        "/entity/uniqueAttribute/type/Table/header?attr:qualifiedName=db/orders",
    ],
)
def test_a_header_is_short(atlan, path):
    header = atlan.ok("GET", path)
    assert (header["guid"], header["displayText"]) == (atlan.names["table"], "orders")
    assert set(header["attributes"]) == {"name", "qualifiedName"}
