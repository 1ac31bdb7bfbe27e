"""Whole entities as live entities."""

from importer.targets.atlas.decode import live_entity
from importer.targets.protocol import LiveEntity, Ref
from tests.targets.atlas.definitions import TERM, TYPEDEFS


def end(guid, type_name=TERM, *, entity="ACTIVE", relation="ACTIVE"):
    return {
        "guid": guid,
        "typeName": type_name,
        "entityStatus": entity,
        "relationshipStatus": relation,
    }


def test_a_term_has_its_values_under_both_names_and_what_is_active():
    entity = {
        "guid": "t",
        "typeName": TERM,
        "status": "ACTIVE",
        "attributes": {
            "qualifiedName": "T@G",
            "name": "T",
            "longDescription": "long",
            "usage": None,
            "examples": [],
            "additionalAttributes": {"a": "1", "b": None},
        },
        "classifications": [
            {"typeName": "PII", "entityGuid": "t"},
            {"typeName": "Inherited", "entityGuid": "x"},
        ],
        "labels": ["l"],
        "customAttributes": {"c": "1", "d": None},
        "businessAttributes": {"Quality": {"score": 1.5, "level": None}, "Empty": {}},
        "relationshipAttributes": {
            "anchor": end("g", "AtlasGlossary"),
            "synonyms": [
                end("u"),
                end("u"),
                end("v", relation="DELETED"),
                end("w", entity="DELETED"),
            ],
            "assignedEntities": [end("a", "Table")],
            "isA": [],
        },
    }
    assert live_entity(entity, ("G", "T"), TYPEDEFS) == LiveEntity(
        TERM,
        ("G", "T"),
        "t",
        {
            "typeName": TERM,
            "attributes": {
                "qualifiedName": "T@G",
                "name": "T",
                "longDescription": "long",
                "userDescription": "long",
                "additionalAttributes": {"a": "1"},
            },
            "classifications": [{"typeName": "PII"}],
            "businessAttributes": {"Quality": {"score": 1.5}},
            "labels": ["l"],
            "customAttributes": {"c": "1"},
        },
        {
            "relationshipAttributes.anchor": (Ref("AtlasGlossary", "g"),),
            "relationshipAttributes.assignedEntities": (Ref("Table", "a"),),
            "relationshipAttributes.synonyms": (Ref(TERM, "u"),),
        },
        ("T@G",),
    )


def test_an_asset_keeps_its_terms_and_what_a_save_must_repeat():
    entity = {
        "guid": "c",
        "typeName": "Column",
        "status": "DELETED",
        "attributes": {
            "name": "c",
            "qualifiedName": "q",
            "position": 0,
            "table": {"guid": "t", "typeName": "Table"},
            "old references": [{"guid": "x", "typeName": "Table"}],
        },
        "relationshipAttributes": {
            "table": end("t", "Table"),
            "meanings": [end("m")],
            "inputToProcesses": [end("p", "Process")],
        },
    }
    live = live_entity(entity, ("Column", "q"), TYPEDEFS)
    assert live.archived
    assert live.payload["attributes"] == {"name": "c", "qualifiedName": "q", "position": 0}
    assert live.relations == {
        "relationshipAttributes.meanings": (Ref(TERM, "m"),),
        "relationshipAttributes.table": (Ref("Table", "t"),),
    }
