"""The entities of the Apache Atlas server, and where they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.refusals import Refused
from importer.sandbox.entity_table import ACTIVE, DELETED, EntityTable, StoredEntity, now

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.types import EntityType, Types

__all__ = ["ACTIVE", "DELETED", "Entity", "by_guid", "by_key", "known", "now", "select", "write"]


class Entity(StoredEntity):
    """A stored entity; it shows free attributes once it was given some, even none at all."""

    custom_attributes: dict[str, Any] | None = None


TABLE = EntityTable("atlas_entity", Entity)
by_guid, select, write, touch, remove = (
    TABLE.by_guid,
    TABLE.select,
    TABLE.write,
    TABLE.touch,
    TABLE.remove,
)


def by_key(
    db: sqlite3.Connection, types: Types, type_name: str, qualified_name: str
) -> Entity | None:
    """Return the active entity of this type, else of a subtype, with exactly this qualifiedName."""
    found = TABLE.by_key(db, (type_name, *types.subtypes(type_name)), qualified_name)
    return found if found and found.status == ACTIVE else None


def is_there(db: sqlite3.Connection, type_name: str, qualified_name: str) -> bool:
    """Return whether an entity of exactly this type has this qualifiedName, even a deleted one."""
    return TABLE.by_key(db, (type_name,), qualified_name) is not None


def known(db: sqlite3.Connection, guid: str) -> Entity:
    """Return the entity with this guid. Raises Refused."""
    entity = by_guid(db, guid)
    if entity is None:
        raise Refused("unknown_guid", guid)
    return entity


def type_of(types: Types, entity: Entity) -> EntityType:
    """Return the type of a stored entity; raises LookupError if it is unknown."""
    found = types.entity(entity.type_name)
    if found is None:
        raise LookupError(f"The database holds an entity of the unknown type {entity.type_name}.")
    return found
