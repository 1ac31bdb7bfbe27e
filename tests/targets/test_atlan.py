"""The Atlan target against the sandbox: what is sent lands, what is there is found again."""

import dataclasses
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from importer.model import Status
from importer.targets import SYSTEMS
from importer.targets.protocol import Accepted, InDoubt, Query, Ref, Refused
from tests.targets.changes import (
    ANCHOR,
    ASSET,
    CATEGORY,
    GLOSSARY,
    PARENT,
    TERM,
    TOKEN,
    category,
    create,
    delete,
    glossary,
    link,
    move,
    readme,
    term,
    update,
)
from tests.targets.scripted import Says

URL = "https://wiki.example.com/a?b=c"
TABLE = "db/schema/orders"


def land(atlan, *changes):
    """Submit; return (statuses, ids)."""
    reply = atlan.submit(changes)
    assert isinstance(reply, Accepted), reply
    assert [one.seq for one in reply.landed] == [change.seq for change in changes]
    return [one.status for one in reply.landed], [one.id for one in reply.landed]


def made(atlan, change):
    """Submit one new entity; return a reference to it."""
    [status], [guid] = land(atlan, change)
    assert status is Status.CREATED
    return Ref(change.type, guid)


@pytest.fixture
def name():
    """A glossary of each test's own."""
    return f"Glossary {uuid.uuid4()}"


@pytest.fixture
def anchor(atlan, name):
    return made(atlan, glossary(name))


def found(atlan, **keys):
    return list(atlan.fetch(Query(keys=keys)))


def at(atlan, type_name, *key, **also):
    """The one live entity with a key."""
    lives = found(atlan, **{type_name: {key}}, **also)
    [one] = [live for live in lives if live.key == key and live.type == type_name]
    return one


def test_a_glossary_with_all_that_is_in_it_is_found_again_parents_first(atlan, anchor, name):
    outer = made(atlan, category(anchor, name, "A"))
    inner = made(atlan, category(anchor, name, "A", "B", parent=outer))
    attributes = {"userDescription": "d", "certificateStatus": "DRAFT", "examples": ["x", "y"]}
    one = made(
        atlan,
        term(
            anchor,
            name,
            "T",
            attributes=attributes,
            classifications=[{"typeName": "PII"}],
            businessAttributes={"Data Quality": {"Score": 1.5, "Checks": ["a", "b"]}},
            relations={"relationshipAttributes.categories": (outer, inner)},
        ),
    )
    other = made(atlan, term(anchor, name, "U", relations={"relationshipAttributes.synonyms": one}))
    lives = found(atlan, **{CATEGORY: {(name, "A", "B")}, TERM: {(name, "T")}})
    assert [live.key for live in lives[:3]] == [(name,), (name, "A"), (name, "A", "B")]
    assert {live.key for live in lives[3:]} == {(name, "T"), (name, "U")}
    assert lives[2].relations == {ANCHOR: (anchor,), PARENT: (outer,)}
    by_key = {live.key: live for live in lives}
    live = by_key[name, "T"]
    assert live.id == one.id
    assert live.payload == {
        "typeName": TERM,
        "attributes": {"name": "T", "qualifiedName": live.identities[0], **attributes},
        "classifications": [{"typeName": "PII"}],
        "businessAttributes": {"Data Quality": {"Score": 1.5, "Checks": ["a", "b"]}},
    }
    assert live.relations[ANCHOR] == (anchor,)
    assert set(live.relations["relationshipAttributes.categories"]) == {outer, inner}
    assert live.relations["relationshipAttributes.synonyms"] == (other,)
    assert by_key[name, "U"].relations["relationshipAttributes.synonyms"] == (one,)


def test_only_the_glossaries_and_kinds_that_are_wanted_are_looked_at(atlan, anchor, name):
    made(atlan, glossary(f"{name} too"))
    made(atlan, term(anchor, name, "T"))
    made(atlan, category(anchor, name, "C"))
    assert [live.key for live in found(atlan, **{GLOSSARY: {(name,)}})] == [(name,)]
    assert [live.key for live in found(atlan, **{TERM: {(name, "X")}})] == [(name,), (name, "T")]


def test_a_whole_fetch_finds_every_entity_of_the_types(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    wanted = Query(keys={GLOSSARY: set(), TERM: set()}, whole=True)
    assert {(name,), (name, "T")} <= {live.key for live in atlan.fetch(wanted)}


def test_an_update_touches_what_it_names_and_nothing_else(atlan, anchor, name):
    made(
        atlan,
        term(
            anchor,
            name,
            "T",
            attributes={"userDescription": "old", "usage": "kept", "ownerUsers": ["joe"]},
            classifications=[{"typeName": "PII"}, {"typeName": "GDPR"}],
            businessAttributes={"Data Quality": {"Score": 1.5, "Level": "Gold"}},
        ),
    )
    before = at(atlan, TERM, name, "T")
    change = update(
        before,
        attributes={"userDescription": "new"},
        classifications=[{"typeName": "GDPR"}, {"typeName": "Public"}],
        businessAttributes={"Data Quality": {"Score": 2.5}},
    )
    assert land(atlan, change) == ([Status.UPDATED], [before.id])
    after = at(atlan, TERM, name, "T")
    tags = {tag["typeName"] for tag in after.payload.pop("classifications")}
    assert tags == {"GDPR", "Public"}
    before.payload.pop("classifications")
    before.payload["attributes"]["userDescription"] = "new"
    before.payload["businessAttributes"]["Data Quality"]["Score"] = 2.5
    assert after == before


def test_clearing_empties_fields_groups_tags_metadata_and_relations(atlan, anchor, name):
    other = made(atlan, term(anchor, name, "O"))
    outer = made(atlan, category(anchor, name, "A"))
    made(
        atlan,
        term(
            anchor,
            name,
            "T",
            attributes={
                "usage": "u",
                "ownerUsers": ["joe"],
                "certificateStatus": "DRAFT",
                "certificateStatusMessage": "m",
                "announcementType": "issue",
                "announcementTitle": "t",
                "announcementMessage": "m",
            },
            classifications=[{"typeName": "PII"}],
            businessAttributes={"Data Quality": {"Score": 1.5, "Level": "Gold"}},
            labels=["l"],
            relations={
                "relationshipAttributes.seeAlso": other,
                "relationshipAttributes.categories": outer,
            },
        ),
    )
    before = at(atlan, TERM, name, "T")
    cleared = (
        "attributes.usage",
        "attributes.ownerUsers",
        "attributes.certificateStatus",
        "attributes.certificateStatusMessage",
        "attributes.announcementType",
        "attributes.announcementTitle",
        "attributes.announcementMessage",
        "classifications",
        "labels",
        "businessAttributes.Data Quality.Score",
        "relationshipAttributes.seeAlso",
        "relationshipAttributes.categories",
    )
    assert land(atlan, update(before, clears=cleared))[0] == [Status.UPDATED]
    after = at(atlan, TERM, name, "T")
    assert after.payload == {
        "typeName": TERM,
        "attributes": {"name": "T", "qualifiedName": before.identities[0]},
        "businessAttributes": {"Data Quality": {"Level": "Gold"}},
    }
    assert after.relations == {ANCHOR: (anchor,)}


def test_a_whole_set_of_custom_metadata_is_cleared_by_its_name(atlan, anchor, name):
    made(atlan, term(anchor, name, "T", businessAttributes={"Data Quality": {"Score": 1.0}}))
    before = at(atlan, TERM, name, "T")
    land(atlan, update(before, clears=["businessAttributes.Data Quality"]))
    assert "businessAttributes" not in at(atlan, TERM, name, "T").payload


def test_single_ends_are_added_and_taken_away(atlan, anchor, name):
    ends = [made(atlan, term(anchor, name, letter)) for letter in "ABC"]
    path = "relationshipAttributes.seeAlso"
    made(atlan, term(anchor, name, "T", relations={path: tuple(ends[:2])}))
    before = at(atlan, TERM, name, "T")
    change = update(before, append={path: ends[2]}, remove={path: ends[0]})
    assert land(atlan, change)[0] == [Status.UPDATED]
    assert set(at(atlan, TERM, name, "T").relations[path]) == set(ends[1:])


def test_a_new_name_keeps_the_entity(atlan, anchor, name):
    made(atlan, term(anchor, name, "Old"))
    before = at(atlan, TERM, name, "Old")
    assert land(atlan, update(before, attributes={"name": "New"}))[1] == [before.id]
    assert at(atlan, TERM, name, "New").id == before.id


def test_a_term_moves_to_another_glossary(atlan, anchor, name):
    other = made(atlan, glossary(f"{name} 2"))
    made(atlan, term(anchor, name, "T"))
    change = move(at(atlan, TERM, name, "T"), {ANCHOR: other})
    assert land(atlan, change) == ([Status.MOVED], [change.id])
    assert at(atlan, TERM, f"{name} 2", "T").id == change.id


def test_a_category_moves_below_another_and_to_the_top(atlan, anchor, name):
    outer = made(atlan, category(anchor, name, "A"))
    made(atlan, category(anchor, name, "B"))
    assert land(atlan, move(at(atlan, CATEGORY, name, "B"), {PARENT: outer}))[0] == [Status.MOVED]
    inner = at(atlan, CATEGORY, name, "A", "B")
    land(atlan, update(inner, clears=[PARENT]))
    assert at(atlan, CATEGORY, name, "B").id == inner.id


def test_what_does_not_change_is_reported_as_unchanged(atlan, anchor, name):
    made(atlan, term(anchor, name, "T", attributes={"usage": "u"}))
    change = update(at(atlan, TERM, name, "T"), attributes={"usage": "u"})
    assert land(atlan, change) == ([Status.UNCHANGED], [change.id])


def test_creates_and_updates_travel_in_one_batch_and_each_gets_its_tags(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    before = at(atlan, TERM, name, "T")
    tags = [{"typeName": "PII"}]
    changes = [
        update(before, classifications=tags),
        term(anchor, name, "U", classifications=tags),
    ]
    assert land(atlan, *changes)[0] == [Status.UPDATED, Status.CREATED]
    for key in "TU":
        assert at(atlan, TERM, name, key).payload["classifications"] == tags


def test_tags_are_never_propagated_unasked(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T", classifications=[{"typeName": "PII"}]))
    [tag] = box.requests[-1].body["entities"][0]["classifications"]
    assert tag["propagate"] is False


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"classifications": [{"typeName": "Secret"}]}, "no tag 'Secret'"),
        ({"businessAttributes": {"None": {"A": 1}}}, "no custom metadata 'None'"),
        ({"businessAttributes": {"Data Quality": {"A": 1}}}, "no attribute 'A'"),
    ],
)
def test_a_name_atlan_does_not_know_is_refused_before_anything_is_sent(
    atlan, box, anchor, name, payload, words
):
    atlan.names()
    sent = len(box.requests)
    change = term(anchor, name, "T", **payload)
    reply = atlan.submit([term(anchor, name, "U"), change])
    assert (reply.culprit, reply.http_status) == (change.seq, 0)
    assert words in reply.words
    assert len(box.requests) == sent


def test_names_lists_tags_sets_and_their_attributes(atlan):
    names = atlan.names()
    assert names["classifications.typeName"] == {"PII", "Confidential", "Public", "GDPR"}
    assert names["businessAttributes"] == {"Data Quality"}
    assert "Score" in names["businessAttributes.Data Quality"]


def test_deleting_archives_and_deleting_again_changes_nothing(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    assert land(atlan, delete(live)) == ([Status.DELETED], [live.id])
    assert land(atlan, delete(live)) == ([Status.UNCHANGED], [live.id])
    assert [one.key for one in found(atlan, **{TERM: {(name, "T")}})] == [(name,)]
    [archived] = atlan.fetch(Query(ids={live.id}))
    assert (archived.key, archived.archived) == ((name, "T"), True)


def test_every_request_carries_a_guid_for_every_entity(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    new = term(anchor, name, "U")
    land(atlan, update(live, attributes={"usage": "u"}), new)
    sent = box.requests[-1].body["entities"]
    assert [one["guid"] for one in sent] == [live.id, f"-{new.seq}"]


# ---- refusals


def test_the_culprit_is_the_entity_the_server_names(atlan, anchor, name):
    wrong = term(anchor, name, "B", attributes={"certificateStatus": "MAYBE"})
    reply = atlan.submit([term(anchor, name, "A"), wrong, term(anchor, name, "C")])
    assert isinstance(reply, Refused)
    assert reply.culprit == wrong.seq
    assert "MAYBE" in reply.words
    assert "(ATLAS-404-00-007)" in reply.words
    assert [live.key for live in found(atlan, **{TERM: {(name, "A")}})] == [(name,)]


def test_the_culprit_is_the_only_entity_with_the_name_the_message_quotes(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    again = term(anchor, name, "T")
    reply = atlan.submit([term(anchor, name, "A"), again])
    assert reply.words == "Glossary term with name T already exists (ATLAS-409-00-009)"
    assert (reply.culprit, reply.http_status) == (again.seq, 409)


def test_a_name_two_entities_carry_blames_neither(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    other = made(atlan, glossary(f"{name} 3"))
    reply = atlan.submit([term(anchor, name, "T"), term(other, f"{name} 3", "T")])
    assert isinstance(reply, Refused)
    assert reply.culprit is None


def test_a_message_without_guid_or_name_blames_nobody(atlan, anchor, name):
    one = made(atlan, term(anchor, name, "T"))
    changes = [link(one, name, "T", "javascript:x"), link(one, name, "T", URL)]
    reply = atlan.submit(changes)
    assert isinstance(reply, Refused)
    assert (reply.http_status, reply.culprit) == (500, None)


def test_an_unknown_type_blames_its_entity(atlan):
    qualified = {"name": "N", "qualifiedName": "q"}
    wrong = create("Tabel", "Tabel", "q", attributes=qualified)
    reply = atlan.submit([create("Table", "Table", "q", attributes=qualified), wrong])
    assert (reply.culprit, reply.http_status) == (wrong.seq, 400)


def test_an_answer_that_leaves_an_entity_out_is_in_doubt(against, scripted):
    scripted.will_say(Says(200, {"guidAssignments": {}}))
    assert isinstance(against("atlan").submit([glossary("G")]), InDoubt)


# ---- links, readmes and other assets


def table(qualified_name=TABLE, **attributes):
    attributes = {"name": "orders", "qualifiedName": qualified_name, **attributes}
    return create("Table", "Table", qualified_name, typeName="Table", attributes=attributes)


@pytest.fixture
def orders(atlan):
    qualified_name = f"{TABLE}/{uuid.uuid4()}"
    return qualified_name, made(atlan, table(qualified_name))


def test_any_type_is_made_found_and_updated_by_its_qualified_name(atlan, orders, anchor, name):
    qualified_name, table_ref = orders
    one = made(atlan, term(anchor, name, "T"))
    before = at(atlan, "Table", "Table", qualified_name)
    assert (before.id, before.identities) == (table_ref.id, (qualified_name,))
    path = "relationshipAttributes.meanings"
    change = update(before, relations={path: (one,)}, attributes={"userDescription": "d"})
    assert land(atlan, change)[0] == [Status.UPDATED]
    after = at(atlan, "Table", "Table", qualified_name)
    assert after.payload["attributes"]["userDescription"] == "d"
    assert after.relations == {path: (one,)}


def test_an_asset_is_found_by_guid_and_by_identity_once(atlan, orders):
    qualified_name, table_ref = orders
    wanted = Query(
        keys={"Table": {("Table", qualified_name)}},
        ids={table_ref.id},
        identities={"Table": {qualified_name}},
    )
    assert [live.id for live in atlan.fetch(wanted)] == [table_ref.id]


def test_glossary_objects_named_by_guid_or_qualified_name_come_with_their_place(
    atlan, anchor, name
):
    outer = made(atlan, category(anchor, name, "A"))
    inner = made(atlan, category(anchor, name, "A", "B", parent=outer))
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    by_guid = {one.key for one in atlan.fetch(Query(ids={inner.id}))}
    assert by_guid == {(name,), (name, "A"), (name, "A", "B")}
    by_name = list(atlan.fetch(Query(identities={TERM: set(live.identities)})))
    assert [one.key for one in by_name] == [(name,), (name, "T")]


def test_a_link_is_found_on_its_asset_and_keeps_its_name_for_ever(atlan, orders):
    qualified_name, table_ref = orders
    change = link(table_ref, "Table", qualified_name, URL)
    guid = made(atlan, change).id
    again = link(table_ref, "Table", qualified_name, URL, name="Another title")
    assert land(atlan, again) == ([Status.UPDATED], [guid])
    lives = found(atlan, Table={change.key[:-1]}, Link={change.key})
    assert [live.key for live in lives] == [change.key[:-1], change.key]
    assert lives[1].relations == {ASSET: (table_ref,)}
    assert lives[1].payload["attributes"]["name"] == "Another title"


def test_a_link_update_says_link_and_name_too(atlan, box, orders):
    qualified_name, table_ref = orders
    change = link(table_ref, "Table", qualified_name, URL)
    made(atlan, change)
    [_, live] = found(atlan, Table={change.key[:-1]}, Link={change.key})
    assert land(atlan, update(live, attributes={"icon": "i"}))[0] == [Status.UPDATED]
    sent = box.requests[-1].body["entities"][0]["attributes"]
    assert sent == {
        "name": "A title",
        "link": URL,
        "icon": "i",
        "qualifiedName": live.identities[0],
    }


def test_by_name_two_links_with_one_title_are_one(box, orders):
    qualified_name, table_ref = orders
    options = {"index_lag": 0, "link_identity": "name"}
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, options=options)
    attributes = {"name": "Title", "link": URL}
    key = ("Table", qualified_name, "Title")
    change = create("Link", *key, relations={ASSET: table_ref}, attributes=attributes)
    guid = made(target, change).id
    moved = dataclasses.replace(change, payload={"attributes": {**attributes, "link": f"{URL}2"}})
    assert land(target, moved) == ([Status.UPDATED], [guid])
    [_, live] = found(target, Table={key[:-1]}, Link={key})
    assert live.key == key
    target.close()


def test_an_archived_link_of_ours_is_found_and_restored(atlan, orders):
    qualified_name, table_ref = orders
    change = link(table_ref, "Table", qualified_name, URL)
    guid = made(atlan, change).id
    keys = {"Table": {change.key[:-1]}, "Link": {change.key}}
    land(atlan, delete(found(atlan, **keys)[1]))
    [_, archived] = found(atlan, **keys)
    assert (archived.id, archived.key, archived.archived) == (guid, change.key, True)
    assert land(atlan, update(archived, attributes={"name": "Back"})) == ([Status.UPDATED], [guid])
    [_, live] = found(atlan, **keys)
    assert (live.id, live.archived) == (guid, False)
    assert live.payload["attributes"]["name"] == "Back"


def test_a_readme_is_html_on_both_sides_and_one_for_each_asset(atlan, box, anchor, name):
    one = made(atlan, term(anchor, name, "T"))
    change = readme(one, name, "T", html="<h1>Ü & co / 100 %</h1>")
    guid = made(atlan, change).id
    sent = box.requests[-1].body["entities"][0]["attributes"]
    assert sent["qualifiedName"] == f"{one.id}/readme"
    assert sent["name"] == "T Readme"
    assert sent["description"] == "%3Ch1%3E%C3%9C%20%26%20co%20/%20100%20%25%3C/h1%3E"
    live = at(atlan, "Readme", *change.key, **{TERM: {(name, "T")}})
    assert live.payload["attributes"]["description"] == "<h1>Ü & co / 100 %</h1>"
    assert land(atlan, update(live, attributes={"description": "x"})) == ([Status.UPDATED], [guid])


def test_a_link_with_the_list_switch_lands_too(box, orders):
    qualified_name, table_ref = orders
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, options={"link_asset": "list"})
    made(target, link(table_ref, "Table", qualified_name, URL))
    target.close()


def test_a_template_s_own_attributes_are_looked_up_where_they_are_asked_for(box, atlan):
    qualified_name = f"{TABLE}/{uuid.uuid4()}"
    made(atlan, table(qualified_name, alias="o"))
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, options={"attributes": ["alias"]})
    assert at(target, "Table", "Table", qualified_name).payload["attributes"]["alias"] == "o"
    assert "alias" not in at(atlan, "Table", "Table", qualified_name).payload["attributes"]
    target.close()


# ---- settling a doubt


def test_find_sees_what_of_a_batch_has_landed(atlan, anchor, name, orders):
    qualified_name, table_ref = orders
    outer = made(atlan, category(anchor, name, "A"))
    new = [
        glossary(f"{name} new"),
        category(anchor, name, "A", "B", parent=outer),
        term(anchor, name, "T"),
        link(table_ref, "Table", qualified_name, URL),
        readme(table_ref, "Table", qualified_name, html="x"),
        table(f"{qualified_name}/new"),
        delete(at(atlan, "Table", "Table", qualified_name)),
    ]
    assert set(atlan.find(new)) == {new[-1].seq}
    guids = {change.seq: made(atlan, change).id for change in new[:-1]}
    lives = atlan.find(new)
    assert {seq: live.id for seq, live in lives.items()} == guids | {new[-1].seq: table_ref.id}
    assert all(lives[change.seq].key == change.key for change in new)
    land(atlan, new[-1])
    assert atlan.find(new)[new[-1].seq].archived


def test_find_does_not_take_a_namesake_in_another_place(atlan, anchor, name):
    other = made(atlan, glossary(f"{name} 4"))
    outer = made(atlan, category(anchor, name, "A"))
    made(atlan, category(anchor, name, "B"))
    made(atlan, term(anchor, name, "T"))
    changes = [term(other, f"{name} 4", "T"), category(anchor, name, "A", "B", parent=outer)]
    assert atlan.find(changes) == {}


def test_find_waits_until_the_index_has_caught_up(box, waits):
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, sleep=waits.append)
    assert target.find([glossary("nobody has this")]) == {}
    assert waits == [5.0]
    target.close()


def test_what_was_saved_can_be_found_after_a_while(box, waits):
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, sleep=waits.append)
    target.catch_up(2.0)
    target.catch_up(5.0)
    assert waits == [3.0]
    target.close()


def test_a_large_glossary_is_read_page_by_page_to_its_end(atlan, anchor, name, monkeypatch):
    monkeypatch.setattr("importer.targets.atlan.search.PAGE", 3)
    monkeypatch.setattr("importer.targets.atlan.search.DEEPEST_OFFSET", 6)
    keys = {(name, f"T{number:02}") for number in range(20)}
    land(atlan, *(term(anchor, *key) for key in sorted(keys)))
    assert {live.key for live in found(atlan, **{TERM: keys})} == keys | {(name,)}


def test_a_new_entity_with_ends_to_add_simply_has_them(atlan, anchor, name):
    path = "relationshipAttributes.seeAlso"
    one, other = (made(atlan, term(anchor, name, letter)) for letter in "AB")
    change = dataclasses.replace(
        term(anchor, name, "T", relations={path: one}), append={path: (other,)}
    )
    made(atlan, change)
    assert set(at(atlan, TERM, name, "T").relations[path]) == {one, other}


def test_a_reference_is_type_and_guid(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T"))
    sent = box.requests[-1].body["entities"][0]["relationshipAttributes"]
    assert sent == {"anchor": {"typeName": GLOSSARY, "guid": anchor.id}}


def test_an_archived_term_named_by_guid_is_restored(atlan, anchor, name):
    guid = made(atlan, term(anchor, name, "T", attributes={"usage": "u"})).id
    land(atlan, delete(at(atlan, TERM, name, "T")))
    [live] = atlan.fetch(Query(ids={guid}))
    assert land(atlan, update(live)) == ([Status.UPDATED], [live.id])
    assert at(atlan, TERM, name, "T").payload["attributes"]["usage"] == "u"


def test_batches_may_be_sent_from_several_threads(atlan, anchor, name):
    batches = [[term(anchor, name, f"T{n}{m}") for m in range(5)] for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(atlan.submit, batches))
    landed = {one.seq for reply in replies for one in reply.landed}
    assert landed == {change.seq for batch in batches for change in batch}


def test_loading_the_targets_loads_no_http_client():
    heavy = "{'requests', 'urllib3', 'pyrate_limiter', 'requests_ratelimiter', 'orjson'}"
    code = f"import sys, importer.targets; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
