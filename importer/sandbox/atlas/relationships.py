"""Stores relationships in SQLite: each is an object with a guid, two ends and a status."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import orjson
from msgspec import Struct, field

from importer.sandbox.entity_table import ACTIVE, DELETED, now

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from importer.sandbox.atlas.types import End

COLUMNS = "guid, type, first, second, status, created, updated, attributes"


class Relationship(Struct):
    """A stored relationship; `first` and `second` are the guids of its ends."""

    type_name: str
    first: str
    second: str
    attributes: dict[str, Any] = field(default_factory=dict)
    status: str = ACTIVE
    guid: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: int = field(default_factory=now)
    updated: int = field(default_factory=now)

    def other(self, guid: str) -> str:
        """Return the guid at the other end."""
        return self.second if guid == self.first else self.first


def by_guid(db: sqlite3.Connection, guid: str) -> Relationship | None:
    """Return the relationship with this guid, a removed one too."""
    return next(iter(_select(db, "guid = ?", (guid,))), None)


def at(db: sqlite3.Connection, guid: str, end: End) -> list[Relationship]:
    """Return the relationships of an entity at one of its ends, removed ones too, oldest first."""
    place = _place(end)
    return _select(db, f"type = :type AND {place}", {"type": end.relationship, "guid": guid})


def active_at(db: sqlite3.Connection, guid: str, end: End) -> list[Relationship]:
    """Return the same without those that were removed."""
    return [one for one in at(db, guid, end) if one.status == ACTIVE]


def shown(db: sqlite3.Connection, guid: str, end: End) -> Relationship | None:
    """Return the relationship that a single end shows: the newest, removed ones only if alone."""
    found = sorted(at(db, guid, end), key=lambda one: one.status == ACTIVE)
    return found[-1] if found else None


def of(db: sqlite3.Connection, guid: str) -> list[Relationship]:
    """Return all relationships of an entity, removed ones too."""
    return _select(db, "first = :guid OR second = :guid", {"guid": guid})


def between(db: sqlite3.Connection, guid: str, end: End, other: str) -> list[Relationship]:
    """Return the relationships between two entities, removed ones too."""
    return [one for one in at(db, guid, end) if one.other(guid) == other]


def made(guid: str, end: End, other: str, attributes: dict[str, Any]) -> Relationship:
    """Return a new relationship from `guid`, whose end is `end`, to `other`."""
    ends = (guid, other) if end.first or end.symmetric else (other, guid)
    return Relationship(end.relationship, *ends, attributes)


def write(db: sqlite3.Connection, one: Relationship) -> None:
    """Insert the relationship, or replace what is stored under its guid."""
    db.execute(
        f"INSERT INTO atlas_relationship ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
        " ON CONFLICT (guid) DO UPDATE SET status = excluded.status,"
        " updated = excluded.updated, attributes = excluded.attributes",
        (
            one.guid,
            one.type_name,
            one.first,
            one.second,
            one.status,
            one.created,
            one.updated,
            orjson.dumps(one.attributes).decode(),
        ),
    )


def end_it(db: sqlite3.Connection, one: Relationship) -> None:
    """Mark a relationship as removed; both ends go on to show it."""
    one.status, one.updated = DELETED, now()
    write(db, one)


def remove(db: sqlite3.Connection, one: Relationship) -> None:
    """Remove a relationship for good."""
    db.execute("DELETE FROM atlas_relationship WHERE guid = ?", (one.guid,))


def _place(end: End) -> str:
    if end.symmetric:
        return "(first = :guid OR second = :guid)"
    return "first = :guid" if end.first else "second = :guid"


def _select(
    db: sqlite3.Connection, condition: str, values: Sequence[str] | dict[str, str]
) -> list[Relationship]:
    query = f"SELECT {COLUMNS} FROM atlas_relationship WHERE {condition} ORDER BY id"  # noqa: S608
    found = []
    for guid, type_name, first, second, status, created, updated, attributes in db.execute(
        query, values
    ):
        details = orjson.loads(attributes)
        found.append(
            Relationship(type_name, first, second, details, status, guid, created, updated)
        )
    return found
