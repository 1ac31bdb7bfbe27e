"""Tags, custom metadata and enumerations that a tester posts: kept, shown, used, deleted."""

import pytest

from tests.sandbox.build import glossary, table, term

TYPEDEFS = "/types/typedefs"
COLOURS = {"name": "colours", "elementDefs": [{"value": "red"}, {"value": "blue"}]}


def attribute(shown, type_name, **options):
    return {"name": "", "displayName": shown, "typeName": type_name, "options": options}


def custom(shown, *attributes):
    return {"businessMetadataDefs": [{"displayName": shown, "attributeDefs": list(attributes)}]}


def shown(atlan, category, key):
    found = atlan.ok("GET", TYPEDEFS, type=category)[key]
    return {one.get("displayName") or one["name"]: one for one in found}


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    """A set with one attribute of each kind, for terms only in one case."""
    atlan.names["finance"] = atlan.guid(glossary("-1", "Finance"))
    attributes = [
        attribute("Count", "int", maxStrLength="100"),
        attribute("Since", "date"),
        attribute("Colour", "colours"),
        attribute("Colours", "array<colours>"),
        attribute("Weights", "array<float>", multiValueSelect=True),
        attribute("Terms only", "string", applicableEntityTypes='["AtlasGlossaryTerm"]'),
    ]
    body = {"enumDefs": [COLOURS], **custom("Paint", *attributes)}
    made = atlan.ok("POST", TYPEDEFS, body)["businessMetadataDefs"][0]
    atlan.names["paint"] = made["name"]
    for one in made["attributeDefs"]:
        atlan.names[one["displayName"]] = one["name"]


def test_what_is_posted_is_listed_with_an_internal_name(atlan):
    made = atlan.ok("POST", TYPEDEFS, {"classificationDefs": [{"name": "Retail"}]})
    [tag] = made["classificationDefs"]
    assert tag["displayName"] == "Retail"
    assert len(tag["name"]) == 22
    found = shown(atlan, "CLASSIFICATION", "classificationDefs")
    assert found["Retail"] == tag
    assert "PII" in found


def test_attributes_come_with_their_type_and_their_options_as_texts(atlan):
    known = shown(atlan, "BUSINESS_METADATA", "businessMetadataDefs")["Paint"]
    by_name = {one["displayName"]: one for one in known["attributeDefs"]}
    assert by_name["Count"]["options"] == {
        "applicableEntityTypes": '["Asset"]',
        "maxStrLength": "100",
        "primitiveType": "int",
        "multiValueSelect": "false",
        "isEnum": "false",
    }
    assert by_name["Colours"]["typeName"] == "array<colours>"
    assert by_name["Colours"]["cardinality"] == "SET"
    assert by_name["Colours"]["options"]["multiValueSelect"] == "true"
    of_colour = by_name["Colour"]["options"]
    assert (of_colour["isEnum"], of_colour["enumType"]) == ("true", "colours")


def test_a_posted_tag_is_put_on_an_entity(atlan):
    made = atlan.ok("POST", TYPEDEFS, {"classificationDefs": [{"displayName": "Wholesale"}]})
    name = made["classificationDefs"][0]["name"]
    guid = atlan.guid(table("-1", "tagged", classifications=[{"typeName": name}]))
    assert [tag["typeName"] for tag in atlan.get(guid)["classifications"]] == [name]


GOOD = [
    ("Count", 3, 3),
    ("Since", 1706659200000, 1706659200000),
    ("Since", "2024-01-31T00:00:00.000Z", 1706659200000),
    ("Colour", "red", "red"),
    ("Colours", ["red", "blue", "red"], ["red", "blue"]),
    ("Weights", [1, 2.5], [1.0, 2.5]),
]


@pytest.mark.parametrize(("name", "sent", "kept"), GOOD)
def test_values_of_posted_custom_metadata_are_kept_in_their_type(atlan, name, sent, kept):
    custom_metadata = {"<paint>": {f"<{name}>": sent}}
    guid = atlan.guid(table("-1", f"{name} {sent}", businessAttributes=custom_metadata))
    held = atlan.get(guid)["businessAttributes"][atlan.names["paint"]]
    assert held == {atlan.names[name]: kept}


BAD = [
    ("Count", "many"),
    ("Since", "2024-01-31"),
    ("Colour", "Red"),
    ("Colour", "green"),
    ("Colours", "red"),
    ("Colours", ["green"]),
    ("Weights", 1),
    ("Weights", ["heavy"]),
]


@pytest.mark.parametrize(("name", "sent"), BAD)
def test_values_that_do_not_fit_posted_custom_metadata_are_refused(atlan, name, sent):
    entity = table("-1", "refused", businessAttributes={"<paint>": {f"<{name}>": sent}})
    answer = atlan.send("POST", "/entity/bulk", {"entities": [entity]})
    assert (answer.status_code, answer.json()["errorCode"]) == (404, "ATLAS-404-00-007")


def test_an_attribute_is_kept_on_the_types_it_is_for_and_dropped_on_others(atlan):
    sent = {"<paint>": {"<Terms only>": "x", "<Count>": 1}}
    of_term = atlan.get(atlan.guid(term("-1", "For terms", businessAttributes=sent)))
    of_table = atlan.get(atlan.guid(table("-1", "for terms", businessAttributes=sent)))
    both = {atlan.names["Terms only"]: "x", atlan.names["Count"]: 1}
    assert of_term["businessAttributes"][atlan.names["paint"]] == both
    assert of_table["businessAttributes"][atlan.names["paint"]] == {atlan.names["Count"]: 1}


def test_a_set_that_is_for_other_types_only_is_refused(atlan):
    only = attribute("Only", "string", applicableEntityTypes='["AtlasGlossary"]')
    made = atlan.ok("POST", TYPEDEFS, custom("Glossaries only", only))["businessMetadataDefs"][0]
    entity = table("-1", "other", businessAttributes={made["name"]: {"any": "x"}})
    answer = atlan.send("POST", "/entity/bulk", {"entities": [entity]})
    assert (answer.status_code, answer.json()["errorCode"]) == (404, "ATLAS-404-00-007")


def test_a_definition_is_replaced_and_its_attributes_keep_their_names(atlan):
    body = custom("Replaced", attribute("Kept", "string"))
    [made] = atlan.ok("POST", TYPEDEFS, body)["businessMetadataDefs"]
    made["displayName"] = "Renamed"
    made["attributeDefs"].append(attribute("Added", "boolean"))
    [changed] = atlan.ok("PUT", TYPEDEFS, {"businessMetadataDefs": [made]})["businessMetadataDefs"]
    assert changed["name"] == made["name"]
    assert changed["attributeDefs"][0]["name"] == made["attributeDefs"][0]["name"]
    assert len(changed["attributeDefs"][1]["name"]) == 22
    assert "Replaced" not in shown(atlan, "BUSINESS_METADATA", "businessMetadataDefs")


def define(atlan, body, key):
    [made] = atlan.ok("POST", TYPEDEFS, body)[key]
    return made["name"]


def test_a_definition_is_deleted_by_its_internal_name(atlan):
    only = attribute("Only", "briefly")
    enum = {"name": "briefly", "elementDefs": [{"value": "a"}]}
    atlan.ok("POST", TYPEDEFS, {"enumDefs": [enum]})
    tag = define(atlan, {"classificationDefs": [{"displayName": "Brief"}]}, "classificationDefs")
    set_name = define(atlan, custom("Brief", only), "businessMetadataDefs")
    before = len(atlan.stored()[0])
    for name in (tag, set_name, "briefly"):
        assert atlan.send("DELETE", f"/types/typedef/name/{name}").status_code == 204
    assert "Brief" not in shown(atlan, "CLASSIFICATION", "classificationDefs")
    assert "Brief" not in shown(atlan, "BUSINESS_METADATA", "businessMetadataDefs")
    assert "briefly" not in shown(atlan, "ENUM", "enumDefs")
    assert len(atlan.stored()[0]) == before


def test_a_definition_that_is_used_is_not_deleted(atlan):
    tag = define(atlan, {"classificationDefs": [{"displayName": "Used"}]}, "classificationDefs")
    used = {
        "classifications": [{"typeName": tag}],
        "businessAttributes": {"<paint>": {"<Count>": 1}},
    }
    guid = atlan.guid(table("-1", "user", **used))
    for name in (tag, "<paint>", "colours"):
        answer = atlan.send("DELETE", f"/types/typedef/name/{name}")
        assert (answer.status_code, answer.json()["errorCode"]) == (409, "ATLAS-409-00-002")
    atlan.ok("DELETE", "/entity/bulk", guid=guid, deleteType="PURGE")
    assert atlan.send("DELETE", f"/types/typedef/name/{tag}").status_code == 204


NOT_DELETED = [("none", 404, "ATLAS-404-00-001"), ("quality_level", 409, "ATLAS-409-00-002")]


@pytest.mark.parametrize(("name", "status", "code"), NOT_DELETED)
def test_what_is_not_there_or_of_the_catalogue_is_not_deleted(atlan, name, status, code):
    answer = atlan.send("DELETE", f"/types/typedef/name/{name}")
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)


REFUSED = [
    ("POST", None, 400, "ATLAS-400-00-01A"),
    ("POST", {"entityDefs": [{"name": "Own"}]}, 400, "ATLAS-400-00-01A"),
    ("POST", {"classificationDefs": {}}, 200, None),
    ("POST", {"classificationDefs": "PII"}, 400, "ATLAS-400-00-01A"),
    ("POST", {"classificationDefs": [{}]}, 400, "ATLAS-400-00-01A"),
    ("POST", {"classificationDefs": [{"displayName": "PII"}]}, 409, "ATLAS-409-00-012"),
    ("POST", {"enumDefs": [COLOURS]}, 409, "ATLAS-409-00-012"),
    ("POST", {"enumDefs": [{"name": "empty"}]}, 400, "ATLAS-400-00-01A"),
    ("POST", custom("New", attribute("A", "no_such_type")), 400, "ATLAS-400-00-014"),
    ("POST", custom("New", attribute("", "string")), 400, "ATLAS-400-00-01A"),
    ("PUT", {"classificationDefs": [{"name": "N", "displayName": "N"}]}, 404, "ATLAS-404-00-001"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "body", "status", "code"), REFUSED)
def test_definitions_that_are_refused_change_nothing(atlan, method, body, status, code):
    before = atlan.ok("GET", TYPEDEFS)
    answer = atlan.send(method, TYPEDEFS, body)
    assert (answer.status_code, answer.json().get("errorCode")) == (status, code)
    assert atlan.ok("GET", TYPEDEFS) == before
