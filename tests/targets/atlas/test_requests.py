"""Requests to a server that answers by a script: what is asked, and what becomes of answers."""

import json
from base64 import b64encode
from urllib.parse import parse_qsl, urlsplit

import pytest

from importer.errors import CredentialsRefused, TargetUnreachable
from importer.model import Status
from importer.targets.protocol import Accepted, InDoubt, Query, Ref
from tests.targets.atlas.definitions import DEFINITIONS, TERM
from tests.targets.build import (
    ANCHOR,
    GLOSSARY,
    TOKEN,
    create,
    delete,
    glossary,
    held,
    term,
    update,
)
from tests.targets.scripted import DROPPED, HTML, Says

TYPES = Says(200, DEFINITIONS)
NONE = Says(200, {})
LOST = Says(500, "There was an error processing your request. It has been logged (ID 1).")
LIVE = held(
    TERM,
    "t",
    "G",
    "T",
    relations={ANCHOR: Ref(GLOSSARY, "g")},
    attributes={"name": "T", "qualifiedName": "T@G"},
)
NOW = {"guid": "t", "typeName": TERM, "attributes": {"name": "T", "qualifiedName": "T@G"}}
UPDATED = Says(200, {"mutatedEntities": {"UPDATE": [{"guid": "t"}]}})
REFUSAL = Says(400, {"errorCode": "ATLAS-400-00-090", "errorMessage": "Invalid label"})


def entities(*some):
    return Says(200, {"entities": list(some), "referredEntities": {}})


@pytest.fixture
def atlas(against, scripted):
    """A target that has read the type definitions."""
    target = against("atlas")
    scripted.will_say(TYPES)
    target.names()
    scripted.requests.clear()
    return target


def test_the_path_can_be_another_and_a_token_is_a_bearer(against, scripted):
    scripted.will_say(Says(200, [{"name": "hive_table"}]))
    target = against("atlas", path="/catalog/api/atlas/v2/")
    target.ping()
    assert [path for _, path, _ in scripted.requests] == [
        "/catalog/api/atlas/v2/types/typedefs/headers"
    ]
    assert target._transport._headers()["Authorization"] == f"Bearer {TOKEN}"
    assert target.identity == f"atlas {scripted.url}"


def test_an_address_with_the_path_of_the_api_is_the_same_target(open_target):
    url = "https://atlas.example.com"
    one, two = open_target("atlas", url), open_target("atlas", f"{url}/api/atlas/v2/")
    assert one.identity == two.identity == f"atlas {url}"


def test_a_user_signs_in_with_a_password(against):
    pair = b64encode(f"admin:{TOKEN}".encode()).decode()
    headers = against("atlas", user="admin")._transport._headers()
    assert headers["Authorization"] == f"Basic {pair}"
    assert headers["Content-Type"] == "application/json"


def test_a_401_with_a_page_is_about_the_credentials(against, scripted):
    scripted.will_say(Says(401, HTML))
    with pytest.raises(CredentialsRefused, match="THE_KEY"):
        against("atlas").names()


def test_a_search_is_read_page_by_page_each_entity_once(atlas, scripted):
    hits = [{"guid": str(n), "typeName": "Table"} for n in range(3)]
    pages = [hits[:2], hits[1:], []]
    whole = entities(*({**hit, "attributes": {"qualifiedName": hit["guid"]}} for hit in hits))
    scripted.will_say(*(Says(200, {"queryType": "BASIC", "entities": one}) for one in pages), whole)
    lives = list(atlas.fetch(Query(keys={"Table": set()}, whole=True)))
    assert [live.id for live in lives] == ["0", "1", "2"]
    bodies = [json.loads(body) for method, _, body in scripted.requests if method == "POST"]
    assert [body["offset"] for body in bodies] == [0, 2, 4]
    assert all(body["typeName"] == "Table" and not body["includeSubTypes"] for body in bodies)


def test_a_search_that_begins_anew_is_an_error(atlas, scripted):
    scripted.will_say(Says(200, {"entities": [{"guid": "a", "typeName": "Table"}]}))
    with pytest.raises(TargetUnreachable, match="begins anew after 3 entities"):
        list(atlas.fetch(Query(keys={"Table": set()}, whole=True)))


def test_what_others_add_meanwhile_may_show_an_entity_again(atlas, scripted):
    hit = {"guid": "a", "typeName": "Table"}
    pages = (Says(200, {"queryType": "BASIC", "entities": one}) for one in ([hit], [hit], []))
    scripted.will_say(*pages, entities({**hit, "attributes": {}}))
    lives = atlas.fetch(Query(keys={"Table": set()}, whole=True))
    assert [live.id for live in lives] == ["a"]


def test_one_unknown_guid_is_found_in_halves(atlas, scripted):
    unknown = Says(404, {"errorCode": "ATLAS-404-00-005", "errorMessage": "invalid"})
    a, b, c = ({"guid": guid, "typeName": "Table", "attributes": {}} for guid in "abc")
    scripted.will_say(unknown, entities(a, b), unknown, entities(c), unknown)
    assert [live.id for live in atlas.fetch(Query(ids=set("abcx")))] == ["a", "b", "c"]
    assert len(scripted.requests) == 5


def test_a_500_in_plain_text_leaves_a_batch_in_doubt(atlas, scripted):
    scripted.will_say(LOST)
    reply = atlas.submit([update(LIVE, attributes={"usage": "u"})])
    assert isinstance(reply, InDoubt)
    assert len(scripted.requests) == 1


@pytest.mark.parametrize("answer", [LOST, DROPPED, Says(401, HTML)])
def test_a_part_without_an_answer_leaves_the_batch_in_doubt(answer, atlas, scripted):
    scripted.will_say(UPDATED, entities(NOW), answer)
    reply = atlas.submit([update(LIVE, attributes={"usage": "u"}, labels=["l"])])
    assert isinstance(reply, InDoubt)
    assert len(scripted.requests) == 3


def test_what_cannot_be_read_after_the_bulk_request_leaves_it_in_doubt(atlas, scripted):
    scripted.will_say(UPDATED, Says(403, HTML))
    change = update(LIVE, attributes={"usage": "u"}, labels=["l"])
    assert isinstance(atlas.submit([change]), InDoubt)


def test_a_refused_part_does_not_keep_the_others_back(atlas, scripted):
    first = update(LIVE, labels=["no good"], businessAttributes={"Quality": {"score": 1}})
    other = update(held(TERM, "u", "G", "U"), labels=["l"])
    scripted.will_say(entities(NOW, {**NOW, "guid": "u"}), REFUSAL, Says(204), Says(204))
    reply = atlas.submit([first, other])
    assert isinstance(reply, Accepted)
    assert (
        reply.landed[0].refused
        == "The target refused the labels: Invalid label (ATLAS-400-00-090)."
    )
    assert (reply.landed[1].status, reply.landed[1].refused) == (Status.UPDATED, "")
    paths = [
        path.removeprefix("/api/atlas/v2/entity/guid/") for _, path, _ in scripted.requests[1:]
    ]
    assert paths == ["t/labels", "t/businessmetadata", "u/labels"]


def test_an_entity_that_is_gone_before_its_parts_were_sent_is_read_back(atlas, scripted):
    scripted.will_say(Says(404, {"errorCode": "ATLAS-404-00-005", "errorMessage": "not found"}))
    [landed] = atlas.submit([update(LIVE, labels=["l"])]).landed
    assert not landed.named


def test_no_two_batches_are_sent_at_a_time(atlas, scripted):
    """Two that are about one glossary would deadlock, and one of them be in doubt."""
    alone = []
    atlas.guard(lambda: alone.append(atlas._saving.locked()))
    scripted.will_say(Says(200, {"mutatedEntities": {"DELETE": [{"guid": "t"}]}}), UPDATED)
    atlas.submit([delete(LIVE)])
    atlas.submit([update(LIVE, attributes={"usage": "u"})])
    assert alone == [True, True]
    assert not atlas._saving.locked()


def test_a_batch_of_deletes_is_one_request(atlas, scripted):
    scripted.will_say(Says(200, {"mutatedEntities": {"DELETE": [{"guid": "t"}]}}))
    [landed] = atlas.submit([delete(LIVE)]).landed
    assert landed.status is Status.DELETED
    [(method, path, _)] = scripted.requests
    assert (method, path) == ("DELETE", "/api/atlas/v2/entity/bulk?guid=t")


def test_names_are_looked_up_in_urls_that_are_short_enough(atlas, scripted):
    scripted.will_say(NONE)
    atlas.find(
        [glossary("x" * 1500) for _ in range(1)] + [glossary(f"{n}" * 900) for n in "abcdef"]
    )
    assert len(scripted.requests) == 2
    assert all(len(path) < 5000 for _, path, _ in scripted.requests)
    asked = [dict(parse_qsl(urlsplit(path).query)) for _, path, _ in scripted.requests]
    assert sum(len([name for name in one if name.startswith("attr_")]) for one in asked) == 7


def test_what_another_user_made_in_another_place_is_not_ours(atlas, scripted):
    change = term(Ref(GLOSSARY, "g"), "G", "T")
    place = {"guid": "g", "typeName": GLOSSARY, "attributes": {"qualifiedName": "G"}}
    elsewhere = {"anchor": {"guid": "h", "typeName": GLOSSARY}}
    scripted.will_say(entities(place), entities({**NOW, "relationshipAttributes": elsewhere}))
    assert atlas.find([change]) == {}
    here = {"anchor": {"guid": "g", "typeName": GLOSSARY}}
    scripted.will_say(entities(place), entities({**NOW, "relationshipAttributes": here}))
    assert atlas.find([change])[change.seq].id == "t"


def test_both_changes_of_an_entity_are_looked_up_in_one_request(atlas, scripted):
    """Its own, and that of its relations: the batches of a process that ended are one look-up."""
    scripted.will_say(entities(NOW))
    first, later = update(LIVE, attributes={"usage": "u"}), update(LIVE, labels=["l"])
    assert atlas.find([first, later]).keys() == {first.seq, later.seq}
    assert len(scripted.requests) == 1


def test_a_new_asset_without_a_name_cannot_be_looked_up(atlas, scripted):
    scripted.will_say(NONE)
    assert atlas.find([create("Table", "Table", "q", attributes={"name": "q"})]) == {}
    assert scripted.requests == []


def test_it_waits_as_long_as_the_search_index_lags(against, waits):
    target = against("atlas")
    target.catch_up(0.5)
    target.catch_up(60)
    assert waits == [1.5]
