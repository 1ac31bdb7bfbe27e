# ruff: noqa: E501 - one row of a table, one line
"""Whatever Atlan refuses the sandbox refuses too: same status, code, culprit; nothing is saved."""

import pytest

from tests.sandbox.build import category, glossary, key, link, ref, table, term

GOOD = table("-900", "bystander")
TAG = {"typeName": "no-such-tag", "propagate": False}
LONG = "x" * 100_001


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    """Two glossaries, categories in both, a term, a table with a link."""
    names = atlan.names
    names["finance"] = atlan.guid(glossary("-1", "Finance"))
    names["hr"] = atlan.guid(glossary("-1", "HR"))
    names["costs"] = atlan.guid(category("-1", "Costs"))
    names["people"] = atlan.guid(category("-1", "People", anchor="<hr>"))
    names["revenue"] = atlan.guid(term("-1", "Revenue"))
    names["margin"] = atlan.guid(
        term("-1", "Margin", related={"categories": [ref("AtlasGlossaryCategory", "<costs>")]})
    )
    names["table"] = atlan.guid(table("-1", "orders"))
    names["link"] = atlan.guid(link("-1"))
    names["set"] = atlan.ok("GET", "/types/typedefs", type="BUSINESS_METADATA")[
        "businessMetadataDefs"
    ][0]["name"]
    shown = {
        one["displayName"]: one["name"]
        for one in atlan.ok("GET", "/types/typedefs", type="business_metadata")[
            "businessMetadataDefs"
        ][0]["attributeDefs"]
    }
    names.update(
        {
            "level": shown["Level"],
            "checks": shown["Checks"],
            "score": shown["Score"],
            "measured": shown["Measured on"],
        }
    )
    names["domain"] = atlan.guid(
        {
            "typeName": "DataDomain",
            "guid": "-1",
            "attributes": {"name": "Sales", "qualifiedName": "sales"},
        }
    )
    tags = atlan.ok("GET", "/types/typedefs", type="CLASSIFICATION")["classificationDefs"]
    names["PII"] = next(tag["name"] for tag in tags if tag["displayName"] == "PII")


def related(**relations):
    return {"relationshipAttributes": relations}


def column(guid, name="c", **rest):
    attributes = {"name": name, "qualifiedName": f"db/orders/{name}", **rest.pop("attributes", {})}
    return {"typeName": "Column", "guid": guid, "attributes": attributes, **rest}


def without(entity, attribute):
    entity["attributes"].pop(attribute)
    return entity


def without_anchor(entity):
    entity["relationshipAttributes"].pop("anchor")
    return entity


def custom(guid, attribute, value):
    return table(guid, "q", businessAttributes={"<set>": {attribute: value}})


# what is tried | the entities | status | errorCode | entityGuid (None: must be absent)
REFUSALS = [
    ("unknown type", [{"typeName": "Nothing", "guid": "-7", "attributes": {}}], 400, "ATLAS-400-00-014", "-7"),
    ("name missing", [without(table("-7"), "name")], 404, "ATLAS-404-00-007", "-7"),
    ("qualifiedName missing", [without(table("-7"), "qualifiedName")], 404, "ATLAS-404-00-007", "-7"),
    ("name null", [table("-7", attributes={"name": None})], 404, "ATLAS-404-00-007", "-7"),
    ("name missing on update", [without(table("<table>", "orders"), "name")], 404, "ATLAS-404-00-007", "<table>"),
    ("wrong enum value", [table("-7", attributes={"certificateStatus": "verifiedd"})], 404, "ATLAS-404-00-007", "-7"),
    ("text for a list", [table("-7", attributes={"ownerUsers": "ann"})], 404, "ATLAS-404-00-007", "-7"),
    ("text for a number", [table("-7", attributes={"rowCount": "many"})], 404, "ATLAS-404-00-007", "-7"),
    ("text for a boolean", [table("-7", attributes={"isTemporary": "perhaps"})], 404, "ATLAS-404-00-007", "-7"),
    ("text for a date", [table("-7", attributes={"sourceCreatedAt": "soon"})], 404, "ATLAS-404-00-007", "-7"),
    ("list for a map", [term("-7", "New", attributes={"additionalAttributes": []})], 404, "ATLAS-404-00-007", "-7"),
    ("icon type of a link", [{**link("-7", qualified_name="n"), "attributes": {"name": "n", "qualifiedName": "n", "link": "https://x.org", "iconType": "png"}}], 404, "ATLAS-404-00-007", "-7"),
    ("reference is text", [column("-7", **related(table="db/orders"))], 400, "ATLAS-400-00-021", "-7"),
    ("reference without key", [column("-7", **related(table={"typeName": "Table"}))], 400, "ATLAS-400-00-021", "-7"),
    ("list for one reference", [column("-7", **related(table=[ref("Table", "<table>")]))], 400, "ATLAS-400-00-021", "-7"),
    ("link on two assets", [{**link("-7", qualified_name="n"), **related(asset=[ref("Table", "<table>"), ref("Table", "<table>")])}], 400, "ATLAS-400-00-021", "-7"),
    ("one reference for a list", [table("-7", "n", **related(meanings=ref("AtlasGlossaryTerm", "<revenue>")))], 404, "ATLAS-404-00-007", "-7"),
    ("reference of another type", [term("-7", "New", anchor="<table>")], 400, "ATLAS-400-00-036", "-7"),
    ("reference to unknown guid", [column("-7", **related(table=ref("Table", "no-such-guid")))], 404, "ATLAS-404-00-00A", "-7"),
    ("reference to unknown temporary guid", [column("-7", **related(table=ref("Table", "-55")))], 404, "ATLAS-404-00-00A", "-7"),
    ("reference to unknown key", [column("-7", **related(table=key("Table", "db/none")))], 404, "ATLAS-404-00-00A", "-7"),
    ("key in another case", [column("-7", **related(table=key("Table", "DB/ORDERS")))], 404, "ATLAS-404-00-00A", "-7"),
    ("key of what the batch creates", [table("-6", "new"), column("-7", **related(table=key("Table", "db/new")))], 404, "ATLAS-404-00-00A", "-7"),
    ("own guid unknown", [table("no-such-guid", "new")], 404, "ATLAS-404-00-00A", "no-such-guid"),
    ("first to mention is blamed", [column("-6", **related(table=ref("Table", "-7"))), without(table("-7"), "name")], 404, "ATLAS-404-00-007", "-6"),
    ("the faulty one mentioned later", [without(table("-7"), "name"), column("-6", **related(table=ref("Table", "-7")))], 404, "ATLAS-404-00-007", "-7"),
    ("relation replaced and appended", [table("-7", "n", relationshipAttributes={"meanings": []}, appendRelationshipAttributes={"meanings": []})], 400, "ATLAS-400-00-108", "-7"),
    ("relation replaced and removed", [table("-7", "n", relationshipAttributes={"meanings": []}, removeRelationshipAttributes={"meanings": []})], 400, "ATLAS-400-00-108", "-7"),
    ("unknown tag", [table("-7", "n", classifications=[TAG])], 404, "ATLAS-404-00-008", "-7"),
    ("tag by the name people see", [table("-7", "n", classifications=[{"typeName": "PII"}])], 404, "ATLAS-404-00-008", "-7"),
    ("unknown custom metadata", [table("-7", "n", businessAttributes={"none": {"a": 1}})], 404, "ATLAS-404-00-007", "-7"),
    ("custom enum value", [custom("-7", "<level>", "Tin")], 404, "ATLAS-404-00-007", "-7"),
    ("custom number", [custom("-7", "<score>", "high")], 404, "ATLAS-404-00-007", "-7"),
    ("custom text too long", [custom("-7", "<checks>", ["x" * 201])], 404, "ATLAS-404-00-007", "-7"),
    ("term related to itself", [{**term("<revenue>", "Revenue"), **related(anchor=ref("AtlasGlossary", "<finance>"), synonyms=[ref("AtlasGlossaryTerm", "<revenue>")])}], 409, "ATLAS-409-00-014", "<revenue>"),
    ("category under itself", [category("<costs>", "Costs", related={"parentCategory": ref("AtlasGlossaryCategory", "<costs>")})], 409, "ATLAS-409-00-014", "<costs>"),
    ("glossary name taken", [glossary("-7", "Finance")], 409, "ATLAS-409-00-007", None),
    ("glossary name taken but for spaces", [glossary("-7", " Finance ")], 409, "ATLAS-409-00-007", None),
    ("glossary renamed to a taken name", [glossary("<hr>", "Finance")], 409, "ATLAS-409-00-007", None),
    ("term name taken", [term("-7", "Revenue")], 409, "ATLAS-409-00-009", None),
    ("term name taken, other category", [term("-7", "Revenue", related={"categories": [ref("AtlasGlossaryCategory", "<costs>")]})], 409, "ATLAS-409-00-009", None),
    ("term renamed to a taken name", [term("<margin>", "Revenue")], 409, "ATLAS-409-00-009", None),
    ("category name taken", [category("-7", "Costs")], 409, "ATLAS-409-00-00A", None),
    ("name with @", [term("-7", "a@b")], 400, "ATLAS-400-00-083", None),
    ("empty name", [term("-7", " ")], 400, "ATLAS-400-00-083", None),
    ("empty glossary name", [glossary("-7", "")], 400, "ATLAS-400-00-083", None),
    ("category name with @", [category("-7", "a@b")], 400, "ATLAS-400-00-083", None),
    ("category of another glossary", [term("-7", "New", related={"categories": [ref("AtlasGlossaryCategory", "<people>")]})], 400, "ATLAS-400-00-029", None),
    ("term moved, category stays", [term("<margin>", "Margin", anchor="<hr>")], 400, "ATLAS-400-00-029", None),
    ("parent of another glossary", [category("-7", "New", related={"parentCategory": ref("AtlasGlossaryCategory", "<people>")})], 409, "ATLAS-400-00-0015", None),
    ("term with a category of the same batch", [category("-6", "Fresh"), term("-7", "New", related={"categories": [ref("AtlasGlossaryCategory", "-6")]})], 404, "ATLAS-404-00-005", None),
    ("no URL", [without(link("-7", qualified_name="n"), "link")], 500, "ATLAS-500-00-001", None),
    ("empty URL", [link("-7", "", qualified_name="n")], 500, "ATLAS-500-00-001", None),
    ("script as URL", [link("-7", "javascript:alert(1)", qualified_name="n")], 500, "ATLAS-500-00-001", None),
    ("URL with brackets", [link("-7", "https://x.org/[1]", qualified_name="n")], 500, "ATLAS-500-00-001", None),
    ("IPv6 URL", [link("-7", "https://[::1]/a", qualified_name="n")], 500, "ATLAS-500-00-001", None),
    ("link renamed without its URL", [{"typeName": "Link", "guid": "-7", "attributes": {"name": "Other", "qualifiedName": "link-1"}}], 500, "ATLAS-500-00-001", None),
    ("text too long", [table("-7", "n", attributes={"description": LONG})], 500, "ATLAS-500-00-001", None),
    ("SSI in an announcement", [table("-7", "n", attributes={"announcementMessage": '<!--#exec cmd="x"-->'})], 400, "ATLAS-400-00-029", None),
    ("owner with a tag", [table("-7", "n", attributes={"ownerUsers": ["<b>ann"]})], 400, "ATLAS-400-00-029", None),
    ("owner is a URL", [table("-7", "n", attributes={"ownerGroups": ["https://x.org"]})], 400, "ATLAS-400-00-029", None),
    ("two domains", [table("-7", "n", attributes={"domainGUIDs": ["a", "b"]})], 400, "ATLAS-400-00-01A", None),
    ("domain that is not there", [table("-7", "n", attributes={"domainGUIDs": ["a"]})], 404, "ATLAS-404-00-005", None),
    ("domain that is a table", [table("-7", "n", attributes={"domainGUIDs": ["<table>"]})], 400, "ATLAS-400-00-01A", None),
    ("domain on a glossary", [glossary("-7", "New", domainGUIDs=["<domain>"])], 400, "ATLAS-400-00-01A", None),
    ("domain on a category", [category("-7", "New", attributes={"domainGUIDs": ["<domain>"]})], 400, "ATLAS-400-00-01A", None),
    ("domain on a term", [term("-7", "New", attributes={"domainGUIDs": ["<domain>"]})], 400, "ATLAS-400-00-01A", None),
    ("null among owners", [table("-7", "n", attributes={"ownerUsers": [None]})], 400, "ATLAS-400-00-029", None),
    ("number among owners", [table("-7", "n", attributes={"ownerGroups": [1]})], 400, "ATLAS-400-00-029", None),
    ("tag on a glossary", [{**glossary("-7", "New"), "classifications": [{"typeName": "<PII>"}]}], 409, "ATLAS-409-00-015", "-7"),
    ("tag on a category", [category("-7", "New", classifications=[{"typeName": "<PII>"}])], 409, "ATLAS-409-00-015", "-7"),
    ("tag added to a glossary", [{**glossary("<hr>", "HR"), "addOrUpdateClassifications": [{"typeName": "<PII>"}]}], 409, "ATLAS-409-00-015", "<hr>"),
    ("label with a space", [table("-7", "n", labels=["a b"])], 400, "ATLAS-400-00-090", "-7"),
    ("label beyond ASCII", [table("-7", "n", labels=["é"])], 400, "ATLAS-400-00-090", "-7"),
    ("label of 51 characters", [table("-7", "n", labels=["x" * 51])], 400, "ATLAS-400-00-08F", "-7"),
    ("free key with a space", [table("-7", "n", customAttributes={"a b": "c"})], 400, "ATLAS-400-00-08D", "-7"),
    ("free key of 51 characters", [table("-7", "n", customAttributes={"x" * 51: "c"})], 400, "ATLAS-400-00-08C", "-7"),
    ("custom date without a time", [custom("-7", "<measured>", "2024-01-31")], 404, "ATLAS-404-00-007", "-7"),
    ("one text for many in custom metadata", [custom("-7", "<checks>", "a")], 404, "ATLAS-404-00-007", "-7"),
    ("term without anchor", [without_anchor(term("-7", "New"))], 404, "ATLAS-404-00-007", "-7"),
    ("term updated without anchor", [without_anchor(term("<revenue>", "Revenue"))], 404, "ATLAS-404-00-007", "<revenue>"),
    ("category without anchor", [without_anchor(category("-7", "New"))], 404, "ATLAS-404-00-007", "-7"),
    ("anchor cleared", [term("-7", "New", related={"anchor": None})], 404, "ATLAS-404-00-007", "-7"),
    ("term and its glossary", [glossary("-6", "Fresh"), term("-7", "New", anchor="-6")], 500, "ATLAS-500-00-001", None),
    ("category and its glossary", [glossary("-6", "Fresh"), category("-7", "New", anchor="-6")], 500, "ATLAS-500-00-001", None),
    ("category and its parent", [category("-6", "Fresh"), category("-7", "New", related={"parentCategory": ref("AtlasGlossaryCategory", "-6")})], 500, "ATLAS-500-00-001", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entities", "status", "code", "guid"),
    [pytest.param(*case[1:], id=case[0]) for case in REFUSALS],
)
def test_a_refusal_names_what_atlan_names_and_saves_nothing(atlan, entities, status, code, guid):
    before = atlan.stored()
    answer = atlan.send("POST", "/entity/bulk", {"entities": [GOOD, *entities]})
    body = answer.json()
    assert (answer.status_code, body["errorCode"]) == (status, code), body
    assert body.get("entityGuid") == (guid and atlan.named(guid))
    assert body["errorMessage"]
    assert atlan.stored() == before


def test_creations_are_judged_before_updates(atlan):
    update, creation = term("<margin>", "Revenue"), glossary("-7", "Finance")
    answer = atlan.send("POST", "/entity/bulk", {"entities": [update, creation]})
    assert answer.json()["errorCode"] == "ATLAS-409-00-007"


CRASHES = [
    ("entity is null", [None]),
    ("entity without attributes", [{"typeName": "Table", "guid": "-7"}]),
    ("attributes null", [{"typeName": "Table", "guid": "-7", "attributes": None}]),
    ("two glossaries of one qualifiedName", [glossary("-6", "A", qualifiedName="q"), glossary("-7", "B", qualifiedName="q")]),
]  # fmt: skip


@pytest.mark.parametrize("entities", [pytest.param(case[1], id=case[0]) for case in CRASHES])
def test_what_makes_atlan_fail_is_a_500_without_a_code(atlan, entities):
    before = atlan.stored()
    answer = atlan.send("POST", "/entity/bulk", {"entities": [GOOD, *entities]})
    assert answer.status_code == 500
    assert set(answer.json()) == {"errorId", "message", "causes"}
    assert atlan.stored() == before


@pytest.mark.parametrize("body", [None, {}, {"entities": []}, {"entities": {}}, []])
def test_a_request_without_entities_is_refused(atlan, body):
    answer = atlan.send("POST", "/entity/bulk", body)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-01A")


def test_a_body_that_is_no_json_is_refused(atlan):
    answer = atlan.session.post(atlan.base + "/entity/bulk", data="{", timeout=10)
    assert answer.status_code == 400


def test_more_than_ten_thousand_entities_are_refused(atlan):
    answer = atlan.send("POST", "/entity/bulk", {"entities": [{}] * 10_001})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-212")


@pytest.mark.parametrize(
    "flags",
    [
        ("replaceTags", "appendTags"),
        ("replaceClassifications", "appendTags"),
        ("replaceTags", "replaceClassifications"),
    ],
)
def test_tags_can_be_treated_in_one_way_only(atlan, flags):
    before = atlan.stored()
    query = dict.fromkeys(flags, "true")
    answer = atlan.send("POST", "/entity/bulk", {"entities": [GOOD]}, **query)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-029")
    assert atlan.stored() == before


LOOKUPS = [
    ("/entity/guid/none", 404, "ATLAS-404-00-005"),
    ("/entity/guid/none/header", 404, "ATLAS-404-00-005"),
    ("/entity/bulk?guid=<table>&guid=none", 404, "ATLAS-404-00-005"),
    ("/entity/uniqueAttribute/type/Table?attr:qualifiedName=DB/ORDERS", 404, "ATLAS-404-00-009"),
    ("/entity/uniqueAttribute/type/Nothing?attr:qualifiedName=a", 400, "ATLAS-400-00-014"),
]


@pytest.mark.parametrize(("path", "status", "code"), LOOKUPS)
def test_looking_up_what_is_not_there(atlan, path, status, code):
    answer = atlan.send("GET", path)
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)


SEARCHES = [
    {},
    {"dsl": []},
    {"dsl": {"query": {"fuzzy": {"name": "x"}}}},
    {"dsl": {"query": {"term": {"a": 1, "b": 2}}}},
    {"dsl": {"from": 9_990, "size": 11}},
    {"dsl": {"sort": [{"no such field": "asc"}]}},
    {"dsl": {"sort": [{"__guid": "asc"}], "search_after": [1, 2, 3]}},
    {"dsl": {"aggregations": {"types": {"terms": {"field": "__typeName.keyword"}}}}},
    {"dsl": {"aggs": {"types": {"terms": {"field": "__typeName.keyword"}}}}},
    {"dsl": {"post_filter": {"term": {"__state": "ACTIVE"}}}},
    {"dsl": {"query": {"term": {"__persona": "x"}}}},
    {"dsl": {"query": {"term": {"name.stemmed": "x"}}}},
    {"dsl": {"query": {"prefix": {"name": {"value": "x", "rewrite": "constant_score"}}}}},
    {"dsl": {"query": {"range": {"__timestamp": {"gte": "now-1d", "time_zone": "+01:00"}}}}},
    {"dsl": {"query": {"range": {"__timestamp": {"gte": "now-1d"}}}}},
    {"dsl": {"query": {"range": {"sourceCreatedAt": {"lt": "2024-01-31"}}}}},
    {"dsl": {"query": {"term": {"rowCount": "many"}}}},
    {"dsl": {"query": {"bool": {"must": [], "adjust_pure_negative": True}}}},
]


@pytest.mark.parametrize("request_body", SEARCHES)
def test_a_search_the_sandbox_cannot_answer_is_refused(atlan, request_body):
    answer = atlan.send("POST", "/search/indexsearch", request_body)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-01A")


def test_a_deletion_without_a_guid_is_refused(atlan):
    answer = atlan.send("DELETE", "/entity/bulk")
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ATLAS-400-00-01A")


DEFINED = [
    (without(table("-7"), "name"), "Asset"),
    (without(table("-7"), "qualifiedName"), "Referenceable"),
]


@pytest.mark.parametrize(("entity", "owner"), DEFINED)
def test_a_missing_attribute_names_the_type_that_defines_it(atlan, entity, owner):
    answer = atlan.send("POST", "/entity/bulk", {"entities": [entity]})
    assert answer.json()["errorMessage"].endswith(f"value missing in type {owner}")


def test_restoring_what_is_not_there_is_refused(atlan):
    answer = atlan.send("POST", "/entity/restore/bulk?guid=none")
    assert (answer.status_code, answer.json()["errorCode"]) == (404, "ATLAS-404-00-005")
