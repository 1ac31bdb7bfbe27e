"""What a fetch finds in a tenant: objects by name, assets by qualifiedName, anything by guid."""

import uuid

import pytest

from importer.model import Status
from importer.targets.atlan import fetch
from importer.targets.protocol import Query
from tests.targets.atlan.build import TABLE, URL, at, found, land, made, table
from tests.targets.build import (
    ANCHOR,
    ASSET,
    CATEGORY,
    GLOSSARY,
    PARENT,
    TERM,
    category,
    delete,
    glossary,
    link,
    term,
    update,
)


@pytest.mark.parametrize("at_once", [1, 100])
def test_a_glossary_with_all_that_is_in_it_is_found_again_parents_first(
    atlan, anchor, name, monkeypatch, at_once
):
    monkeypatch.setattr(fetch, "CATEGORIES", at_once)
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
    terms = "relationshipAttributes.terms"
    assert lives[2].relations == {ANCHOR: (anchor,), PARENT: (outer,), terms: (one,)}
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


def test_a_template_s_own_attributes_are_looked_up_where_they_are_asked_for(
    box, atlan, open_target
):
    qualified_name = f"{TABLE}/{uuid.uuid4()}"
    made(atlan, table(qualified_name, alias="o"))
    target = open_target("atlan", box.url, {"attributes": ["alias"]})
    assert at(target, "Table", "Table", qualified_name).payload["attributes"]["alias"] == "o"
    assert "alias" not in at(atlan, "Table", "Table", qualified_name).payload["attributes"]
