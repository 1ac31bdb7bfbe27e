"""The entities of Atlan's tenant, and where they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.atlan.types import EntityType, entity_type, subtypes
from importer.sandbox.entity_table import ACTIVE, DELETED, EntityTable, StoredEntity, now

if TYPE_CHECKING:
    import sqlite3

__all__ = [
    "ACTIVE",
    "DELETED",
    "Entity",
    "by_guid",
    "by_key",
    "now",
    "remove",
    "select",
    "touch",
    "write",
]


class Entity(StoredEntity):
    """A stored entity.

    `glossary` and `parent` serve the search only: the qualifiedNames of the glossary of a term or
    category, and of the parent of a category.
    """

    glossary: str | None = None
    parent: str | None = None

    @property
    def type(self) -> EntityType:
        """The type with its attributes and relations; raises LookupError if it is unknown."""
        known = entity_type(self.type_name)
        if known is None:
            raise LookupError(f"The database holds an entity of the unknown type {self.type_name}.")
        return known


TABLE = EntityTable("entity", Entity, ("glossary", "parent"))
by_guid, select, write, touch = TABLE.by_guid, TABLE.select, TABLE.write, TABLE.touch


def by_key(db: sqlite3.Connection, type_name: str, qualified_name: str) -> Entity | None:
    """Return the entity of this type, else of a subtype, with exactly this qualifiedName."""
    return TABLE.by_key(db, (type_name, *subtypes(type_name)), qualified_name)


def remove(db: sqlite3.Connection, guid: str) -> None:
    """Remove the entity and every relation it has."""
    TABLE.remove(db, guid)
    partners = db.execute("SELECT target FROM relation WHERE source = ?", (guid,)).fetchall()
    db.execute("DELETE FROM relation WHERE source = ?", (guid,))
    for (partner,) in partners:
        db.execute("DELETE FROM relation WHERE source = ? AND target = ?", (partner, guid))
    db.execute("DELETE FROM past_relation WHERE source = ? OR target = ?", (guid, guid))
