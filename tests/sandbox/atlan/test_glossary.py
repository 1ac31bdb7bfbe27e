"""Glossaries, categories, terms: qualifiedNames made by the server, moves, relations, names."""

import re

import pytest

from tests.sandbox.build import category, glossary, ref, table, term, term_query

GLOSSARY, CATEGORY, TERM = "AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm"


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    atlan.names["finance"] = atlan.guid(glossary("-1", "Finance"))
    atlan.names["hr"] = atlan.guid(glossary("-1", "HR"))


def key_of(atlan, guid):
    return atlan.get(guid)["attributes"]["qualifiedName"]


def mutated(answer, operation):
    return [header["guid"] for header in answer.get("mutatedEntities", {}).get(operation, [])]


def test_the_server_makes_the_key_of_a_glossary(atlan):
    assert re.fullmatch("[A-Za-z0-9]{21}", key_of(atlan, "<finance>"))


@pytest.mark.parametrize("make", [term, category])
def test_the_key_of_what_is_in_a_glossary_ends_with_the_glossary(atlan, make):
    guid = atlan.guid(make("-1", f"Keyed {make.__name__}", qualified_name="whatever"))
    own, _, above = key_of(atlan, guid).partition("@")
    assert re.fullmatch("[A-Za-z0-9]{21}", own)
    assert above == key_of(atlan, "<finance>")


def test_a_new_term_is_created_and_its_glossary_touched(atlan):
    answer = atlan.save(term("-1", "Touching"))
    assert mutated(answer, "CREATE") == [answer["guidAssignments"]["-1"]]
    assert mutated(answer, "UPDATE") == [atlan.names["finance"]]


def test_names_are_trimmed_and_letter_case_counts(atlan):
    first = atlan.guid(term("-1", "  Cased "))
    second = atlan.guid(term("-1", "cased"))
    assert atlan.get(first)["attributes"]["name"] == "Cased"
    assert first != second


def test_two_equal_names_in_one_request_are_not_noticed(atlan):
    answer = atlan.save(term("-1", "Twin"), term("-2", "Twin"))
    assert len(mutated(answer, "CREATE")) == 2


def test_the_same_name_may_stand_in_two_glossaries_and_on_two_levels(atlan):
    here = atlan.guid(category("-1", "Level"))
    there = atlan.guid(category("-1", "Level", anchor="<hr>"))
    below = atlan.guid(category("-1", "Level", related={"parentCategory": ref(CATEGORY, here)}))
    assert len({here, there, below}) == 3


def test_the_name_of_an_archived_term_is_free(atlan):
    guid = atlan.guid(term("-1", "Phoenix"))
    atlan.ok("DELETE", f"/entity/bulk?guid={guid}&deleteType=SOFT")
    assert atlan.guid(term("-1", "Phoenix")) != guid


def test_an_update_by_key_and_anchor_keeps_the_key(atlan):
    guid = atlan.guid(term("-1", "Plain"))
    known = key_of(atlan, guid)
    answer = atlan.save(
        term("-9", "Renamed", qualified_name=known, attributes={"userDescription": "d"})
    )
    assert answer["guidAssignments"] == {"-9": guid}
    assert mutated(answer, "UPDATE") == [guid]
    attributes = atlan.get(guid)["attributes"]
    assert (attributes["name"], attributes["userDescription"]) == ("Renamed", "d")
    assert attributes["qualifiedName"] == known


def test_another_anchor_moves_a_term(atlan):
    guid = atlan.guid(term("-1", "Wanderer"))
    own = key_of(atlan, guid).partition("@")[0]
    answer = atlan.save(term(guid, "Wanderer", anchor="<hr>"))
    assert key_of(atlan, guid) == f"{own}@{key_of(atlan, '<hr>')}"
    assert atlan.get(guid)["relationshipAttributes"]["anchor"]["guid"] == atlan.names["hr"]
    assert set(mutated(answer, "UPDATE")) == {guid, atlan.names["finance"], atlan.names["hr"]}


def test_a_category_takes_along_what_is_in_it(atlan):
    top = atlan.guid(category("-1", "Top"))
    inner = atlan.guid(category("-1", "Inner", related={"parentCategory": ref(CATEGORY, top)}))
    leaf = atlan.guid(term("-1", "Leaf", related={"categories": [ref(CATEGORY, inner)]}))
    answer = atlan.save(category(top, "Top", anchor="<hr>"))
    above = key_of(atlan, "<hr>")
    assert {key_of(atlan, guid).partition("@")[2] for guid in (top, inner, leaf)} == {above}
    assert {top, inner, leaf} <= set(mutated(answer, "UPDATE"))
    found = atlan.find(term_query("__parentCategory", key_of(atlan, top)))
    assert [hit["guid"] for hit in found["entities"]] == [inner]
    found = atlan.find(term_query("__glossary", above))
    assert {top, inner, leaf} <= {hit["guid"] for hit in found["entities"]}


def test_a_category_goes_to_another_parent_and_back_to_the_top(atlan):
    parent = atlan.guid(category("-1", "Parent"))
    child = atlan.guid(category("-1", "Child"))
    below = term_query("__parentCategory", key_of(atlan, parent))
    atlan.save(category(child, "Child", related={"parentCategory": ref(CATEGORY, parent)}))
    assert atlan.find(below)["approximateCount"] == 1
    atlan.save(category(child, "Child", related={"parentCategory": None}))
    assert atlan.ends(child, "parentCategory") == []
    assert atlan.find(below)["approximateCount"] == 0


def test_a_parent_may_name_its_children(atlan):
    child = atlan.guid(category("-1", "Named child"))
    related = {"childrenCategories": [ref(CATEGORY, child)]}
    parent = atlan.guid(category("-1", "Naming parent", related=related))
    assert atlan.get(child)["relationshipAttributes"]["parentCategory"]["guid"] == parent
    found = atlan.find(term_query("__parentCategory", key_of(atlan, parent)))
    assert [hit["guid"] for hit in found["entities"]] == [child]


def test_the_categories_of_a_term_are_replaced_as_a_whole(atlan):
    first, second = (atlan.guid(category("-1", name)) for name in ("Whole 1", "Whole 2"))
    guid = atlan.guid(term("-1", "Whole", related={"categories": [ref(CATEGORY, first)]}))
    atlan.save(term(guid, "Whole", related={"categories": [ref(CATEGORY, second)]}))
    assert atlan.ends(guid, "categories") == [second]


INVERSES = {
    "seeAlso": "seeAlso",
    "synonyms": "synonyms",
    "antonyms": "antonyms",
    "preferredTerms": "preferredToTerms",
    "preferredToTerms": "preferredTerms",
    "replacedBy": "replacementTerms",
    "replacementTerms": "replacedBy",
    "translatedTerms": "translationTerms",
    "translationTerms": "translatedTerms",
    "classifies": "isA",
    "isA": "classifies",
    "validValuesFor": "validValues",
    "validValues": "validValuesFor",
}


@pytest.mark.parametrize(("attribute", "inverse"), INVERSES.items())
def test_a_relation_of_terms_is_seen_from_both_ends(atlan, attribute, inverse):
    other = atlan.guid(term("-1", f"Other {attribute}"))
    answer = atlan.save(term("-1", f"One {attribute}", related={attribute: [ref(TERM, other)]}))
    guid = answer["guidAssignments"]["-1"]
    assert other in mutated(answer, "UPDATE")
    back = atlan.get(other)["relationshipAttributes"][inverse]
    assert [end["guid"] for end in back] == [guid]


def test_attributes_of_a_relation_of_terms_are_stored(atlan):
    other = atlan.guid(term("-1", "Said"))
    said = {
        **ref(TERM, other),
        "relationshipType": "AtlasGlossarySynonym",
        "relationshipAttributes": {
            "typeName": "AtlasGlossarySynonym",
            "attributes": {"description": "why"},
        },
    }
    guid = atlan.guid(term("-1", "Saying", related={"synonyms": [said]}))
    [end] = atlan.get(guid)["relationshipAttributes"]["synonyms"]
    assert end["relationshipAttributes"]["attributes"] == {"description": "why"}


def test_terms_are_assigned_from_either_end(atlan):
    guid = atlan.guid(term("-1", "Assigned"))
    first = atlan.guid(table("-1", "m1", relationshipAttributes={"meanings": [ref(TERM, guid)]}))
    second = atlan.guid(table("-1", "m2"))
    answer = atlan.save(
        {
            **term(guid, "Assigned"),
            "appendRelationshipAttributes": {"assignedEntities": [ref("Table", second)]},
        }
    )
    assert second in mutated(answer, "UPDATE")
    for one in (first, second):
        assert [meaning["termGuid"] for meaning in atlan.get(one)["meanings"]] == [guid]
    found = atlan.find(term_query("__meanings", key_of(atlan, guid)))
    assert {hit["guid"] for hit in found["entities"]} == {first, second}


def test_what_a_glossary_owns_goes_with_it(atlan):
    owner = atlan.guid(glossary("-1", "Doomed"))
    inside = [atlan.guid(term("-1", "Doomed", anchor=owner))]
    inside.append(atlan.guid(category("-1", "Doomed", anchor=owner)))
    answer = atlan.ok("DELETE", f"/entity/bulk?guid={owner}&deleteType=SOFT")
    assert set(mutated(answer, "DELETE")) == {owner, *inside}
    assert {atlan.get(guid)["status"] for guid in (owner, *inside)} == {"DELETED"}
