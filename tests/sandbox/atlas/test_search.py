"""Basic searches of Apache Atlas: by type and page; the sandbox refuses what it cannot do."""

import pytest

from tests.sandbox.atlas.build import CATEGORY, GLOSSARY, TERM, category, glossary, ref, table, term


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    """A type of its own, so that a real server holds nothing else of it."""
    own = {"name": "<run>Kind", "superTypes": ["DataSet"], "attributeDefs": []}
    below = {"name": "<run>Below", "superTypes": ["<run>Kind"], "attributeDefs": []}
    assert atlas.send("POST", "/types/typedefs", {"entityDefs": [own, below]}).status_code == 200
    atlas.save(*({**table(f"-k{n}", f"k{n}"), "typeName": "<run>Kind"} for n in range(5)))
    atlas.save({**table("-b", "b"), "typeName": "<run>Below"})
    atlas.ok("DELETE", "/entity/bulk?guid=<k4>")


def search(atlas, **asked):
    return atlas.ok("POST", "/search/basic", {"typeName": "<run>Kind", **asked})


def found(atlas, **asked):
    return {atlas.name(one["guid"]) for one in search(atlas, **asked).get("entities", [])}


def test_all_of_a_type_are_found_with_those_below_it(atlas):
    everything = {"k0", "k1", "k2", "k3", "b"}
    assert found(atlas) == everything | {"k4"}
    assert found(atlas, excludeDeletedEntities=True) == everything
    alone = {"includeSubTypes": False, "excludeDeletedEntities": True}
    assert found(atlas, **alone) == everything - {"b"}


def test_pages_are_complete_and_distinct(atlas):
    pages = [
        found(atlas, limit=2, offset=offset, excludeDeletedEntities=True) for offset in (0, 2, 4)
    ]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert set.union(*pages) == {"k0", "k1", "k2", "k3", "b"}
    beyond = search(atlas, limit=2, offset=10)
    assert "entities" not in beyond
    assert beyond["queryType"] == "BASIC"


def test_a_header_shows_what_is_asked_for(atlas):
    atlas.save(
        glossary(),
        category("-c", "c", "-g"),
        term("-t", "t", "-g", {"categories": [ref(CATEGORY, "-c")]}, attributes={"usage": "u"}),
    )
    asked = {"attributes": ["anchor", "categories", "seeAlso", "usage", "examples", "none"]}
    hits = []
    for offset in range(0, 100_000, 1000):
        body = {"typeName": TERM, "limit": 1000, "offset": offset, **asked}
        page = atlas.ok("POST", "/search/basic", body).get("entities", [])
        hits += [one for one in page if one["guid"] == atlas.names["t"]]
        if not page:
            break
    [hit] = hits
    shown = hit["attributes"]
    end = {"typeName": GLOSSARY, "guid": atlas.names["g"]}
    assert shown["anchor"] == {**end, "uniqueAttributes": {"qualifiedName": atlas.named("<run>g")}}
    assert [one["guid"] for one in shown["categories"]] == [atlas.names["c"]]
    assert (shown["seeAlso"], shown["usage"]) == ([], "u")
    assert not {"examples", "none"} & shown.keys()
    assert "classifications" not in hit


def test_a_search_may_stand_in_the_query(atlas):
    query = "typeName=<run>Kind&limit=1&offset=1&excludeDeletedEntities=true"
    answer = atlas.ok("GET", f"/search/basic?{query}")
    assert len(answer["entities"]) == 1
    assert (answer["searchParameters"]["limit"], answer["searchParameters"]["offset"]) == (1, 1)


REFUSED = [
    ({"typeName": "none"}, (400, "ATLAS-400-00-00A")),
    ({"typeName": "hive_table,hive_db"}, (400, "ATLAS-400-00-00A")),
    ({"typeName": "hive_table", "limit": -1}, (400, "ATLAS-400-00-029")),
    ({"typeName": "hive_table", "offset": -1}, (400, "ATLAS-400-00-029")),
    ({}, (400, "ATLAS-400-00-047")),
    ([], (500, "crash")),
]


@pytest.mark.parametrize(("asked", "expected"), REFUSED)
def test_a_search_that_is_refused(atlas, asked, expected):
    assert atlas.refusal("POST", "/search/basic", asked) == expected


UNKNOWN = [
    {"query": "k0"},
    {"classification": "PII"},
    {"sortBy": "name"},
    {"entityFilters": {"attributeName": "name", "operator": "eq", "attributeValue": "k0"}},
]


@pytest.mark.parametrize("more", UNKNOWN)
def test_the_sandbox_refuses_what_it_cannot_search_by(box_atlas, more):
    asked = {"typeName": "hive_table", **more}
    assert box_atlas.refusal("POST", "/search/basic", asked) == (400, "ATLAS-400-00-029")
