"""Deletes entities (Atlas 2.1, DeleteHandlerV1): assets softly, internal types for good.

`deleteType` is ignored. What an entity owns is deleted with it. An answer names what was deleted,
as it was before, and none of those that lost a relation by it (tried on 2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlas import entities, relationships
from importer.sandbox.atlas.headers import short_header

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.entities import Entity
    from importer.sandbox.atlas.types import Types


def delete(db: sqlite3.Connection, types: Types, named: list[Entity]) -> Json:
    """Delete entities, passing over those deleted already."""
    gone = _with_owned(db, types, [one for one in named if one.status == entities.ACTIVE])
    headers = [short_header(db, types, entity) for entity in gone]
    for entity in gone:
        entity.status, entity.updated = entities.DELETED, entities.now()
        _carry_out(db, entity, for_good=entities.type_of(types, entity).internal)
    return {"mutatedEntities": {"DELETE": headers}} if headers else {}


def _carry_out(db: sqlite3.Connection, entity: Entity, *, for_good: bool) -> None:
    """Delete an entity; softly, relations that lead from it stay active (`hive_table.db`)."""
    for one in relationships.of(db, entity.guid):
        if for_good:
            relationships.remove(db, one)
        elif one.status == entities.ACTIVE and one.second == entity.guid:
            relationships.end_it(db, one)
    if for_good:
        entities.remove(db, entity.guid)
    else:
        entities.write(db, entity)


def _with_owned(db: sqlite3.Connection, types: Types, owners: list[Entity]) -> list[Entity]:
    found = {entity.guid: entity for entity in owners}
    waiting = list(owners)
    while waiting:
        owner = waiting.pop()
        for end in entities.type_of(types, owner).relations.values():
            for one in relationships.active_at(db, owner.guid, end) if end.owns else ():
                owned = entities.by_guid(db, one.other(owner.guid))
                if owned and owned.guid not in found and owned.status == entities.ACTIVE:
                    found[owned.guid] = owned
                    waiting.append(owned)
    return list(found.values())
