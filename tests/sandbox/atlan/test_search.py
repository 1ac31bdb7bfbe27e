# ruff: noqa: E501 - one row of a table, one line
"""The search: each query finds exactly what fits, pages are complete, attributes come as asked."""

import pytest

from tests.sandbox.build import category, glossary, ref, table, term, term_query

ACTIVE = term_query("__state", "ACTIVE")


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    """A glossary with a category, three terms in it (one archived), three tables, one view."""
    names = atlan.names
    names["finance"] = atlan.guid(glossary("-1", "Finance"))
    names["costs"] = atlan.guid(category("-1", "Costs"))
    below = {"parentCategory": ref("AtlasGlossaryCategory", "<costs>")}
    names["rent"] = atlan.guid(category("-1", "Rent", related=below))
    inside = {"categories": [ref("AtlasGlossaryCategory", "<costs>")]}
    owned = {"ownerUsers": ["ann", "bob"], "certificateStatus": "VERIFIED"}
    names["revenue"] = atlan.guid(term("-1", "Revenue", related=inside, attributes=owned))
    names["net"] = atlan.guid(term("-1", "Net revenue"))
    names["old"] = atlan.guid(term("-1", "Old"))
    atlan.ok("DELETE", "/entity/bulk?guid=<old>&deleteType=SOFT")
    [known] = atlan.ok("GET", "/types/typedefs", type="BUSINESS_METADATA")["businessMetadataDefs"]
    names["set"], names["score"] = known["name"], known["attributeDefs"][0]["name"]
    for name in ("orders", "Orders"):
        names[f"table {name}"] = atlan.guid(table("-1", name))
    score = {"<set>": {"<score>": 3}}
    scored = table("-1", "items", attributes={"rowCount": 7}, businessAttributes=score)
    names["table items"] = atlan.guid(scored)
    described = table("-1", "report", attributes={"description": "état"})
    names["view"] = atlan.guid({**described, "typeName": "View"})
    for name in ("finance", "costs"):
        whole = atlan.get(names[name])
        names[f"{name} key"] = whole["attributes"]["qualifiedName"]


def names(atlan, query, **rest):
    return [hit["displayText"] for hit in atlan.find(query, **rest).get("entities", [])]


def both(*queries):
    return {"bool": {"filter": list(queries)}}


TERMS = term_query("__typeName.keyword", "AtlasGlossaryTerm")
IN_FINANCE = term_query("__glossary", "<finance key>")
# query | names found, in the order they were made
FOUND = [
    (TERMS, ["Revenue", "Net revenue", "Old"]),
    (both(TERMS, ACTIVE), ["Revenue", "Net revenue"]),
    (both(TERMS, term_query("__state", "DELETED")), ["Old"]),
    (both(ACTIVE, TERMS, term_query("name.keyword", "Revenue"), IN_FINANCE), ["Revenue"]),
    (both(TERMS, term_query("name.keyword", "revenue")), []),
    (term_query("name.keyword", "rEvEnUe", case_insensitive=True), ["Revenue"]),
    ({"term": {"name.keyword": "Revenue"}}, ["Revenue"]),
    ({"terms": {"name.keyword": ["Revenue", "Net revenue", "None"]}}, ["Revenue", "Net revenue"]),
    ({"terms": {"name.keyword": []}}, []),
    (IN_FINANCE, ["Costs", "Rent", "Revenue", "Net revenue", "Old"]),
    (term_query("__parentCategory", "<costs key>"), ["Rent"]),
    ({"bool": {"must": [term_query("__typeName", "AtlasGlossaryCategory")], "must_not": [{"exists": {"field": "__parentCategory"}}]}}, ["Costs"]),
    (term_query("__categories", "<costs key>"), ["Revenue"]),
    (both(TERMS, {"exists": {"field": "__categories"}}), ["Revenue"]),
    (term_query("__guid", "<revenue>"), ["Revenue"]),
    (term_query("__superTypeNames.keyword", "SQL"), ["orders", "Orders", "items", "report"]),
    ({"terms": {"__superTypeNames.keyword": ["SQL", "None"]}}, ["orders", "Orders", "items", "report"]),
    (term_query("qualifiedName", "db/orders"), ["orders"]),
    (term_query("qualifiedName", "DB/ORDERS", case_insensitive=True), ["orders", "Orders"]),
    ({"terms": {"qualifiedName": ["db/orders", "db/items"]}}, ["orders", "items"]),
    ({"prefix": {"qualifiedName": {"value": "db/o"}}}, ["orders"]),
    ({"prefix": {"qualifiedName": {"value": "DB/O", "case_insensitive": True}}}, ["orders", "Orders"]),
    ({"prefix": {"certificateStatus": {"value": "ver", "case_insensitive": True}}}, ["Revenue"]),
    (both(TERMS, term_query("__createdBy", "sandbox")), ["Revenue", "Net revenue", "Old"]),
    (term_query("__createdBy", "ann"), []),
    (term_query("<set>.<score>", 3), ["items"]),
    (term_query("rowCount", "7"), ["items"]),
    ({"range": {"rowCount": {"gte": "6.5"}}}, ["items"]),
    (both(TERMS, {"range": {"__timestamp": {"gt": "0"}}}), ["Revenue", "Net revenue", "Old"]),
    ({"range": {"<set>.<score>": {"gt": 2}}}, ["items"]),
    (term_query("description", "ÉTAT", case_insensitive=True), ["report"]),
    ({"prefix": {"description": {"value": "ÉT", "case_insensitive": True}}}, ["report"]),
    ({"prefix": {"qualifiedName": "db/"}}, ["orders", "Orders", "items", "report"]),
    ({"bool": {"should": [term_query("name.keyword", "orders"), term_query("name.keyword", "items")], "minimum_should_match": 1}}, ["orders", "items"]),
    ({"bool": {"should": [term_query("name.keyword", "orders"), term_query("__typeName", "Table")], "minimum_should_match": 2}}, ["orders"]),
    ({"bool": {"should": [term_query("name.keyword", "orders")]}}, ["orders"]),
    ({"bool": {"filter": [term_query("name.keyword", "orders")], "should": [TERMS]}}, ["orders"]),
    ({"bool": {"filter": {"term": {"name": "orders"}}}}, ["orders"]),
    (term_query("ownerUsers", "bob"), ["Revenue"]),
    (term_query("ownerUsers", "bo"), []),
    (term_query("certificateStatus", "VERIFIED"), ["Revenue"]),
    (term_query("certificateStatus", "verified", case_insensitive=True), ["Revenue"]),
    ({"exists": {"field": "certificateStatus"}}, ["Revenue"]),
    ({"prefix": {"ownerUsers": "an"}}, ["Revenue"]),
    (both(TERMS, {"range": {"__timestamp": {"gte": 1}}}), ["Revenue", "Net revenue", "Old"]),
    ({"range": {"__timestamp": {"lt": 1}}}, []),
    (both(TERMS, {"range": {"__timestamp": {}}}), ["Revenue", "Net revenue", "Old"]),
    (term_query("noSuchField", "x"), []),
    ({"match_none": {}}, []),
    ({"bool": {"minimum_should_match": 2}}, []),
    ({"bool": {"should": [TERMS], "minimum_should_match": 2}}, []),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_a_query_finds_what_fits(atlan, query, expected):
    assert names(atlan, query) == expected
    assert atlan.find(query)["approximateCount"] == len(expected)


def test_without_a_query_everything_is_found(atlan):
    total = len(atlan.stored()[0])
    assert atlan.find({"match_all": {}})["approximateCount"] == total
    assert atlan.ok("POST", "/search/indexsearch", {"dsl": {}})["approximateCount"] == total


def test_entities_are_absent_where_nothing_fits(atlan):
    answer = atlan.find(term_query("name.keyword", "Nothing"))
    assert answer["approximateCount"] == 0
    assert "entities" not in answer


def test_pages_by_from_and_size(atlan):
    query = term_query("__superTypeNames.keyword", "SQL")
    pages = [names(atlan, query, dsl={"from": start, "size": 3}) for start in (0, 3, 6)]
    assert pages == [["orders", "Orders", "items"], ["report"], []]
    assert atlan.find(query, dsl={"size": 0})["approximateCount"] == 4


@pytest.mark.parametrize(
    "sort",
    [
        [{"__guid": {"order": "asc"}}],
        [{"__guid": {"order": "desc"}}],
        [{"__typeName.keyword": {"order": "desc"}}, {"name.keyword": "asc"}, "__guid"],
        [{"__glossary": {"order": "asc"}}, {"__guid": {"order": "asc"}}],
    ],
)
def test_pages_by_search_after_hold_everything_once(atlan, sort):
    everything = atlan.find({"match_all": {}}, dsl={"sort": sort})["entities"]
    seen, after = [], None
    while page := atlan.find(
        {"match_all": {}},
        dsl={"sort": sort, "size": 3, **({"search_after": after} if after else {})},
    ).get("entities"):
        seen += page
        after = [sort_value(atlan, page[-1], item) for item in sort]
    assert [hit["guid"] for hit in seen] == [hit["guid"] for hit in everything]


def sort_value(atlan, hit, item):
    field = item if isinstance(item, str) else next(iter(item))
    if field == "__glossary":
        _, at, glossary = hit["attributes"]["qualifiedName"].partition("@")
        return glossary if at else ""
    return {
        "__guid": hit["guid"],
        "__typeName.keyword": hit["typeName"],
        "name.keyword": hit["displayText"],
    }[field]


def test_relations_come_with_the_attributes_asked_for(atlan):
    [hit] = atlan.find(
        term_query("__guid", "<revenue>"),
        attributes=["anchor", "categories", "ownerUsers", "description", "synonyms"],
        relationAttributes=["name"],
    )["entities"]
    attributes = hit["attributes"]
    assert attributes["anchor"] == {
        "typeName": "AtlasGlossary",
        "guid": atlan.names["finance"],
        "uniqueAttributes": {"qualifiedName": atlan.names["finance key"]},
        "attributes": {"name": "Finance"},
    }
    assert [one["attributes"] for one in attributes["categories"]] == [{"name": "Costs"}]
    assert attributes["ownerUsers"] == ["ann", "bob"]
    assert not {"description", "synonyms"} & set(attributes)


def test_archived_ends_of_relations_are_not_shown(atlan):
    hidden = atlan.guid(category("-1", "Hidden"))
    inside = {"categories": [ref("AtlasGlossaryCategory", hidden)]}
    guid = atlan.guid(term("-1", "Exposed", related=inside))
    atlan.ok("DELETE", f"/entity/bulk?guid={hidden}&deleteType=SOFT")
    [hit] = atlan.find(term_query("__guid", guid), attributes=["categories"])["entities"]
    assert "categories" not in hit["attributes"]


def test_name_and_key_come_without_being_asked_for(atlan):
    [hit] = atlan.find(term_query("__guid", "<costs>"))["entities"]
    expected = {"name": "Costs", "qualifiedName": atlan.names["costs key"]}
    assert hit["attributes"] == expected
