"""Type definitions of Apache Atlas: posted, used, changed, deleted; names begin with the run's."""

import pytest

from tests.sandbox.atlas.build import entity, table

KINDS = {"enum": "enumDefs", "classification": "classificationDefs", "entity": "entityDefs"}


def post(atlas, method="POST", **lists):
    return atlas.send(method, "/types/typedefs", lists)


def tag(name, *attributes, **rest):
    return {"name": f"<run>{name}", "attributeDefs": list(attributes), **rest}


def attribute(name, type_name="string", **rest):
    return {"name": name, "typeName": type_name, "isOptional": True, **rest}


def of_set(name, type_name, entity_type="hive_table", **options):
    options = {"applicableEntityTypes": f'["{entity_type}"]', **options}
    return attribute(name, type_name, options=options)


def enum(name, *values):
    elements = [{"value": value, "ordinal": place} for place, value in enumerate(values)]
    return {"name": f"<run>{name}", "elementDefs": elements}


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    assert post(atlas, enumDefs=[enum("Level", "High", "Low")]).status_code == 200
    made = post(
        atlas,
        classificationDefs=[tag("Tag", attribute("a"))],
        businessMetadataDefs=[
            tag("Set", of_set("e", "<run>Level"), of_set("t", "string", maxStrLength="5"))
        ],
        entityDefs=[
            tag(
                "Kind",
                attribute("n", "int"),
                attribute("exact", "double"),
                attribute("rounded", "float"),
                attribute("many", "array<string>", cardinality="SET"),
                attribute("level", "<run>Level"),
                superTypes=["hive_table"],
            )
        ],
    )
    assert made.status_code == 200, made.text
    yield
    atlas.send("DELETE", "/types/typedef/name/<run>Set")  # hive_tables of others would show it


def test_a_double_keeps_all_digits_and_a_float_seven_of_them(atlas):
    sent = {"exact": 33.333333333, "rounded": 33.333333333}
    atlas.save(entity("<run>Kind", "-d", "d", attributes=sent))
    found = atlas.get("d")["attributes"]
    assert (found["exact"], found["rounded"]) == (33.333333333, 33.333332)


def test_definitions_are_listed_by_category(atlas):
    listed = atlas.ok("GET", "/types/typedefs")
    assert {one["name"] for one in listed["classificationDefs"]} >= {"PII", "Confidential"}
    assert {one["name"] for one in listed["businessMetadataDefs"]} >= {"Stewardship"}
    only = atlas.ok("GET", "/types/typedefs?type=business_metadata")
    assert [key for key, found in only.items() if found] == ["businessMetadataDefs"]
    [one] = atlas.ok("GET", "/types/typedefs?type=enum&name=quality_level")["enumDefs"]
    assert [element["value"] for element in one["elementDefs"]] == ["Gold", "Silver", "Bronze"]
    headers = atlas.ok("GET", "/types/typedefs/headers?type=classification")
    assert {(one["category"]) for one in headers} == {"CLASSIFICATION"}


def test_what_a_definition_leaves_out_is_filled_in(atlas):
    shown = atlas.ok("GET", "/types/typedef/name/<run>Tag")
    assert (shown["category"], shown["version"], shown["description"]) == (
        "CLASSIFICATION",
        1,
        atlas.named("<run>Tag"),
    )
    assert shown["attributeDefs"] == [
        {
            "name": "a",
            "typeName": "string",
            "isOptional": True,
            "cardinality": "SINGLE",
            "valuesMinCount": 0,
            "valuesMaxCount": 1,
            "isUnique": False,
            "isIndexable": False,
            "includeInNotification": False,
            "searchWeight": -1,
        }
    ]


def test_an_attribute_is_mandatory_unless_it_says_otherwise(atlas):
    bare = {"name": "m", "typeName": "string"}
    made = post(atlas, classificationDefs=[tag("Bare", bare)]).json()
    assert made["classificationDefs"][0]["attributeDefs"][0]["isOptional"] is False


def test_an_entity_type_shows_its_relations_and_its_metadata(atlas):
    shown = atlas.ok("GET", "/types/entitydef/name/hive_column")
    ends = {one["name"]: one for one in shown["relationshipAttributeDefs"]}
    assert set(ends) == {"table", "meanings", "inputToProcesses", "outputFromProcesses"}
    assert (ends["table"]["typeName"], ends["table"]["isOptional"]) == ("hive_table", False)
    assert ends["meanings"]["typeName"] == "array<AtlasGlossaryTerm>"
    assert set(shown["businessAttributeDefs"]) == {"Stewardship"}


def test_posted_types_are_used_at_once(atlas):
    atlas.save(
        entity(
            "<run>Kind",
            "-k",
            "k",
            attributes={"n": 1, "many": ["b", "a", "b"], "level": "high"},
            classifications=[{"typeName": "<run>Tag", "attributes": {"a": "z"}}],
            businessAttributes={"<run>Set": {"e": "Low"}},
        )
    )
    held = atlas.get("k")
    kept = held["attributes"]
    assert (kept["n"], sorted(kept["many"]), kept["level"]) == (1, ["a", "b"], "High")
    assert [one["typeName"] for one in held["classifications"]] == [atlas.named("<run>Tag")]
    assert list(held["businessAttributes"].values()) == [{"e": "Low"}]
    for name in ("Tag", "Level", "Kind"):
        refused = atlas.refusal("DELETE", f"/types/typedef/name/<run>{name}")
        assert refused == (409, "ATLAS-409-00-002")


REFUSED = [
    ("POST", {"classificationDefs": [tag("Tag")]}, (409, "ATLAS-409-00-001")),
    ("POST", {"enumDefs": [enum("Tag", "A")]}, (409, "ATLAS-409-00-001")),
    ("POST", {"classificationDefs": [{}]}, (500, "crash")),
    ("POST", {"classificationDefs": [{"name": "a@b"}]}, (400, "ATLAS-400-00-019")),
    ("POST", {"enumDefs": [{"name": "<run>None"}]}, (400, "ATLAS-400-00-02B")),
    (
        "POST",
        {"businessMetadataDefs": [tag("None", of_set("t", "string"))]},
        (400, "ATLAS-400-00-02B"),
    ),
    (
        "POST",
        {"businessMetadataDefs": [tag("None", of_set("t", "none"))]},
        (400, "ATLAS-400-00-029"),
    ),
    (
        "POST",
        {"businessMetadataDefs": [tag("None", of_set("t", "int", "none"))]},
        (400, "ATLAS-400-00-029"),
    ),
    ("POST", {"entityDefs": [tag("None", superTypes=["none"])]}, (400, "ATLAS-400-00-029")),
    ("POST", {"entityDefs": [tag("None", attribute("x", "none"))]}, (400, "ATLAS-400-00-029")),
    ("POST", [], (500, "crash")),
    ("PUT", {"classificationDefs": [tag("None")]}, (404, "ATLAS-404-00-001")),
    ("PUT", {"classificationDefs": [tag("Tag")]}, (400, "ATLAS-400-00-00D")),
    (
        "PUT",
        {"classificationDefs": [tag("Tag", attribute("a"), attribute("b", isOptional=False))]},
        (400, "ATLAS-400-00-00C"),
    ),
    ("DELETE", {"classificationDefs": [tag("None")]}, (404, "ATLAS-404-00-001")),
]


@pytest.mark.parametrize(("method", "body", "expected"), REFUSED)
def test_a_definition_that_is_refused_is_not_kept(atlas, method, body, expected):
    assert atlas.refusal(method, "/types/typedefs", body) == expected
    refused = atlas.refusal("GET", "/types/typedef/name/<run>None")
    assert refused == (404, "ATLAS-404-00-001")


def test_a_definition_is_changed_and_what_it_gains_is_used(atlas):
    post(atlas, enumDefs=[enum("Grown", "A")])
    assert post(atlas, "PUT", enumDefs=[enum("Grown", "A", "B")]).status_code == 200
    shown = atlas.ok("GET", "/types/enumdef/name/<run>Grown")
    assert [one["value"] for one in shown["elementDefs"]] == ["A", "B"]
    assert shown["version"] == 2


@pytest.mark.parametrize("by_name", [True, False])
def test_what_nothing_uses_is_deleted(atlas, by_name):
    body = {"classificationDefs": [tag("Gone")], "enumDefs": [enum("GoneToo", "A")]}
    assert post(atlas, **body).status_code == 200
    if by_name:
        for name in ("Gone", "GoneToo"):
            assert atlas.send("DELETE", f"/types/typedef/name/<run>{name}").status_code == 204
    else:
        assert post(atlas, "DELETE", **body).status_code == 204
    for name in ("Gone", "GoneToo"):
        refused = atlas.refusal("GET", f"/types/typedef/name/<run>{name}")
        assert refused == (404, "ATLAS-404-00-001")


def test_metadata_in_use_is_deleted_and_its_values_go_with_it(atlas):
    made = post(atlas, businessMetadataDefs=[tag("Used", of_set("n", "int"))])
    assert made.status_code == 200
    atlas.save(table("-u", "u", businessAttributes={"<run>Used": {"n": 1}}))
    assert atlas.get("u")["businessAttributes"] == {atlas.named("<run>Used"): {"n": 1}}
    assert atlas.send("DELETE", "/types/typedef/name/<run>Used").status_code == 204
    assert "businessAttributes" not in atlas.get("u")


def test_a_definition_of_another_category_is_not_found(atlas):
    refused = atlas.refusal("GET", "/types/entitydef/name/<run>Tag")
    assert refused == (404, "ATLAS-404-00-001")


def test_metadata_is_refused_on_types_that_it_is_not_for(atlas):
    atlas.save(entity("hive_db", "-db", "db"), table("-tb", "tb"))
    body = {"<run>Set": {"t": "short"}}
    assert atlas.send("POST", "/entity/guid/<tb>/businessmetadata", body).status_code == 204
    refused = atlas.refusal("POST", "/entity/guid/<db>/businessmetadata", body)
    assert refused == (404, "ATLAS-404-00-007")
