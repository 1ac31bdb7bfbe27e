"""Entities read one by one and several at once, by guid and by qualifiedName."""

import pytest

from tests.sandbox.build import glossary, link, table, term


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


KEYED = "/entity/uniqueAttribute/type"


def test_an_entity_is_updated_by_its_key_with_what_is_sent_only(atlan):
    guid = atlan.guid(table("-1", "by key", attributes={"description": "d", "rowCount": 3}))
    body = {"entity": {"typeName": "Table", "attributes": {"description": "new"}}}
    answer = atlan.ok("PUT", f"{KEYED}/Table?attr:qualifiedName=db/by key", body)
    assert [one["guid"] for one in answer["mutatedEntities"]["PARTIAL_UPDATE"]] == [guid]
    held = atlan.get(guid)["attributes"]
    assert (held["description"], held["rowCount"], held["name"]) == ("new", 3, "by key")


def test_a_term_updated_by_its_key_stays_in_its_glossary(atlan):
    atlan.names["finance"] = atlan.guid(glossary("-1", "Finance by key"))
    guid = atlan.guid(term("-1", "Revenue by key"))
    atlan.names["key"] = atlan.get(guid)["attributes"]["qualifiedName"]
    body = {"entity": {"typeName": "AtlasGlossaryTerm", "attributes": {"abbreviation": "R"}}}
    atlan.ok("PUT", f"{KEYED}/AtlasGlossaryTerm?attr:qualifiedName=<key>", body)
    assert atlan.get(guid)["attributes"]["abbreviation"] == "R"
    assert atlan.ends(guid, "anchor") == [atlan.names["finance"]]


BY_KEY = [
    ("Table?attr:qualifiedName=none", {"entity": table()}, 404, "ATLAS-404-00-009"),
    ("Nothing?attr:qualifiedName=db/orders", {"entity": table()}, 400, "ATLAS-400-00-014"),
    ("Table?attr:qualifiedName=db/orders", {}, 400, "ATLAS-400-00-01A"),
    ("Table?attr:qualifiedName=db/orders", {"entity": {}}, 400, "ATLAS-400-00-01A"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), BY_KEY)
def test_an_update_by_key_that_is_refused_changes_nothing(atlan, path, body, status, code):
    before = atlan.stored()
    answer = atlan.send("PUT", f"{KEYED}/{path}", body)
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)
    assert atlan.stored() == before


@pytest.fixture
def scored(atlan):
    """A table, and how its custom metadata is set and read by the names people see."""
    [known] = atlan.ok("GET", "/types/typedefs", type="BUSINESS_METADATA")["businessMetadataDefs"]
    atlan.names["set"] = known["name"]
    atlan.names.update({one["displayName"]: one["name"] for one in known["attributeDefs"]})
    atlan.names["scored"] = atlan.guid(table("-1", "scored"))
    shown = {one["name"]: one["displayName"] for one in known["attributeDefs"]}

    def held():
        values = atlan.get("<scored>")["businessAttributes"].get(known["name"], {})
        return {shown[name]: value for name, value in values.items()}

    return held


def test_custom_metadata_of_an_entity_is_set_by_a_call_of_its_own(atlan, scored):
    path = "/entity/guid/<scored>/businessmetadata"
    assert atlan.send("POST", f"{path}/<set>", {"<Score>": 1, "<Level>": "Gold"}).status_code == 204
    assert scored() == {"Score": 1.0, "Level": "Gold"}
    atlan.send("POST", f"{path}/<set>", {"<Score>": None})
    assert scored() == {"Level": "Gold"}
    atlan.send("POST", path, {"<set>": {"<Score>": 2}})
    assert scored() == {"Level": "Gold", "Score": 2.0}
    atlan.send("POST", f"{path}?isOverwrite=true", {"<set>": {"<Score>": 3}})
    assert scored() == {"Score": 3.0}


CUSTOM = [
    ("<scored>/businessmetadata/none", {"a": 1}, 404, "ATLAS-404-00-007"),
    ("<scored>/businessmetadata/<set>", {"<Score>": "high"}, 404, "ATLAS-404-00-007"),
    ("<scored>/businessmetadata", [], 400, "ATLAS-400-00-01A"),
    ("none/businessmetadata/<set>", {}, 404, "ATLAS-404-00-005"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), CUSTOM)
@pytest.mark.usefixtures("scored")
def test_custom_metadata_that_is_refused_changes_nothing(atlan, path, body, status, code):
    before = atlan.stored()
    answer = atlan.send("POST", f"/entity/guid/{path}", body)
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)
    assert atlan.stored() == before
