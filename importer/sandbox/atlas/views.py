"""The JSON of stored entities: whole, as a header, as the end of a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, relationships

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.relationships import Relationship
    from importer.sandbox.atlas.types import End, Types

USER = "sandbox"
HEADER_ATTRIBUTES = ("owner", "qualifiedName", "name", "description", "createTime")


def header(db: sqlite3.Connection, types: Types, entity: Entity, also: Iterable[str] = ()) -> Json:
    """Return the header that answers to writes and searches hold, with attributes asked for."""
    names = dict.fromkeys((*HEADER_ATTRIBUTES, *also))
    shown = {name: entity.attributes[name] for name in names if name in entity.attributes}
    meanings = _meanings(db, types, entity)
    return {
        "typeName": entity.type_name,
        "attributes": shown,
        "guid": entity.guid,
        "status": entity.status,
        "displayText": entity.name or entity.qualified_name,
        "classificationNames": [tag["typeName"] for tag in entity.tags],
        "classifications": entity.tags,
        "meaningNames": [meaning["displayText"] for meaning in meanings],
        "meanings": meanings,
        "isIncomplete": False,
        "labels": entity.labels,
    }


def short_header(db: sqlite3.Connection, types: Types, entity: Entity) -> Json:
    """Return the header of an entity that another end of a relationship touched."""
    return {
        key: value for key, value in header(db, types, entity).items() if key != "classifications"
    }


def whole(db: sqlite3.Connection, types: Types, entity: Entity, *, related: bool) -> Json:
    """Return everything about an entity, with its relations if `related`."""
    known = entities.type_of(types, entity)
    document = {
        "typeName": entity.type_name,
        "attributes": {**dict.fromkeys(known.attributes), **entity.attributes},
        "guid": entity.guid,
        "isIncomplete": False,
        "status": entity.status,
        "createdBy": USER,
        "updatedBy": USER,
        "createTime": entity.created,
        "updateTime": entity.updated,
        "version": 0,
        "labels": entity.labels,
    }
    if entity.tags:
        document["classifications"] = entity.tags
    if entity.custom_attributes:
        document["customAttributes"] = entity.custom_attributes
    if entity.custom_metadata:
        document["businessAttributes"] = entity.custom_metadata
    if related:
        document["relationshipAttributes"] = {
            name: ends
            for name, end in known.relations.items()
            if (ends := _ends(db, types, entity, end)) is not None
        }
    return document


def owned(db: sqlite3.Connection, types: Types, shown: list[Entity]) -> dict[str, Entity]:
    """Return guid -> what entities own, and that owns in turn, without themselves."""
    seen = {entity.guid for entity in shown}
    found: dict[str, Entity] = {}
    waiting = list(shown)
    while waiting:
        owner = waiting.pop()
        for end in entities.type_of(types, owner).relations.values():
            for one in relationships.at(db, owner.guid, end) if end.owns else ():
                other = entities.by_guid(db, one.other(owner.guid))
                if other and other.guid not in seen:
                    seen.add(other.guid)
                    found[other.guid] = other
                    waiting.append(other)
    return found


def _meanings(db: sqlite3.Connection, types: Types, entity: Entity) -> list[Json]:
    end = entities.type_of(types, entity).relations.get("meanings")
    if end is None:
        return []
    return [
        {"termGuid": term.guid, "relationGuid": one.guid, "displayText": term.name, "confidence": 0}
        for one in relationships.active_at(db, entity.guid, end)
        if (term := entities.by_guid(db, one.other(entity.guid)))
    ]


def _ends(db: sqlite3.Connection, types: Types, entity: Entity, end: End) -> Any:
    if end.many:
        found = relationships.at(db, entity.guid, end)
    else:
        newest = relationships.shown(db, entity.guid, end)
        found = [newest] if newest else []
    shown = [
        _related(types, other, one)
        for one in found
        if (other := entities.by_guid(db, one.other(entity.guid)))
    ]
    return shown if end.many else next(iter(shown), None)


def _related(types: Types, other: Entity, one: Relationship) -> Json:
    attributes = _attributes(types, one)
    details = {"typeName": one.type_name, **({"attributes": attributes} if attributes else {})}
    return {
        "guid": other.guid,
        "typeName": other.type_name,
        "entityStatus": other.status,
        "displayText": other.name or other.qualified_name,
        "relationshipType": one.type_name,
        "relationshipGuid": one.guid,
        "relationshipStatus": one.status,
        "relationshipAttributes": details,
    }


def _attributes(types: Types, one: Relationship) -> Json:
    """Return the attributes of a relationship; options of an enumeration are never shown."""
    return {
        name: None if known.type_name in types.enums else one.attributes.get(name)
        for name, known in types.attributes("RELATIONSHIP", one.type_name).items()
    }


def relationship(db: sqlite3.Connection, types: Types, one: Relationship) -> Json:
    """Return everything about a relationship."""
    attributes = _attributes(types, one)
    definition = types.definitions["RELATIONSHIP"][one.type_name]
    return {
        "typeName": one.type_name,
        **({"attributes": attributes} if attributes else {}),
        "guid": one.guid,
        "provenanceType": 0,
        "end1": _reference(db, one.first),
        "end2": _reference(db, one.second),
        "label": f"r:{one.type_name}",
        "propagateTags": definition.get("propagateTags", "NONE"),
        "status": one.status,
        "createdBy": USER,
        "updatedBy": USER,
        "createTime": one.created,
        "updateTime": one.updated,
        "version": 0,
        "propagatedClassifications": [],
        "blockedPropagatedClassifications": [],
    }


def _reference(db: sqlite3.Connection, guid: str) -> Json:
    entity = entities.known(db, guid)
    unique = {"qualifiedName": entity.qualified_name}
    return {"guid": guid, "typeName": entity.type_name, "uniqueAttributes": unique}
