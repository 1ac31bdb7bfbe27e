"""What a search does not show is read by guid: before-images of new entities, customAttributes."""

import pytest
from msgspec import structs

from importer.model import Status
from importer.targets.atlan import by_guid
from importer.targets.protocol import Query
from tests.targets.atlan.build import at, found, land, made
from tests.targets.build import ANCHOR, TERM, readme, term, update

FREE = "customAttributes"


def test_an_update_without_a_before_image_repeats_what_atlan_demands(atlan, box, anchor, name):
    """It was created in the same run, and the plan knows nothing but its guid."""
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    change = structs.replace(update(live, attributes={"usage": "u"}), before=None)
    assert land(atlan, change) == ([Status.UPDATED], [live.id])
    [entity] = box.requests[-1].body["entities"]
    assert entity["attributes"] == {
        "name": "T",
        "qualifiedName": live.identities[0],
        "usage": "u",
    }
    assert entity["relationshipAttributes"]["anchor"]["guid"] == anchor.id


def test_a_before_image_that_is_known_is_not_read_again(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    sent = len(box.requests)
    land(atlan, update(live, attributes={"usage": "u"}))
    assert [one.method for one in box.requests[sent:]] == ["POST"]


@pytest.fixture
def two_terms(atlan, anchor, name):
    for label in "TU":
        made(atlan, term(anchor, name, label, customAttributes={"cost": label}))
    return {(name, label) for label in "TU"}


def test_free_attributes_are_read_only_if_the_file_states_one(atlan, box, name, two_terms):
    sent = len(box.requests)
    assert all(FREE not in live.payload for live in found(atlan, **{TERM: two_terms}))
    assert all(one.method == "POST" for one in box.requests[sent:])
    query = Query(keys={TERM: {(name, "T")}}, paths={f"{FREE}.cost"})
    free = {live.key: live.payload.get(FREE) for live in atlan.fetch(query)}
    assert free == {(name,): None, (name, "T"): {"cost": "T"}, (name, "U"): None}


def test_free_attributes_are_read_in_chunks(atlan, box, two_terms, monkeypatch):
    monkeypatch.setattr(by_guid, "AT_ONCE", 1)
    sent = len(box.requests)
    lives = list(atlan.fetch(Query(keys={TERM: two_terms}, paths={f"{FREE}.cost"})))
    assert {live.key: live.payload[FREE]["cost"] for live in lives if FREE in live.payload} == {
        key: key[-1] for key in two_terms
    }
    assert [one.method for one in box.requests[sent:]].count("GET") == 2


def test_an_update_of_free_attributes_repeats_those_it_does_not_state(atlan, anchor, name):
    """Atlan replaces them as a whole."""
    made(atlan, term(anchor, name, "T", customAttributes={"a": "1", "b": "2", "c": "3"}))
    query = Query(keys={TERM: {(name, "T")}}, paths={f"{FREE}.a"})
    [live] = [live for live in atlan.fetch(query) if live.key == (name, "T")]
    land(atlan, update(live, customAttributes={"a": "4"}, clears=[f"{FREE}.b"]))
    [live] = [live for live in atlan.fetch(query) if live.key == (name, "T")]
    assert live.payload[FREE] == {"a": "4", "c": "3"}
    assert live.relations[ANCHOR] == (anchor,)


def test_what_is_read_back_is_the_stored_entity(atlan, box, anchor, name):
    """One request for all; `minExtInfo` would leave out most of what stands in a glossary."""
    parts = {
        "labels": ["l"],
        "customAttributes": {"cost": "1"},
        "businessAttributes": {"Data Quality": {"Score": 1.5}},
        "classifications": [{"typeName": "PII"}],
    }
    for label in "TU":
        made(atlan, term(anchor, name, label, **parts))
    lives = [at(atlan, TERM, name, label) for label in "TU"]
    sent = len(box.requests)
    found = atlan.read_back([update(live, labels=["l"]) for live in lives])
    assert [live.payload["attributes"]["name"] for live in found.values()] == ["T", "U"]
    assert all(live.payload[part] == parts[part] for live in found.values() for part in parts)
    assert [live.relations[ANCHOR] for live in found.values()] == [(anchor,)] * 2
    [request] = box.requests[sent:]
    assert ("minExtInfo", "false") in request.query


def test_an_unknown_guid_hides_no_other_one(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    gone = structs.replace(update(live, labels=["l"]), id="no-such-guid")
    there = update(live, labels=["l"])
    assert list(atlan.read_back([gone, there])) == [there.seq]


def test_a_readme_of_an_asset_is_titled_by_the_name_of_the_asset(atlan, box, orders):
    qualified_name, ref = orders
    sent = len(box.requests)
    made(atlan, readme(ref, "Table", qualified_name, html="<p>x</p>"))
    [body] = [one.body for one in box.requests[sent:] if one.method == "POST" and one.body]
    assert body["entities"][0]["attributes"]["name"] == "orders Readme"


def test_a_readme_of_a_term_is_titled_without_a_request(atlan, box, anchor, name):
    one = made(atlan, term(anchor, name, "T"))
    sent = len(box.requests)
    made(atlan, readme(one, name, "T", html="<p>x</p>"))
    [request] = box.requests[sent:]
    assert request.body["entities"][0]["attributes"]["name"] == "T Readme"
