"""Relations added and removed by name: which requests do nothing, and say nothing of it."""

import pytest

from tests.sandbox.build import glossary, ref, table, term

TERM = "AtlasGlossaryTerm"


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


def ends(atlan, guid, attribute):
    return [end["guid"] for end in atlan.get(guid)["relationshipAttributes"][attribute]]


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
    assert ends(atlan, one, "seeAlso") == [two]
    assert ends(atlan, one, "isA") == []


def test_what_else_an_entity_says_beside_append_and_remove_is_done(atlan, pair):
    one, two, three = pair
    change(atlan, one, **append("seeAlso", two))
    both = {**append("seeAlso", three), **remove("seeAlso", two)}
    atlan.save({**sent(atlan, one, attributes={"abbreviation": "R"}), **both})
    assert atlan.get(one)["attributes"]["abbreviation"] == "R"
    assert ends(atlan, one, "seeAlso") == [two]


def test_append_and_remove_in_two_requests_are_done(atlan, pair):
    one, two, three = pair
    change(atlan, one, **append("seeAlso", two))
    change(atlan, one, **append("seeAlso", three))
    change(atlan, one, **remove("seeAlso", two))
    assert ends(atlan, one, "seeAlso") == [three]


@pytest.mark.parametrize("attribute", ["seeAlso", "synonyms", "antonyms"])
def test_a_symmetric_relation_is_removed_from_the_end_that_made_it(atlan, pair, attribute):
    maker, other, _ = pair
    change(atlan, maker, **append(attribute, other))
    assert change(atlan, other, **remove(attribute, maker)) == {"guidAssignments": {}}
    assert ends(atlan, maker, attribute) == [other]
    assert "mutatedEntities" in change(atlan, maker, **remove(attribute, other))
    assert ends(atlan, maker, attribute) == ends(atlan, other, attribute) == []


@pytest.mark.parametrize("made_by", ["append", "list"])
def test_a_whole_list_removes_a_symmetric_relation_from_either_end(atlan, pair, made_by):
    maker, other, _ = pair
    lists = {"related": {"synonyms": [ref(TERM, other)]}}
    change(atlan, maker, **(append("synonyms", other) if made_by == "append" else lists))
    assert "mutatedEntities" in change(atlan, other, {"synonyms": []})
    assert ends(atlan, maker, "synonyms") == ends(atlan, other, "synonyms") == []


def test_a_symmetric_relation_made_again_from_the_other_end_is_removed_from_there(atlan, pair):
    first, second, _ = pair
    change(atlan, first, **append("synonyms", second))
    change(atlan, first, **remove("synonyms", second))
    change(atlan, second, **append("synonyms", first))
    assert change(atlan, first, **remove("synonyms", second)) == {"guidAssignments": {}}
    change(atlan, second, **remove("synonyms", first))
    assert ends(atlan, first, "synonyms") == []


def test_a_relation_with_two_names_is_removed_from_either_end(atlan, pair):
    one, two, _ = pair
    change(atlan, one, **append("isA", two))
    change(atlan, two, **remove("classifies", one))
    assert ends(atlan, one, "isA") == []


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
    assert ends(atlan, guid, "meanings") == []
