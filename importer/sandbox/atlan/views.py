"""The JSON of stored entities: whole, as a header, as a reference, as a search hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan import entities, relations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from importer.sandbox.atlan.entities import Entity
    from importer.sandbox.atlan.types import End

USER = "sandbox"
HEADER_ATTRIBUTES = ("name", "qualifiedName")


def header(db: sqlite3.Connection, entity: Entity) -> dict[str, Any]:
    """Return the header that answers to writes hold: identity, name, tags, terms, times."""
    shown = {
        name: entity.attributes[name] for name in HEADER_ATTRIBUTES if name in entity.attributes
    }
    meanings = _meanings(db, entity)
    return {
        **_system(entity),
        "displayText": entity.name,
        "attributes": shown,
        "classificationNames": [tag["typeName"] for tag in entity.tags],
        "classifications": entity.tags,
        "meaningNames": [meaning["displayText"] for meaning in meanings],
        "meanings": meanings,
    }


def whole(db: sqlite3.Connection, entity: Entity, *, related: bool) -> dict[str, Any]:
    """Return everything about an entity, with its relations if `related`."""
    document = {
        **_system(entity),
        "attributes": {**dict.fromkeys(entity.type.attributes), **entity.attributes},
        "customAttributes": entity.custom_attributes,
        "classifications": entity.tags,
        "businessAttributes": entity.custom_metadata,
        "meanings": _meanings(db, entity),
    }
    if related:
        past = relations.past(db, entity.guid)
        document["relationshipAttributes"] = {
            attribute: _ends(db, entity, end, past.get(attribute, []))
            for attribute, end in entity.type.relations.items()
        }
    return document


def _system(entity: Entity) -> dict[str, Any]:
    return {
        "typeName": entity.type_name,
        "guid": entity.guid,
        "status": entity.status,
        "isIncomplete": False,
        "labels": entity.labels,
        "createdBy": USER,
        "updatedBy": USER,
        "createTime": entity.created,
        "updateTime": entity.updated,
    }


def _meanings(db: sqlite3.Connection, entity: Entity) -> list[dict[str, Any]]:
    guids = relations.active_targets(db, entity.guid, "meanings")
    terms = [term for guid in guids if (term := entities.by_guid(db, guid))]
    return [
        {
            "termGuid": term.guid,
            "displayText": term.name,
            "confidence": 0,
            "qualifiedName": term.qualified_name,
        }
        for term in terms
    ]


def _ends(db: sqlite3.Connection, entity: Entity, end: End, past: list[tuple[str, Any]]) -> Any:
    """Return the ends of a relation; those removed stay, as DELETED (atlas-metastore, tried).

    A single end is the one there is, else the one removed last (GraphHelper.getEdgeForLabel).
    """
    there = relations.targets(db, entity.guid, end.attribute).items()
    found = [*((*one, True) for one in there), *((*one, False) for one in past)]
    references = [
        _related(entity, other, end, details, there=there)
        for guid, details, there in found
        if (other := entities.by_guid(db, guid))
    ]
    return references if end.many else next(iter(references), None)


def _related(
    entity: Entity, other: Entity, end: End, details: Any, *, there: bool
) -> dict[str, Any]:
    """Return a reference with the details that only a whole entity shows."""
    both_there = there and entity.status == other.status == entities.ACTIVE
    return {
        **reference(other),
        "displayText": other.name,
        "entityStatus": other.status,
        "relationshipType": end.relationship.name,
        "relationshipStatus": entities.ACTIVE if both_there else entities.DELETED,
        "relationshipAttributes": details or {"typeName": end.relationship.name},
    }


def reference(entity: Entity) -> dict[str, Any]:
    """Return a reference to an entity."""
    return {
        "typeName": entity.type_name,
        "guid": entity.guid,
        "uniqueAttributes": {"qualifiedName": entity.qualified_name},
    }


def search_hit(
    db: sqlite3.Connection, entity: Entity, attributes: Iterable[str], nested: Iterable[str]
) -> dict[str, Any]:
    """Return a header with the attributes asked for; relations carry those in `nested`."""
    hit = header(db, entity)
    for name in attributes:
        value = _requested(db, entity, name, nested)
        if value is not None:
            hit["attributes"][name] = value
    return hit


def _requested(db: sqlite3.Connection, entity: Entity, name: str, nested: Iterable[str]) -> Any:
    if name in entity.type.relations:
        return _requested_relation(db, entity, entity.type.relations[name], nested)
    set_name, dot, attribute = name.partition(".")
    if dot:
        return entity.custom_metadata.get(set_name, {}).get(attribute)
    return entity.attributes.get(name)


def _requested_relation(
    db: sqlite3.Connection, entity: Entity, end: End, nested: Iterable[str]
) -> Any:
    """Return the active ends of a relation, each with its `nested` attributes."""
    others = [
        other
        for guid in relations.active_targets(db, entity.guid, end.attribute)
        if (other := entities.by_guid(db, guid))
    ]
    shown = [{**reference(other), "attributes": _nested(other, nested)} for other in others]
    return (shown or None) if end.many else next(iter(shown), None)


def _nested(entity: Entity, names: Iterable[str]) -> dict[str, Any]:
    return {name: entity.attributes[name] for name in names if name in entity.attributes}
