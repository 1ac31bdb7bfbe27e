"""The Atlan target against the sandbox: changes land as they were meant."""

from concurrent.futures import ThreadPoolExecutor

from msgspec import structs

from importer.model import Status
from importer.targets.protocol import Query
from tests.targets.atlan.build import URL, at, found, land, made
from tests.targets.build import (
    ANCHOR,
    ASSET,
    CATEGORY,
    PARENT,
    TERM,
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


def test_a_link_update_repeats_link_and_name(atlan, box, orders):
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


def test_by_name_two_links_with_one_title_are_one(box, orders, open_target):
    qualified_name, table_ref = orders
    options = {"index_lag": 0, "link_identity": "name"}
    target = open_target("atlan", box.url, options)
    attributes = {"name": "Title", "link": URL}
    key = ("Table", qualified_name, "Title")
    change = create("Link", *key, relations={ASSET: table_ref}, attributes=attributes)
    guid = made(target, change).id
    moved = structs.replace(change, payload={"attributes": {**attributes, "link": f"{URL}2"}})
    assert land(target, moved) == ([Status.UPDATED], [guid])
    [_, live] = found(target, Table={key[:-1]}, Link={key})
    assert live.key == key


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


def test_a_link_with_the_list_switch_lands_too(box, orders, open_target):
    qualified_name, table_ref = orders
    target = open_target("atlan", box.url, {"link_asset": "list"})
    made(target, link(table_ref, "Table", qualified_name, URL))


def test_what_was_saved_can_be_found_after_a_while(box, waits, open_target):
    target = open_target("atlan", box.url, sleep=waits.append)
    target.catch_up(2.0)
    target.catch_up(5.0)
    assert waits == [3.0]


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
