"""Deletes of Apache Atlas: glossary objects for good, assets softly, whatever deleteType says."""

import pytest

from tests.sandbox.atlas.build import (
    CATEGORY,
    GLOSSARY,
    TERM,
    UNKNOWN,
    category,
    entity,
    glossary,
    key,
    ref,
    table,
    term,
)


@pytest.fixture(autouse=True)
def world(atlas, request):
    """New objects for each test, of one name each: what was deleted can be made again."""
    atlas.save(
        glossary("-g", "g"),
        category("-c", "c", "-g"),
        category("-child", "child", "-g", {"parentCategory": ref(CATEGORY, "-c")}),
        term("-t", "t", "-g", {"categories": [ref(CATEGORY, "-c")]}),
        term("-other", "other", "-g", {"synonyms": [ref(TERM, "-t")]}),
        entity("hive_db", "-db", "db"),
        table("-tb", "tb", {"meanings": [ref(TERM, "-t")], "db": ref("hive_db", "-db")}),
        entity("hive_column", "-col", "col", {"table": ref("hive_table", "-tb")}),
    )
    yield
    for name in ("g", "tb", "db"):
        atlas.ok("DELETE", f"/entity/bulk?guid=<{name}>")


def delete(atlas, *names, query=""):
    guids = "&".join(f"guid=<{name}>" for name in names)
    return atlas.mutated(atlas.ok("DELETE", f"/entity/bulk?{guids}{query}"))


def gone(atlas, name):
    return atlas.refusal("GET", f"/entity/guid/<{name}>") == (404, "ATLAS-404-00-005")


@pytest.mark.parametrize("query", ["", "&deleteType=SOFT", "&deleteType=HARD"])
def test_a_term_is_deleted_for_good_and_only_it_is_named(atlas, query):
    assert delete(atlas, "t", query=query) == {"DELETE": {"t"}}
    assert gone(atlas, "t")
    ends = [("other", "synonyms"), ("c", "terms"), ("tb", "meanings")]
    assert [atlas.ends(*end) for end in ends] == [[], [], []]


def test_an_answer_shows_what_was_deleted_as_it_was(atlas):
    [header] = atlas.ok("DELETE", "/entity/bulk?guid=<t>")["mutatedEntities"]["DELETE"]
    assert (header["status"], header["displayText"]) == ("ACTIVE", "t")
    assert "classifications" not in header


def test_a_category_leaves_its_terms_and_the_categories_below_it(atlas):
    assert delete(atlas, "c") == {"DELETE": {"c"}}
    assert gone(atlas, "c")
    assert (atlas.ends("child", "parentCategory"), atlas.ends("t", "categories")) == ([], [])


def test_a_glossary_takes_its_terms_and_categories_along(atlas):
    assert delete(atlas, "g") == {"DELETE": {"g", "c", "child", "t", "other"}}
    assert gone(atlas, "other")


def test_an_asset_and_what_it_owns_are_deleted_softly(atlas):
    assert delete(atlas, "tb", query="&deleteType=HARD") == {"DELETE": {"tb", "col"}}
    assert (atlas.get("tb")["status"], atlas.get("col")["status"]) == ("DELETED", "DELETED")
    assert atlas.ends("tb", "meanings") == ["t gone"]
    assert atlas.ends("db", "tables") == ["tb"]  # a relation that leads from it stays


def test_what_is_not_there_or_deleted_already_is_passed_over(atlas):
    assert delete(atlas, "tb", "tb") == {"DELETE": {"tb", "col"}}
    assert delete(atlas, "tb") == {}
    assert atlas.ok("DELETE", f"/entity/bulk?guid={UNKNOWN}") == {}
    assert atlas.ok("DELETE", f"/entity/guid/{UNKNOWN}") == {}


def test_without_a_guid_a_delete_is_refused(atlas):
    assert atlas.refusal("DELETE", "/entity/bulk") == (400, "ATLAS-400-00-01A")


def test_a_deleted_asset_is_changed_by_its_guid_and_not_restored(atlas):
    delete(atlas, "tb")
    sent = table("<tb>", "tb", attributes={"comment": "late"}, status="ACTIVE")
    assert atlas.save(sent)["mutatedEntities"] == {"UPDATE": []}
    held = atlas.get("tb")
    assert (held["status"], held["attributes"]["comment"]) == ("DELETED", "late")


def test_the_key_of_a_deleted_asset_is_free(atlas):
    delete(atlas, "tb")
    path = "uniqueAttribute/type/hive_table?attr:qualifiedName=<run>tb"
    assert atlas.refusal("GET", f"/entity/{path}") == (404, "ATLAS-404-00-009")
    many = "/entity/bulk/uniqueAttribute/type/hive_table?attr_0:qualifiedName=<run>tb"
    assert atlas.ok("GET", many) == {}
    old = atlas.names["tb"]
    assert atlas.mutated(atlas.save(table("-tb", "tb"))) == {"CREATE": {"tb"}}
    assert atlas.names["tb"] != old


def test_a_deleted_asset_is_an_end_by_guid_and_not_by_key(atlas):
    delete(atlas, "db")
    by_key = table("-k", "k", {"db": key("hive_db", "db")})
    expected = (404, "ATLAS-404-00-00A")
    assert atlas.refusal("POST", "/entity/bulk", {"entities": [by_key]}) == expected
    answer = atlas.save(table("-k", "k", {"db": ref("hive_db", "<db>")}))
    assert answer["mutatedEntities"]["UPDATE"] == []
    delete(atlas, "k")


def test_one_entity_is_deleted_by_guid_or_by_key(atlas):
    assert atlas.mutated(atlas.ok("DELETE", "/entity/guid/<t>")) == {"DELETE": {"t"}}
    path = f"/entity/uniqueAttribute/type/{TERM}?attr:qualifiedName=<run>other"
    assert atlas.mutated(atlas.ok("DELETE", path)) == {"DELETE": {"other"}}
    assert atlas.ok("DELETE", path) == {}


def test_the_names_of_a_deleted_glossary_can_be_used_again(atlas):
    delete(atlas, "g")
    answer = atlas.save(glossary("-g", "g"), term("-t", "t", "-g"))
    assert atlas.mutated(answer) == {"CREATE": {"g", "t"}}
    assert atlas.get("t")["relationshipAttributes"]["anchor"]["typeName"] == GLOSSARY
