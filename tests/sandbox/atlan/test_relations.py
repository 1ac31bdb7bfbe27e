"""Relations added and removed by name: which requests do nothing, and say nothing of it."""

import pytest

from tests.sandbox.build import category, glossary, ref, table, term

TERM, CATEGORY = "AtlasGlossaryTerm", "AtlasGlossaryCategory"


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    atlan.names["finance"] = atlan.guid(glossary("-1", "Finance"))


@pytest.fixture
def pair(atlan, request):
    """Two terms that know nothing of each other, and a third."""
    return [atlan.guid(term("-1", f"{request.node.name} {n}")) for n in range(3)]


def change(atlan, guid, related=None, **maps):
    return atlan.save({**sent(atlan, guid, related=related or {}), **maps})


def sent(atlan, guid, **rest):
    """The term as an update must name it: with the name and qualifiedName that it has."""
    held = atlan.get(guid)["attributes"]
    return term(guid, held["name"], qualified_name=held["qualifiedName"], **rest)


def append(attribute, guid):
    return {"appendRelationshipAttributes": {attribute: [ref(TERM, guid)]}}


def remove(attribute, guid):
    return {"removeRelationshipAttributes": {attribute: [ref(TERM, guid)]}}


@pytest.mark.parametrize("attribute", ["seeAlso", "isA"])
def test_append_and_remove_in_one_entity_are_both_ignored(atlan, pair, attribute):
    one, two, three = pair
    change(atlan, one, **append("seeAlso", two))
    answer = change(atlan, one, **append(attribute, three), **remove("seeAlso", two))
    assert answer == {"guidAssignments": {}}
    assert atlan.ends(one, "seeAlso") == [two]
    assert atlan.ends(one, "isA") == []


def test_what_else_an_entity_says_beside_append_and_remove_is_done(atlan, pair):
    one, two, three = pair
    change(atlan, one, **append("seeAlso", two))
    both = {**append("seeAlso", three), **remove("seeAlso", two)}
    atlan.save({**sent(atlan, one, attributes={"abbreviation": "R"}), **both})
    assert atlan.get(one)["attributes"]["abbreviation"] == "R"
    assert atlan.ends(one, "seeAlso") == [two]


def test_append_and_remove_in_two_requests_are_done(atlan, pair):
    one, two, three = pair
    change(atlan, one, **append("seeAlso", two))
    change(atlan, one, **append("seeAlso", three))
    change(atlan, one, **remove("seeAlso", two))
    assert atlan.ends(one, "seeAlso") == [three]


@pytest.mark.parametrize("attribute", ["seeAlso", "synonyms", "antonyms"])
def test_a_symmetric_relation_is_removed_from_the_end_that_made_it(atlan, pair, attribute):
    maker, other, _ = pair
    change(atlan, maker, **append(attribute, other))
    assert change(atlan, other, **remove(attribute, maker)) == {"guidAssignments": {}}
    assert atlan.ends(maker, attribute) == [other]
    assert "mutatedEntities" in change(atlan, maker, **remove(attribute, other))
    assert atlan.ends(maker, attribute) == atlan.ends(other, attribute) == []


@pytest.mark.parametrize("made_by", ["append", "list"])
def test_a_whole_list_removes_a_symmetric_relation_from_either_end(atlan, pair, made_by):
    maker, other, _ = pair
    lists = {"related": {"synonyms": [ref(TERM, other)]}}
    change(atlan, maker, **(append("synonyms", other) if made_by == "append" else lists))
    assert "mutatedEntities" in change(atlan, other, {"synonyms": []})
    assert atlan.ends(maker, "synonyms") == atlan.ends(other, "synonyms") == []


def test_a_symmetric_relation_made_again_from_the_other_end_is_removed_from_there(atlan, pair):
    first, second, _ = pair
    change(atlan, first, **append("synonyms", second))
    change(atlan, first, **remove("synonyms", second))
    change(atlan, second, **append("synonyms", first))
    assert change(atlan, first, **remove("synonyms", second)) == {"guidAssignments": {}}
    change(atlan, second, **remove("synonyms", first))
    assert atlan.ends(first, "synonyms") == []


def test_a_relation_with_two_names_is_removed_from_either_end(atlan, pair):
    one, two, _ = pair
    change(atlan, one, **append("isA", two))
    change(atlan, two, **remove("classifies", one))
    assert atlan.ends(one, "isA") == []


def test_terms_of_an_asset_follow_the_same_rule(atlan, pair):
    one, two, _ = pair
    guid = atlan.guid(table("-1", "meant"))
    known = {"typeName": "Table", "guid": guid}
    whole = {**table(guid, "meant"), **append("meanings", one)}
    atlan.save(whole)
    assert atlan.save({**whole, **append("meanings", two), **remove("meanings", one)}) == {
        "guidAssignments": {}
    }
    change(atlan, one, removeRelationshipAttributes={"assignedEntities": [known]})
    assert atlan.ends(guid, "meanings") == []


def held(atlan, guid, attribute):
    """The guid and the status of each relation shown, those that were removed too."""
    ends = atlan.get(guid)["relationshipAttributes"][attribute]
    return [(end["guid"], end["relationshipStatus"]) for end in ends]


def test_a_removed_relation_stays_as_deleted_and_one_made_again_is_there_twice(atlan, pair):
    one, two, _ = pair
    change(atlan, one, **append("seeAlso", two))
    change(atlan, one, {"seeAlso": []})
    assert held(atlan, one, "seeAlso") == [(two, "DELETED")]
    assert held(atlan, two, "seeAlso") == [(one, "DELETED")]
    change(atlan, one, **append("seeAlso", two))
    assert held(atlan, one, "seeAlso") == [(two, "ACTIVE"), (two, "DELETED")]
    assert change(atlan, one, {"seeAlso": [ref(TERM, two)]}) == {"guidAssignments": {}}


def test_a_single_end_that_was_removed_is_shown_as_deleted_until_there_is_another(atlan):
    first, second = (atlan.guid(category("-1", f"Above {n}")) for n in range(2))
    below = atlan.guid(category("-1", "Below", related={"parentCategory": ref(CATEGORY, first)}))
    atlan.save(category(below, "Below", related={"parentCategory": None}))
    end = atlan.get(below)["relationshipAttributes"]["parentCategory"]
    assert (end["guid"], end["relationshipStatus"]) == (first, "DELETED")
    atlan.save(category(below, "Below", related={"parentCategory": ref(CATEGORY, second)}))
    end = atlan.get(below)["relationshipAttributes"]["parentCategory"]
    assert (end["guid"], end["relationshipStatus"]) == (second, "ACTIVE")
