"""A relation stated at either end, or at both, becomes the same relation and is sent once."""

import pytest

from tests.pipeline.bench import glossary, term
from tests.pipeline.raw_api import TERM, related

STATED = {
    "at the first": [term("A", Synonyms="B"), term("B", Synonyms="")],
    "at the second": [term("A", Synonyms=""), term("B", Synonyms="A")],
    "at both": [term("A", Synonyms="B"), term("B", Synonyms="A")],
}


def ends(body):
    """How many ends of relations among terms a bulk request appends."""
    added = [one.get("appendRelationshipAttributes", {}) for one in body["entities"]]
    return sum(len(ends) for relations in added for ends in relations.values())


def synonyms(bench):
    return {name: related(one, "synonyms") for name, one in bench.atlan.terms().items()}


@pytest.mark.parametrize("rows", STATED.values(), ids=STATED)
def test_a_relation_counts_for_both_and_is_sent_once(bench, rows):
    bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    assert sum(map(ends, bench.bodies())) == 1
    assert synonyms(bench) == {"A": ["B"], "B": ["A"]}
    assert bench.silent(lambda: bench.glossary({"Terms": rows})).counts == {"unchanged": 2}


def test_a_relation_is_removed_when_neither_end_states_it(bench):
    """Both rows name others: A and B part. As long as one end names the other they stay."""
    rows = [term("A", Synonyms="B"), term("B", Synonyms=""), term("C", Synonyms="")]
    bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    kept = [term("A", Synonyms="C"), term("B", Synonyms="A")]
    bench.glossary({"Terms": kept})
    assert synonyms(bench) == {"A": ["B", "C"], "B": ["A"], "C": ["A"]}
    parted = [term("A", Synonyms="C"), term("B", Synonyms="C")]
    bench.glossary({"Terms": parted})
    assert synonyms(bench) == {"A": ["C"], "B": ["C"], "C": ["A", "B"]}


def test_the_two_ends_of_a_relation_have_names_of_their_own(bench):
    """`Is a` on one row is `Classifies` on the other; stated twice it is one relation."""
    rows = [term("Cat", Is_a="Animal"), term("Animal", Classifies="Cat; Dog"), term("Dog")]
    bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    live = bench.atlan.terms()
    assert related(live["Animal"], "classifies") == ["Cat", "Dog"]
    assert (related(live["Cat"], "isA"), related(live["Dog"], "isA")) == (["Animal"], ["Animal"])
    assert sum(map(ends, bench.bodies())) == 2


def test_a_relation_may_lead_into_another_glossary(bench):
    rows = [term("A", See_also="A@Sales"), term("A", "Sales")]
    bench.glossary({"Glossaries": [glossary(), glossary("Sales")], "Terms": rows})
    found = {
        one["relationshipAttributes"]["anchor"]["displayText"]: related(one, "seeAlso")
        for one in bench.atlan.all(TERM)
    }
    assert found == {"Finance": ["A"], "Sales": ["A"]}


def test_a_relation_to_a_row_that_failed_is_blocked(bench):
    """The term itself is created; its row names the row that blocks the relation."""
    rows = [term("A", Synonyms="B"), term("B", Owners="http://bad")]
    result = bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    outcomes = bench.rows(result)
    assert outcomes["Terms", 3].status == "rejected"
    assert outcomes["Terms", 2].status == "blocked"
    assert "`B` (row 3)" in outcomes["Terms", 2].message
    assert outcomes["Terms", 2].id == bench.atlan.terms()["A"]["guid"]
