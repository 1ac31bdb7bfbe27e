"""The target Apache Atlas over HTTP: changes land as they were meant."""

import pytest
from msgspec import structs

from importer.model import Status
from importer.plan import unmet
from importer.targets.protocol import Query, Refused
from tests.targets.atlas.build import asset, at, found, land, made
from tests.targets.build import (
    ANCHOR,
    CATEGORY,
    GLOSSARY,
    PARENT,
    TERM,
    category,
    create,
    delete,
    glossary,
    move,
    term,
    update,
)

CATEGORIES = "relationshipAttributes.categories"
SYNONYMS = "relationshipAttributes.synonyms"
IS_A = "relationshipAttributes.isA"
MEANINGS = "relationshipAttributes.meanings"

EVERYTHING = {
    "attributes": {"longDescription": "long", "usage": "u", "examples": ["x", "y"]},
    "classifications": [{"typeName": "PII"}, {"typeName": "Public"}],
    "labels": ["a", "b"],
    "businessAttributes": {"Stewardship": {"score": 1.5, "reviewers": ["joe"], "level": "Gold"}},
    "customAttributes": {"a": "1", "b": "2"},
}


def lands(atlas, change):
    """Submit a change to what exists; it must be as it was meant then."""
    statuses, _ = land(atlas, change)
    [live] = atlas.read_back([change]).values()
    assert unmet(change, live) == []
    return statuses[0]


def test_a_new_term_has_all_that_one_request_can_hold(atlas, anchor, name):
    outer = made(atlas, category(anchor, name, "A"))
    made(atlas, term(anchor, name, "T", relations={CATEGORIES: outer}, **EVERYTHING))
    live = at(atlas, TERM, name, "T")
    assert live.identities == (f"T@{name}",)
    assert live.relations == {ANCHOR: (anchor,), CATEGORIES: (outer,)}
    tags = {tag["typeName"] for tag in live.payload.pop("classifications")}
    assert tags == {"PII", "Public"}
    assert set(live.payload.pop("labels")) == {"a", "b"}
    assert live.payload == {
        "typeName": TERM,
        "attributes": {
            "name": "T",
            "qualifiedName": f"T@{name}",
            "longDescription": "long",
            "userDescription": "long",
            "usage": "u",
            "examples": ["x", "y"],
        },
        "businessAttributes": EVERYTHING["businessAttributes"],
        "customAttributes": EVERYTHING["customAttributes"],
    }


def test_an_update_touches_what_it_names_and_nothing_else(atlas, anchor, name):
    made(atlas, term(anchor, name, "T", **EVERYTHING))
    before = at(atlas, TERM, name, "T")
    change = update(
        before,
        attributes={"userDescription": "new"},
        classifications=[{"typeName": "Public"}, {"typeName": "Confidential"}],
        businessAttributes={"Stewardship": {"score": 2.5}},
        labels=["b", "c"],
        customAttributes={"b": "3"},
    )
    assert lands(atlas, change) is Status.UPDATED
    after = at(atlas, TERM, name, "T")
    assert after.payload["attributes"] == {
        **before.payload["attributes"],
        "userDescription": "new",
        "longDescription": "new",
    }
    values = {"score": 2.5, "reviewers": ["joe"], "level": "Gold"}
    assert after.payload["businessAttributes"] == {"Stewardship": values}
    assert after.payload["customAttributes"] == {"a": "1", "b": "3"}
    assert after.relations == before.relations


CLEARS = (
    "attributes.userDescription",
    "attributes.usage",
    "attributes.examples",
    "classifications",
    "labels",
    "businessAttributes.Stewardship.score",
    "businessAttributes.Stewardship.reviewers",
    "customAttributes.a",
    SYNONYMS,
    CATEGORIES,
)


def test_clearing_empties_fields_tags_metadata_and_relations(atlas, anchor, name):
    outer = made(atlas, category(anchor, name, "A"))
    other = made(atlas, term(anchor, name, "O"))
    ends = {CATEGORIES: outer, SYNONYMS: other}
    made(atlas, term(anchor, name, "T", relations=ends, **EVERYTHING))
    before = at(atlas, TERM, name, "T")
    assert lands(atlas, update(before, clears=CLEARS)) is Status.UPDATED
    after = at(atlas, TERM, name, "T")
    assert after.payload == {
        "typeName": TERM,
        "attributes": {"name": "T", "qualifiedName": f"T@{name}"},
        "businessAttributes": {"Stewardship": {"level": "Gold"}},
        "customAttributes": {"b": "2"},
    }
    assert after.relations == {ANCHOR: (anchor,)}


def test_a_list_of_relations_is_replaced_end_by_end(atlas, anchor, name):
    a, b, c = (made(atlas, category(anchor, name, one)) for one in "ABC")
    made(atlas, term(anchor, name, "T", relations={CATEGORIES: (a, b)}))
    for wanted in ((b, c), (a,), (a, b, c), (c,)):
        change = update(at(atlas, TERM, name, "T"), {CATEGORIES: wanted})
        assert lands(atlas, change) is Status.UPDATED
        assert set(at(atlas, TERM, name, "T").relations[CATEGORIES]) == set(wanted)


@pytest.mark.parametrize("path", [SYNONYMS, IS_A, "relationshipAttributes.classifies"])
def test_ends_are_appended_and_removed_from_both_ends(atlas, anchor, name, path):
    one, two, three = (made(atlas, term(anchor, name, label)) for label in ("1", "2", "3"))
    first = structs.replace(update(at(atlas, TERM, name, "1"), append={path: two}), before=None)
    lands(atlas, first)
    lands(atlas, update(at(atlas, TERM, name, "1"), append={path: three}, remove={path: two}))
    assert at(atlas, TERM, name, "1").relations[path] == (three,)
    lands(atlas, update(at(atlas, TERM, name, "1"), append={path: two}))
    assert set(at(atlas, TERM, name, "1").relations[path]) == {two, three}
    other = [p for p, refs in at(atlas, TERM, name, "2").relations.items() if refs == (one,)]
    lands(atlas, update(at(atlas, TERM, name, "2"), remove={other[0]: one}))
    assert at(atlas, TERM, name, "1").relations[path] == (three,)


def test_a_new_name_makes_another_qualified_name(atlas, anchor, name):
    made(atlas, term(anchor, name, "Old e.g."))
    before = at(atlas, TERM, name, "Old e.g.")
    assert before.identities == (f"Old e%2Eg%2E@{name}",)
    assert land(atlas, update(before, attributes={"name": "New"})) == (
        [Status.UPDATED],
        [before.id],
    )
    after = at(atlas, TERM, name, "New")
    assert (after.id, after.identities) == (before.id, (f"New@{name}",))


def test_a_term_moves_to_another_glossary_and_back(atlas, anchor, name):
    other = made(atlas, glossary(f"{name} 2"))
    made(atlas, term(anchor, name, "T"))
    before = at(atlas, TERM, name, "T")
    assert lands(atlas, move(before, {ANCHOR: other})) is Status.MOVED
    there = at(atlas, TERM, f"{name} 2", "T")
    assert (there.id, there.identities) == (before.id, (f"T@{name} 2",))
    assert lands(atlas, move(there, {ANCHOR: anchor})) is Status.MOVED
    assert at(atlas, TERM, name, "T") == before


def test_a_category_moves_below_another_and_to_the_top(atlas, anchor, name):
    outer = made(atlas, category(anchor, name, "A"))
    made(atlas, category(anchor, name, "B"))
    assert lands(atlas, move(at(atlas, CATEGORY, name, "B"), {PARENT: outer})) is Status.MOVED
    inner = at(atlas, CATEGORY, name, "A", "B")
    assert inner.identities == (f"B.A@{name}",)
    lands(atlas, update(inner, clears=[PARENT]))
    assert at(atlas, CATEGORY, name, "B").identities == (f"B@{name}",)


def test_what_does_not_change_is_read_back(atlas, anchor, name):
    made(atlas, term(anchor, name, "T", attributes={"usage": "u"}))
    change = update(at(atlas, TERM, name, "T"), attributes={"usage": "u"})
    [landed] = atlas.submit([change]).landed
    assert (landed.status, landed.named) == (Status.UNCHANGED, False)
    assert unmet(change, atlas.read_back([change])[change.seq]) == []


def test_glossary_objects_are_deleted_for_good(atlas, anchor, name):
    made(atlas, term(anchor, name, "T"))
    change = delete(at(atlas, TERM, name, "T"))
    assert land(atlas, change)[0] == [Status.DELETED]
    assert atlas.find([change]) == {}
    [again] = atlas.submit([change]).landed
    assert (again.status, again.named) == (Status.UNCHANGED, False)


def test_a_deleted_asset_is_archived_and_made_anew(atlas, table):
    qualified_name, ref = table
    key = ("sample_table", qualified_name)
    live = at(atlas, key[0], *key)
    assert land(atlas, delete(live))[0] == [Status.DELETED]
    [gone] = atlas.fetch(Query(ids={ref.id}))
    assert (gone.archived, gone.key) == (True, key)
    again = structs.replace(asset(*key), id=ref.id, before=gone)
    [status], [guid] = land(atlas, again)
    assert (status, guid != ref.id) == (Status.CREATED, True)
    assert at(atlas, key[0], *key).id == guid


def test_an_asset_gets_terms_a_description_and_tags(atlas, anchor, name, table):
    qualified_name, _ = table
    one, two = (made(atlas, term(anchor, name, label)) for label in ("1", "2"))
    key = ("sample_table", qualified_name)
    for terms in ((one, two), (two,), (one,), (two, one)):
        change = update(
            at(atlas, key[0], *key), {MEANINGS: terms}, attributes={"description": str(terms)}
        )
        assert lands(atlas, change) is Status.UPDATED
    lands(
        atlas, update(at(atlas, key[0], *key), labels=["x"], classifications=[{"typeName": "PII"}])
    )
    live = at(atlas, key[0], *key)
    assert set(live.relations[MEANINGS]) == {one, two}
    assert live.payload["attributes"]["description"] == str((two, one))
    assert (live.payload["labels"], live.payload["classifications"]) == (
        ["x"],
        [{"typeName": "PII"}],
    )


def test_a_column_is_changed_though_a_save_must_repeat_its_table(atlas, name):
    owner = made(atlas, asset("hive_table", f"{name}-t"))
    column = asset("hive_column", f"{name}-c")
    made(atlas, structs.replace(column, relations={"relationshipAttributes.table": (owner,)}))
    live = at(atlas, "hive_column", "hive_column", f"{name}-c")
    assert lands(atlas, update(live, attributes={"description": "d"})) is Status.UPDATED


def test_a_new_object_never_becomes_a_change_of_another(atlas, anchor, name):
    made(atlas, term(anchor, name, "T"))
    land(atlas, update(at(atlas, GLOSSARY, name), attributes={"name": f"{name} new"}))
    other = made(atlas, glossary(name))
    reply = atlas.submit([term(other, name, "T")])
    assert isinstance(reply, Refused)
    assert f"`T@{name}`, which is that of T" in reply.words
    assert at(atlas, TERM, f"{name} new", "T").relations[ANCHOR] == (anchor,)


def test_two_rows_of_one_name_are_not_sent_as_one(atlas, name):
    first, second = glossary(name), glossary(name)
    reply = atlas.submit([first, second])
    assert (reply.culprit, reply.http_status) == (first.seq, 0)
    assert found(atlas, **{GLOSSARY: {(name,)}}) == []


def test_a_new_term_that_is_there_already_is_brought_up_to_date(atlas, anchor, name):
    made(atlas, term(anchor, name, "T"))
    again = term(anchor, name, "T", **EVERYTHING)
    [landed] = atlas.submit([again]).landed
    assert landed.id == at(atlas, TERM, name, "T").id
    assert unmet(again, atlas.find([again])[again.seq]) == []


def test_a_refused_part_is_told_with_the_target_s_words(atlas, anchor, name):
    made(atlas, term(anchor, name, "T"))
    change = update(at(atlas, TERM, name, "T"), attributes={"usage": "u"}, labels=["no good"])
    [landed] = atlas.submit([change]).landed
    assert "The target refused the labels: Invalid label: no good" in landed.refused
    assert landed.refused.endswith("The rest of the row was saved.")
    assert at(atlas, TERM, name, "T").payload["attributes"]["usage"] == "u"


def test_a_refused_batch_is_rolled_back_and_names_the_unknown_type(atlas, name):
    nix = create("Nix", "Nix", name, attributes={"qualifiedName": name})
    reply = atlas.submit([glossary(name), nix])
    assert (reply.http_status, reply.culprit) == (400, nix.seq)
    assert reply.words == "Type ENTITY with name Nix does not exist (ATLAS-400-00-014)"
    assert found(atlas, **{GLOSSARY: {(name,)}}) == []


def test_metadata_that_the_server_would_drop_is_not_sent(atlas, anchor, name):
    change = term(anchor, name, "T", businessAttributes={"Stewardship": {"nix": "1"}})
    reply = atlas.submit([change])
    assert (reply.culprit, reply.http_status) == (change.seq, 0)
    assert "has no attribute 'nix'" in reply.words
