"""Tags and custom metadata: what each flag of a bulk save does to them."""

import pytest

from tests.sandbox.build import table, term_query


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    for tag in atlan.ok("GET", "/types/typedefs", type="classification")["classificationDefs"]:
        atlan.names[tag["displayName"]] = tag["name"]
    [known] = atlan.ok("GET", "/types/typedefs", type="BUSINESS_METADATA")["businessMetadataDefs"]
    atlan.names["set"] = known["name"]
    for attribute in known["attributeDefs"]:
        atlan.names[attribute["displayName"]] = attribute["name"]


def tags(*names, **flags):
    return [{"typeName": f"<{name}>", **flags} for name in names]


def held(atlan, guid):
    by_name = {value: name for name, value in atlan.names.items()}
    return {by_name[tag["typeName"]] for tag in atlan.get(guid)["classifications"]}


APPENDING = {
    "addOrUpdateClassifications": tags("GDPR"),
    "removeClassifications": tags("PII"),
}
# flag | what is sent for an entity tagged PII | its tags afterwards
ON_UPDATE = [
    (None, {"classifications": tags("GDPR")}, {"PII"}),
    (None, APPENDING, {"PII"}),
    ("replaceTags", {"classifications": tags("GDPR")}, {"GDPR"}),
    ("replaceTags", {"classifications": []}, set()),
    ("replaceTags", {}, set()),
    ("replaceClassifications", {"classifications": tags("GDPR")}, {"GDPR"}),
    ("appendTags", {"classifications": tags("Public")}, {"PII"}),
    ("appendTags", {"addOrUpdateClassifications": tags("GDPR")}, {"PII", "GDPR"}),
    ("appendTags", APPENDING, {"GDPR"}),
]


@pytest.mark.parametrize(("flag", "sent", "left"), ON_UPDATE)
def test_flags_say_what_becomes_of_tags(atlan, flag, sent, left):
    name = f"tagged {ON_UPDATE.index((flag, sent, left))}"
    guid = atlan.guid(table("-1", name, classifications=tags("PII")))
    assert held(atlan, guid) == {"PII"}
    answer = atlan.save(table("-1", name, **sent), **({flag: "true"} if flag else {}))
    assert held(atlan, guid) == left
    assert ("mutatedEntities" in answer) == (left != {"PII"})


def test_the_same_tags_again_are_no_change(atlan):
    sent = table("-1", "tagged again", classifications=tags("PII", "GDPR", propagate=False))
    atlan.save(sent)
    sent["classifications"].reverse()
    assert "mutatedEntities" not in atlan.save(sent, replaceTags="true")


def test_a_tag_propagates_by_default(atlan):
    def propagate(name, **flags):
        guid = atlan.guid(table("-1", name, classifications=tags("PII", **flags)))
        [tag] = atlan.get(guid)["classifications"]
        return tag["propagate"]

    assert propagate("propagating") is True
    assert propagate("staying", propagate=False) is False


def test_tagged_entities_are_found_by_their_tag(atlan):
    guid = atlan.guid(table("-1", "confidential", classifications=tags("Confidential")))
    found = atlan.find(term_query("__traitNames", "<Confidential>"))
    assert [hit["guid"] for hit in found["entities"]] == [guid]
    assert found["entities"][0]["classificationNames"] == [atlan.named("<Confidential>")]


MERGE = {"replaceBusinessAttributes": "true"}
REPLACE = {**MERGE, "overwriteBusinessAttributes": "true"}
FIRST = {"<Score>": 1, "<Level>": "Gold"}
# flags | what is sent for an entity that holds FIRST | what it holds afterwards
CUSTOM = [
    ({}, {"<set>": {"<Score>": 2}}, FIRST),
    ({"overwriteBusinessAttributes": "true"}, {"<set>": {"<Score>": 2}}, FIRST),
    (MERGE, {"<set>": {"<Score>": 2}}, {"<Score>": 2, "<Level>": "Gold"}),
    (MERGE, {"<set>": {"<Score>": None}}, {"<Level>": "Gold"}),
    (MERGE, {"<set>": {}}, {}),
    (MERGE, None, FIRST),
    (REPLACE, {"<set>": {"<Score>": 2}}, {"<Score>": 2}),
    (REPLACE, None, {}),
]


@pytest.mark.parametrize(("flags", "sent", "left"), CUSTOM)
def test_flags_say_what_becomes_of_custom_metadata(atlan, flags, sent, left):
    name = f"custom {CUSTOM.index((flags, sent, left))}"
    guid = atlan.guid(table("-1", name, businessAttributes={"<set>": FIRST}))
    answer = atlan.save(table("-1", name, businessAttributes=sent), **flags)
    known = atlan.get(guid)["businessAttributes"].get(atlan.names["set"], {})
    assert known == {atlan.named(attribute): value for attribute, value in left.items()}
    assert ("mutatedEntities" in answer) == (left != FIRST)


def test_lists_and_dates_of_custom_metadata_are_kept(atlan):
    sent = {"<Checks>": ["a", "b"], "<Measured on>": 1706659200000}
    guid = atlan.guid(table("-1", "measured", businessAttributes={"<set>": sent}))
    known = atlan.get(guid)["businessAttributes"][atlan.names["set"]]
    assert known == {atlan.named(attribute): value for attribute, value in sent.items()}


def test_a_search_returns_custom_metadata_by_set_and_attribute(atlan):
    atlan.guid(table("-1", "asked", businessAttributes={"<set>": {"<Score>": 7}}))
    asked = "<set>.<Score>"
    found = atlan.find(term_query("qualifiedName", "db/asked"), attributes=[asked])
    assert found["entities"][0]["attributes"][atlan.named(asked)] == 7


def test_definitions_come_by_category(atlan):
    answer = atlan.ok("GET", "/types/typedefs/?type=ENUM&type=struct")
    assert {one["name"] for one in answer["enumDefs"]} >= {"certificate_status"}
    assert answer["structDefs"]
    assert not answer["entityDefs"]
    everything = atlan.ok("GET", "/types/typedefs")
    assert all(everything.values())
    [table_type] = [one for one in everything["entityDefs"] if one["name"] == "Table"]
    assert "rowCount" in {attribute["name"] for attribute in table_type["attributeDefs"]}
