"""Laws: no body makes the sandbox stumble; every text comes back, and is found, as it was sent."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.atlas.build import table as hive_table
from tests.sandbox.build import table, term_query

quick = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def objects(*names):
    """Objects that have some of these fields, with anything in them."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, anything))


references = objects("guid", "typeName", "uniqueAttributes") | anything
attributes = st.fixed_dictionaries(
    {"name": scalars, "qualifiedName": scalars},
    optional={
        "ownerUsers": st.lists(scalars, max_size=2) | anything,
        "rowCount": anything,
        "anchor": references,
        "meanings": st.lists(references, max_size=2),
        "link": anything,
        "asset": references,
    },
)
entities = st.fixed_dictionaries(
    {
        "typeName": st.sampled_from(["Table", "Link", "AtlasGlossary", "AtlasGlossaryTerm"]),
        "attributes": attributes | anything,
    },
    optional=dict.fromkeys(
        (
            "guid",
            "relationshipAttributes",
            "appendRelationshipAttributes",
            "classifications",
            "businessAttributes",
            "customAttributes",
            "labels",
            "status",
        ),
        anything,
    ),
)
kinds = st.sampled_from(["bool", "term", "terms", "exists", "prefix", "range", "match_all"])
fields = st.sampled_from(
    ["name.keyword", "__glossary", "__categories", "ownerUsers", "__traitNames"]
)
parts = st.sampled_from(["must", "filter", "should", "must_not", "minimum_should_match", "field"])
queries = st.recursive(
    st.dictionaries(kinds, st.dictionaries(fields, anything, max_size=1) | anything, max_size=1),
    lambda inner: st.dictionaries(
        kinds, st.dictionaries(parts, inner | st.lists(inner, max_size=2), max_size=2), max_size=1
    ),
    max_leaves=5,
)
searches = st.fixed_dictionaries(
    {"query": queries}, optional=dict.fromkeys(("from", "size", "sort", "search_after"), anything)
)
assets = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["STRUCTURE", "FLOOR", "SENSOR"]),
        "label": st.just("x") | anything,
        "staticProperties": objects("timezone", "externalId", "status", "photos") | anything,
    },
    optional=dict.fromkeys(("parentId", "location", "children", "sensorProperties"), anything),
)
operations = st.fixed_dictionaries(
    {"type": st.sampled_from(["add", "update", "move", "delete", "get"])},
    optional={"asset": assets | anything, "id": anything, "newParentId": anything},
)


@quick
@given(body=st.fixed_dictionaries({"entities": st.lists(entities, max_size=3)}) | anything)
def test_any_bulk_save_is_answered(atlan, body):
    answer = atlan.send("POST", "/entity/bulk", body)
    reply = answer.json()
    assert answer.status_code == 200 or "errorCode" in reply or "errorId" in reply


@quick
@given(dsl=searches | anything)
def test_any_search_is_answered(atlan, dsl):
    assert atlan.send("POST", "/search/indexsearch", {"dsl": dsl}).status_code in {200, 400}


attribute_defs = objects("name", "displayName", "options") | st.fixed_dictionaries(
    {"displayName": st.text(max_size=3), "typeName": st.sampled_from(["int", "array<date>", "x"])},
    optional={"options": objects("applicableEntityTypes", "maxStrLength") | anything},
)
definitions = st.fixed_dictionaries(
    {"displayName": st.text(max_size=5) | anything},
    optional={
        "name": anything,
        "attributeDefs": st.lists(attribute_defs, max_size=2) | anything,
        "elementDefs": st.lists(objects("value"), max_size=2) | anything,
    },
)
lists = st.sampled_from(["enumDefs", "classificationDefs", "businessMetadataDefs", "entityDefs"])


@quick
@given(
    method=st.sampled_from(["POST", "PUT"]),
    body=st.dictionaries(lists, st.lists(definitions, max_size=2) | anything) | anything,
)
def test_any_definition_is_answered_and_shown(atlan, method, body):
    answer = atlan.send(method, "/types/typedefs", body)
    assert answer.status_code == 200 or "errorCode" in answer.json()
    assert atlan.ok("GET", "/types/typedefs")["enumDefs"]


@quick
@given(body=objects("entity") | st.fixed_dictionaries({"entity": entities}) | anything)
def test_any_update_by_key_is_answered(atlan, body):
    atlan.save(table("-1", "any"))
    answer = atlan.send("PUT", "/entity/uniqueAttribute/type/Table?attr:qualifiedName=db/any", body)
    reply = answer.json()
    assert answer.status_code == 200 or "errorCode" in reply or "errorId" in reply


@quick
@given(body=st.dictionaries(st.text(max_size=3), anything) | anything)
def test_any_custom_metadata_of_an_entity_is_answered(atlan, body):
    atlan.names["any"] = atlan.guid(table("-1", "of any"))
    for path in ("businessmetadata", "businessmetadata/none"):
        answer = atlan.send("POST", f"/entity/guid/<any>/{path}", body)
        assert answer.status_code == 204 or "errorCode" in answer.json()


@quick
@given(
    call=st.sampled_from(["add", "update", "bind", "unbind"]),
    body=objects("assetTag", "assetId", "assetTagIds") | anything,
)
def test_any_call_about_tags_is_answered(trebellar, call, body):
    method = "PUT" if call == "update" else "POST"
    assert trebellar.send(method, f"/tags/{call}", body).status_code in {200, 400, 404}


@quick
@given(body=st.fixed_dictionaries({"operations": st.lists(operations, max_size=3)}) | anything)
def test_any_bulk_operation_is_answered(trebellar, body):
    assert trebellar.send("POST", "/bulk", body).status_code in {200, 400}


@quick
@given(asset=assets | anything)
def test_any_asset_is_answered(trebellar, asset):
    assert trebellar.send("POST", "", {"asset": asset}).status_code in {200, 400}


atlas_attributes = st.fixed_dictionaries(
    {"name": scalars, "qualifiedName": scalars},
    optional={
        "retention": anything,
        "aliases": anything,
        "additionalAttributes": anything,
        "anchor": references,
        "meanings": st.lists(references, max_size=2),
    },
)
atlas_entities = st.fixed_dictionaries(
    {
        "typeName": st.sampled_from(["hive_table", "AtlasGlossary", "AtlasGlossaryTerm"]),
        "attributes": atlas_attributes | anything,
    },
    optional={
        "businessAttributes": st.fixed_dictionaries({"Stewardship": anything}) | anything,
        "classifications": st.lists(objects("typeName", "attributes"), max_size=2) | anything,
        "relationshipAttributes": objects("anchor", "meanings", "synonyms") | anything,
    }
    | dict.fromkeys(("guid", "customAttributes", "labels", "status"), anything),
)


def answered(answer):
    """Whether a call was carried out, refused, or crashed at in the way of the real server."""
    crashed = answer.text.startswith("There was an error processing your request.")
    return answer.status_code in {200, 204} or crashed or "errorCode" in answer.json()


@quick
@given(body=st.fixed_dictionaries({"entities": st.lists(atlas_entities, max_size=3)}) | anything)
def test_any_bulk_save_of_apache_atlas_is_answered(box_atlas, body):
    assert answered(box_atlas.send("POST", "/entity/bulk", body))


@quick
@given(asked=objects("typeName", "limit", "offset", "attributes", "query", "includeSubTypes"))
def test_any_search_of_apache_atlas_is_answered(box_atlas, asked):
    for body in (asked, {**asked, "typeName": "hive_table"}):
        assert answered(box_atlas.send("POST", "/search/basic", body))


@quick
@given(
    call=st.sampled_from(
        [
            ("POST", "/entity/guid/<any>/classifications"),
            ("PUT", "/entity/guid/<any>/classifications"),
            ("POST", "/entity/bulk/classification"),
            ("POST", "/entity/guid/<any>/labels"),
            ("DELETE", "/entity/guid/<any>/labels"),
            ("POST", "/entity/guid/<any>/businessmetadata"),
            ("POST", "/entity/guid/<any>/businessmetadata/Stewardship"),
            ("DELETE", "/entity/guid/<any>/businessmetadata"),
            ("POST", "/relationship"),
            ("PUT", "/relationship"),
            ("PUT", "/entity/guid/<any>?name=description"),
            ("PUT", "/entity/uniqueAttribute/type/hive_table?attr:qualifiedName=<run>any"),
        ]
    ),
    body=anything
    | st.lists(objects("typeName", "attributes", "propagate"), max_size=2)
    | objects("typeName", "end1", "end2", "attributes", "guid", "entity", "Stewardship")
    | objects("classification", "entityGuids"),
)
def test_any_other_write_of_apache_atlas_is_answered(box_atlas, call, body):
    box_atlas.save(hive_table("-any", "any"))
    assert answered(box_atlas.send(*call, body))


atlas_attribute_defs = objects("name", "typeName", "options", "cardinality", "isOptional")
atlas_definitions = st.fixed_dictionaries(
    {"name": st.sampled_from(["A", "B", "PII"]) | anything},
    optional={
        "attributeDefs": st.lists(atlas_attribute_defs, max_size=2) | anything,
        "elementDefs": st.lists(objects("value"), max_size=2) | anything,
        "superTypes": st.lists(st.sampled_from(["A", "Asset"]) | anything, max_size=2) | anything,
        "endDef1": objects("type", "name") | anything,
        "endDef2": objects("type", "name") | anything,
    },
)
atlas_lists = lists | st.sampled_from(["relationshipDefs", "structDefs"])


@quick
@given(
    method=st.sampled_from(["POST", "PUT", "DELETE"]),
    body=st.dictionaries(atlas_lists, st.lists(atlas_definitions, max_size=2) | anything)
    | anything,
)
def test_any_definition_of_apache_atlas_is_answered_and_shown(box_atlas, method, body):
    assert answered(box_atlas.send(method, "/types/typedefs", body))
    assert box_atlas.ok("GET", "/types/typedefs")["enumDefs"]


@pytest.mark.parametrize("api", ["atlan search", "trebellar"])
def test_deep_nesting_is_refused(atlan, trebellar, api):
    query, asset = {"match_all": {}}, {"type": "SPACE", "label": "x", "staticProperties": {}}
    for _ in range(300):
        query = {"bool": {"must": query}}
        asset = {**asset, "children": [asset]}
    if api == "trebellar":
        answer = trebellar.send("POST", "", {"asset": asset})
    else:
        answer = atlan.send("POST", "/search/indexsearch", {"dsl": {"query": query}})
    assert answer.status_code == 400


@pytest.mark.parametrize(("api", "kind"), [("atlan", "Table"), ("box_atlas", "hive_table")])
def test_a_deeply_nested_value_is_kept_as_text(request, api, kind):
    deep = "[" * 900 + "]" * 900
    client = request.getfixturevalue(api)
    sent = {"typeName": kind, "guid": "-deep", "attributes": {"description": deep}}
    sent["attributes"] |= {"name": "deep", "qualifiedName": "deep"}
    body = json.dumps({"entities": [sent]}).replace(f'"{deep}"', deep)
    guid = client.session.post(f"{client.base}/entity/bulk", data=body, timeout=10).json()[
        "guidAssignments"
    ]["-deep"]
    held = client.ok("GET", f"/entity/guid/{guid}")["entity"]
    assert held["attributes"]["description"] == deep


def test_a_query_may_hold_thousands_of_values(atlan):
    atlan.guid(table("-1", "one of many"))
    names = ["one of many", *(f"none {number}" for number in range(40_000))]
    assert atlan.find({"terms": {"name.keyword": names}})["approximateCount"] == 1
    should = [term_query("qualifiedName", f"DB/{name}", case_insensitive=True) for name in names]
    query = {"bool": {"should": should[:1500], "minimum_should_match": 1}}
    assert atlan.find(query)["approximateCount"] == 1


# without NUL, at which SQLite ends a list of values
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@quick
@given(name=texts, description=st.text(max_size=40))
def test_every_text_comes_back_and_is_found(atlan, name, description):
    guid = atlan.guid(table("-1", name, attributes={"description": description}))
    held = atlan.get(guid)["attributes"]
    assert (held["name"], held["qualifiedName"]) == (name, f"db/{name}")
    assert held["description"] == description
    for query in (
        term_query("name.keyword", name),
        {"terms": {"qualifiedName": [f"db/{name}", "another"]}},
        {"prefix": {"qualifiedName": f"db/{name}"}},
        term_query("qualifiedName", f"db/{name}", case_insensitive=True),
    ):
        found = atlan.find(query, dsl={"size": 1000})["entities"]
        assert guid in {hit["guid"] for hit in found}
