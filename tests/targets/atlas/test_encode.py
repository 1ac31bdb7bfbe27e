"""Entities of a bulk request."""

from msgspec import structs

from importer.targets.atlas.encode import entity, is_sent, unknown_metadata
from importer.targets.protocol import Ref
from tests.targets.atlas.definitions import TERM, TYPEDEFS
from tests.targets.build import ANCHOR, GLOSSARY, create, held, move, term, update

HOME = Ref(GLOSSARY, "g")
GLOSSARY_REF = {"typeName": GLOSSARY, "guid": "g"}
CATEGORIES = "relationshipAttributes.categories"
OUTER = Ref("AtlasGlossaryCategory", "c")
LIVE = held(
    TERM,
    "t",
    "G",
    "T",
    relations={ANCHOR: HOME, CATEGORIES: OUTER},
    attributes={"name": "T", "qualifiedName": "T@G", "longDescription": "old"},
    customAttributes={"a": "1", "b": "2"},
)


def test_a_new_term_is_sent_with_all_that_belongs_to_it():
    change = term(
        HOME,
        "G",
        "T",
        relations={CATEGORIES: OUTER},
        attributes={"userDescription": "d"},
        classifications=[{"typeName": "PII"}],
        labels=["l"],
        businessAttributes={"Quality": {"score": 1.5}},
        customAttributes={"a": "1"},
    )
    tag = {"typeName": "PII", "propagate": False, "removePropagationsOnEntityDelete": True}
    assert entity(change, TYPEDEFS, "T@G") == {
        "typeName": TERM,
        "guid": f"-{change.seq}",
        "attributes": {"name": "T", "longDescription": "d", "qualifiedName": "T@G"},
        "relationshipAttributes": {
            "anchor": GLOSSARY_REF,
            "categories": [{"typeName": "AtlasGlossaryCategory", "guid": "c"}],
        },
        "customAttributes": {"a": "1"},
        "labels": ["l"],
        "businessAttributes": {"Quality": {"score": 1.5}},
        "classifications": [tag],
    }


def test_an_update_repeats_what_every_save_must_hold_and_no_lists():
    change = update(
        LIVE,
        {CATEGORIES: ()},
        clears=["attributes.description", "customAttributes.a"],
        attributes={"usage": "u", "qualifiedName": "whatever"},
        classifications=[{"typeName": "PII"}],
        labels=["l"],
    )
    assert entity(change, TYPEDEFS, "") == {
        "typeName": TERM,
        "guid": "t",
        "attributes": {
            "name": "T",
            "qualifiedName": "T@G",
            "shortDescription": None,
            "usage": "u",
        },
        "relationshipAttributes": {"anchor": GLOSSARY_REF},
        "customAttributes": {"b": "2"},
    }


def test_a_term_that_moves_gets_its_glossary_and_its_name():
    body = entity(move(LIVE, {ANCHOR: Ref(GLOSSARY, "h")}), TYPEDEFS, "T@H")
    assert body["attributes"] == {"name": "T", "qualifiedName": "T@H"}
    assert body["relationshipAttributes"] == {"anchor": {"typeName": GLOSSARY, "guid": "h"}}


def test_free_attributes_are_emptied_with_an_empty_map():
    assert entity(update(LIVE, clears=["customAttributes"]), TYPEDEFS, "")["customAttributes"] == {}


def test_a_column_names_its_table_again():
    table = "relationshipAttributes.table"
    attributes = {"name": "c", "qualifiedName": "q", "description": "old"}
    live = held(
        "Column", "c", "Column", "q", relations={table: Ref("Table", "t")}, attributes=attributes
    )
    body = entity(update(live, attributes={"description": "new"}), TYPEDEFS, "")
    assert body["relationshipAttributes"] == {"table": {"typeName": "Table", "guid": "t"}}
    assert body["attributes"] == {"name": "c", "qualifiedName": "q", "description": "new"}


def test_what_was_deleted_is_sent_as_new():
    gone = held("Table", "old", "Table", "q", archived=True)
    change = create("Table", "Table", "q", attributes={"qualifiedName": "q"})
    again = structs.replace(change, id="old", before=gone)
    assert entity(again, TYPEDEFS, "")["guid"] == f"-{change.seq}"


def test_the_bulk_request_leaves_out_what_has_calls_of_its_own():
    assert is_sent(term(HOME, "G", "T"), TYPEDEFS)
    assert is_sent(update(LIVE, clears=["attributes.usage"]), TYPEDEFS)
    assert is_sent(move(LIVE, {ANCHOR: HOME}), TYPEDEFS)
    for change in (
        update(LIVE, labels=["l"]),
        update(LIVE, {CATEGORIES: OUTER}),
        update(LIVE, clears=[CATEGORIES, "classifications"]),
        update(LIVE, append={"relationshipAttributes.synonyms": Ref(TERM, "u")}),
    ):
        assert not is_sent(change, TYPEDEFS)


def test_metadata_that_would_be_dropped_is_refused_before_it_is_sent():
    fine = update(LIVE, businessAttributes={"Quality": {"score": 1}})
    wrong = update(LIVE, businessAttributes={"Quality": {"scores": 1}})
    assert unknown_metadata([fine], TYPEDEFS) is None
    assert unknown_metadata([fine, wrong], TYPEDEFS).culprit == wrong.seq
