"""Stores entities in SQLite and finds them by guid or by type and qualifiedName."""

from __future__ import annotations

import copy
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import orjson

from importer.sandbox.atlan.types import EntityType, entity_type, subtypes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

COLUMNS = "guid, type, status, qualified_name, name, glossary, parent, created, updated, body"
ACTIVE, DELETED = "ACTIVE", "DELETED"


def now() -> int:
    """Return the time in milliseconds since 1970, as the API writes times."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Entity:
    """A stored entity.

    `glossary` and `parent` serve the search only: the qualifiedNames of the glossary of a term or
    category, and of the parent of a category. `created` and `updated` are milliseconds since 1970.
    """

    type_name: str
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = ACTIVE
    attributes: dict[str, Any] = field(default_factory=dict)
    tags: list[dict[str, Any]] = field(default_factory=list)
    custom_metadata: dict[str, dict[str, Any]] = field(default_factory=dict)
    custom_attributes: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    glossary: str | None = None
    parent: str | None = None
    created: int = field(default_factory=now)
    updated: int = field(default_factory=now)

    @property
    def type(self) -> EntityType:
        """The type with its attributes and relations; raises LookupError if it is unknown."""
        known = entity_type(self.type_name)
        if known is None:
            raise LookupError(f"The database holds an entity of the unknown type {self.type_name}.")
        return known

    @property
    def qualified_name(self) -> str:
        """The name that is unique among entities of this type."""
        return str(self.attributes.get("qualifiedName", ""))

    @property
    def name(self) -> str:
        """The name that people see."""
        return str(self.attributes.get("name", ""))

    def copy(self) -> Self:
        """Return an independent copy."""
        return copy.deepcopy(self)


def by_guid(db: sqlite3.Connection, guid: str) -> Entity | None:
    """Return the entity with this guid, archived ones too."""
    return _one(db, "guid = ?", (guid,))


def by_key(db: sqlite3.Connection, type_name: str, qualified_name: str) -> Entity | None:
    """Return the entity of this type, else of a subtype, with exactly this qualifiedName."""
    for name in (type_name, *subtypes(type_name)):
        found = _one(
            db,
            "type = ? AND qualified_name = ? ORDER BY status = 'ACTIVE' DESC",
            (name, qualified_name),
        )
        if found:
            return found
    return None


def exists(db: sqlite3.Connection, guid: str) -> bool:
    """Return whether an entity has this guid."""
    return db.execute("SELECT 1 FROM entity WHERE guid = ?", (guid,)).fetchone() is not None


def select(db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> list[Entity]:
    """Return the entities that fulfil an SQL condition (which may go on with an ORDER BY)."""
    query = f"SELECT {COLUMNS} FROM entity WHERE {condition}"  # noqa: S608 - conditions are ours
    return [_entity(row) for row in db.execute(query, values)]


def write(db: sqlite3.Connection, entity: Entity) -> None:
    """Insert the entity, or replace what is stored under its guid."""
    db.execute(
        "INSERT INTO entity (guid, type, status, qualified_name, folded_qualified_name, name,"
        " folded_name, glossary, parent, created, updated, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (guid) DO UPDATE SET status = excluded.status,"
        " qualified_name = excluded.qualified_name,"
        " folded_qualified_name = excluded.folded_qualified_name, name = excluded.name,"
        " folded_name = excluded.folded_name, glossary = excluded.glossary,"
        " parent = excluded.parent, updated = excluded.updated, body = excluded.body",
        _row(entity),
    )


def touch(db: sqlite3.Connection, guid: str) -> None:
    """Set the time of the last change to now."""
    db.execute("UPDATE entity SET updated = ? WHERE guid = ?", (now(), guid))


def remove(db: sqlite3.Connection, guid: str) -> None:
    """Remove the entity and every relation it has."""
    db.execute("DELETE FROM entity WHERE guid = ?", (guid,))
    partners = db.execute("SELECT target FROM relation WHERE source = ?", (guid,)).fetchall()
    db.execute("DELETE FROM relation WHERE source = ?", (guid,))
    for (partner,) in partners:
        db.execute("DELETE FROM relation WHERE source = ? AND target = ?", (partner, guid))
    db.execute("DELETE FROM past_relation WHERE source = ? OR target = ?", (guid, guid))


def _one(db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> Entity | None:
    found = select(db, condition + " LIMIT 1", values)
    return found[0] if found else None


def _entity(row: tuple[Any, ...]) -> Entity:
    guid, type_name, status, _, _, glossary, parent, created, updated, body = row
    held = orjson.loads(body)
    return Entity(
        type_name,
        guid,
        status,
        held["attributes"],
        held["tags"],
        held["custom_metadata"],
        held["custom_attributes"],
        held["labels"],
        glossary,
        parent,
        created,
        updated,
    )


def _row(entity: Entity) -> tuple[Any, ...]:
    body = {
        "attributes": entity.attributes,
        "tags": entity.tags,
        "custom_metadata": entity.custom_metadata,
        "custom_attributes": entity.custom_attributes,
        "labels": entity.labels,
    }
    return (
        entity.guid,
        entity.type_name,
        entity.status,
        entity.qualified_name,
        entity.qualified_name.casefold(),
        entity.name,
        entity.name.casefold(),
        entity.glossary,
        entity.parent,
        entity.created,
        entity.updated,
        orjson.dumps(body).decode(),
    )
