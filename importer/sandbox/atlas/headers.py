"""The JSON of entities in short, as answers to writes and searches name them (Atlas 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, relationships

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import End, Types

ATTRIBUTES = ("owner", "qualifiedName", "name", "description", "createTime")
"""The attributes that every header shows where they are set."""


def header(db: sqlite3.Connection, types: Types, entity: Entity) -> Json:
    """Return the header of an entity that a request made or changed."""
    meanings, tags = _meanings(db, types, entity), all_tags(db, types, entity)
    held = entity.attributes
    return {
        "typeName": entity.type_name,
        "attributes": {name: held[name] for name in ATTRIBUTES if name in held},
        "guid": entity.guid,
        "status": entity.status,
        "displayText": display_text(entity),
        "classificationNames": [tag["typeName"] for tag in tags],
        "classifications": tags,
        "meaningNames": [meaning["displayText"] for meaning in meanings],
        "meanings": meanings,
        "isIncomplete": False,
        "labels": entity.labels,
    }


def short_header(db: sqlite3.Connection, types: Types, entity: Entity) -> Json:
    """Return a header with the names of tags only: of what was found, touched or deleted."""
    whole = header(db, types, entity)
    return {key: value for key, value in whole.items() if key != "classifications"}


def search_hit(db: sqlite3.Connection, types: Types, entity: Entity, asked: Iterable[str]) -> Json:
    """Return the header of an entity that was found, with the attributes asked for."""
    hit = short_header(db, types, entity)
    for name in asked:
        value = _asked(db, types, entity, name)
        if value is not None:
            hit["attributes"][name] = value
    return hit


def _asked(db: sqlite3.Connection, types: Types, entity: Entity, name: str) -> Any:
    end = entities.type_of(types, entity).relations.get(name)
    if end is None:
        set_name, dot, attribute = name.partition(".")
        values = entity.custom_metadata.get(set_name, {}) if dot else entity.attributes
        return values.get(attribute if dot else name)
    found = [reference(other) for other in others(db, entity, end)]
    return found if end.many else next(iter(found), None)


def others(
    db: sqlite3.Connection, entity: Entity, end: End, *, removed: bool = False
) -> Iterator[Entity]:
    """Yield the entities at an end, with those of removed relations only if `removed`."""
    for one in relationships.at(db, entity.guid, end):
        if one.status != entities.ACTIVE and not removed:
            continue
        other = entities.by_guid(db, one.other(entity.guid))
        if other:
            yield other


def reference(entity: Entity) -> Json:
    """Return a reference to an entity."""
    unique = {"qualifiedName": entity.qualified_name}
    return {"guid": entity.guid, "typeName": entity.type_name, "uniqueAttributes": unique}


def display_text(entity: Entity) -> str:
    """Return what stands for an entity: its name, else its qualifiedName."""
    return str(entity.attributes.get("name", entity.qualified_name))


def all_tags(db: sqlite3.Connection, types: Types, entity: Entity) -> list[Json]:
    """Return the tags of an entity and those that relations hand on to it.

    The latter carry the guid of the entity that has them: a term's tags show on its assets, even
    after the relation was removed (tried on 2.1).
    """
    handed_on = {
        (tag["typeName"], other.guid): tag
        for end in entities.type_of(types, entity).relations.values()
        if end.receives
        for other in others(db, entity, end, removed=True)
        for tag in other.tags
        if tag["propagate"]
    }
    return [_complete(types, tag) for tag in (*entity.tags, *handed_on.values())]


def _complete(types: Types, tag: Json) -> Json:
    """Return a tag with all attributes that its type has by now."""
    known = types.attributes("CLASSIFICATION", tag["typeName"])
    held = tag.get("attributes", {})
    return {**tag, "attributes": {**dict.fromkeys(known), **held}} if known else tag


def _meanings(db: sqlite3.Connection, types: Types, entity: Entity) -> list[Json]:
    end = entities.type_of(types, entity).relations.get("meanings")
    if end is None:
        return []
    return [
        {"termGuid": term.guid, "relationGuid": one.guid, "displayText": term.name, "confidence": 0}
        for one in relationships.active_at(db, entity.guid, end)
        if (term := entities.by_guid(db, one.other(entity.guid)))
    ]
