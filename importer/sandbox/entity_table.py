"""Stores entities in SQLite and finds them by guid or by type and qualifiedName.

Each system of the sandbox that speaks of entities has a table of its own.
"""

from __future__ import annotations

import copy
import time
import uuid
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import orjson
from msgspec import Struct, field

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

ACTIVE, DELETED = "ACTIVE", "DELETED"
IN_BODY = ("attributes", "tags", "custom_metadata", "custom_attributes", "labels")


def now() -> int:
    """Return the time in milliseconds since 1970, as these APIs write times."""
    return time.time_ns() // 1_000_000


class StoredEntity(Struct):
    """A stored entity; `created` and `updated` are milliseconds since 1970."""

    type_name: str
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = ACTIVE
    attributes: dict[str, Any] = field(default_factory=dict)
    tags: list[dict[str, Any]] = field(default_factory=list)
    custom_metadata: dict[str, dict[str, Any]] = field(default_factory=dict)
    custom_attributes: dict[str, Any] | None = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    created: int = field(default_factory=now)
    updated: int = field(default_factory=now)

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


E = TypeVar("E", bound=StoredEntity)


class EntityTable(Generic[E]):
    """The entities of one system; `fields` of theirs have columns of the same name."""

    def __init__(self, name: str, kind: type[E], fields: Sequence[str] = ()) -> None:
        self._name = name
        self._kind = kind
        self._read = ("guid", "type", "status", "created", "updated", "body", *fields)
        self._fields = tuple(fields)
        names = ("qualified_name", "folded_qualified_name", "name", "folded_name")
        columns = (*self._read, *names)
        kept = ("guid", "type", "created")
        changes = ", ".join(f"{one} = excluded.{one}" for one in columns if one not in kept)
        self._write = (
            f"INSERT INTO {name} ({', '.join(columns)})"  # noqa: S608 - names are ours
            f" VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (guid) DO UPDATE SET {changes}"
        )

    def by_guid(self, db: sqlite3.Connection, guid: str) -> E | None:
        """Return the entity with this guid, archived ones too."""
        return self._one(db, "guid = ?", (guid,))

    def by_key(
        self, db: sqlite3.Connection, type_names: Iterable[str], qualified_name: str
    ) -> E | None:
        """Return the entity of the first of these types with exactly this qualifiedName.

        One that is active goes before those that are not.
        """
        wanted = "type = ? AND qualified_name = ? ORDER BY status = 'ACTIVE' DESC"
        for name in type_names:
            found = self._one(db, wanted, (name, qualified_name))
            if found:
                return found
        return None

    def select(self, db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> list[E]:
        """Return the entities that fulfil an SQL condition (which may go on with an ORDER BY)."""
        query = f"SELECT {', '.join(self._read)} FROM {self._name} WHERE {condition}"  # noqa: S608
        return [self._entity(row) for row in db.execute(query, values)]

    def write(self, db: sqlite3.Connection, entity: E) -> None:
        """Insert the entity, or replace what is stored under its guid."""
        db.execute(
            self._write,
            (
                entity.guid,
                entity.type_name,
                entity.status,
                entity.created,
                entity.updated,
                orjson.dumps({name: getattr(entity, name) for name in IN_BODY}).decode(),
                *(getattr(entity, name) for name in self._fields),
                entity.qualified_name,
                entity.qualified_name.casefold(),
                entity.name,
                entity.name.casefold(),
            ),
        )

    def touch(self, db: sqlite3.Connection, guid: str) -> None:
        """Set the time of the last change to now."""
        change = f"UPDATE {self._name} SET updated = ? WHERE guid = ?"  # noqa: S608
        db.execute(change, (now(), guid))

    def remove(self, db: sqlite3.Connection, guid: str) -> None:
        """Remove the entity; its relations are another table's."""
        db.execute(f"DELETE FROM {self._name} WHERE guid = ?", (guid,))  # noqa: S608

    def _one(self, db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> E | None:
        found = self.select(db, condition + " LIMIT 1", values)
        return found[0] if found else None

    def _entity(self, row: tuple[Any, ...]) -> E:
        guid, type_name, status, created, updated, body, *fields = row
        return self._kind(
            type_name=type_name,
            guid=guid,
            status=status,
            created=created,
            updated=updated,
            **orjson.loads(body),
            **dict(zip(self._fields, fields, strict=True)),
        )
