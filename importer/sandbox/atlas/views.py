"""The JSON of entities and relationships, whole (Atlas 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, relationships
from importer.sandbox.atlas.headers import (
    ATTRIBUTES,
    all_tags,
    display_text,
    others,
    reference,
)

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.relationships import Relationship
    from importer.sandbox.atlas.types import End, EntityType, Types

USER = "sandbox"


def whole(db: sqlite3.Connection, types: Types, entity: Entity, *, related: bool) -> Json:
    """Return everything about an entity, with its relations if `related`."""
    known = entities.type_of(types, entity)
    document = {
        "typeName": entity.type_name,
        "attributes": {
            **dict.fromkeys(known.attributes),
            **entity.attributes,
            **_legacy_attributes(db, entity, known),
        },
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
    tags = all_tags(db, types, entity)
    if tags:
        document["classifications"] = tags
    if entity.custom_attributes is not None:
        document["customAttributes"] = entity.custom_attributes
    defined = types.definitions["BUSINESS_METADATA"]
    metadata = {name: held for name, held in entity.custom_metadata.items() if name in defined}
    if metadata:
        document["businessAttributes"] = metadata
    if related:
        document["relationshipAttributes"] = {
            name: ends
            for name, end in known.relations.items()
            if (ends := _ends(db, types, entity, end)) is not None
        }
    return document


def minimal(db: sqlite3.Connection, types: Types, entity: Entity) -> Json:
    """Return an entity cut down: the attributes of a header, no relations, no metadata."""
    document = whole(db, types, entity, related=False)
    document.pop("businessAttributes", None)
    shown = {name: one for name, one in entity.attributes.items() if name in ATTRIBUTES}
    return {**document, "attributes": shown}


def named_behind_owner(db: sqlite3.Connection, types: Types, named: list[Entity]) -> set[str]:
    """Return the guids of those that one named before them owns."""
    before: set[str] = set()
    behind: set[str] = set()
    for entity in named:
        behind |= {entity.guid} & before
        before |= owned(db, types, [entity]).keys()
    return behind


def _legacy_attributes(db: sqlite3.Connection, entity: Entity, known: EntityType) -> Json:
    """Return the relations that are shown among the attributes, too (`Process.inputs`)."""
    return {
        name: [reference(other) for other in others(db, entity, end, removed=True)]
        for name, end in known.relations.items()
        if end.legacy
    }


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
        "displayText": display_text(other),
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
        "end1": reference(entities.known(db, one.first)),
        "end2": reference(entities.known(db, one.second)),
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
