"""Stores relations in SQLite, each in two rows: as seen from either end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlan.types import End


def targets(db: sqlite3.Connection, source: str, attribute: str) -> dict[str, Any]:
    """Return guid -> details of the entities at `attribute` of `source`, oldest first."""
    rows = db.execute(
        "SELECT target, details FROM relation WHERE source = ? AND attribute = ? ORDER BY id",
        (source, attribute),
    )
    return {target: orjson.loads(details) if details else None for target, details in rows}


def active_targets(db: sqlite3.Connection, source: str, attribute: str) -> dict[str, Any]:
    """Return the same without archived entities."""
    rows = db.execute(
        "SELECT target, details FROM relation JOIN entity ON entity.guid = relation.target"
        " WHERE source = ? AND attribute = ? AND status = 'ACTIVE' ORDER BY relation.id",
        (source, attribute),
    )
    return {target: orjson.loads(details) if details else None for target, details in rows}


def all_targets(db: sqlite3.Connection, source: str) -> list[tuple[str, str]]:
    """Return every relation of `source`, oldest first, as (attribute, guid)."""
    rows = db.execute(
        "SELECT attribute, target FROM relation WHERE source = ? ORDER BY id", (source,)
    )
    return list(rows)


def may_remove(db: sqlite3.Connection, source: str, end: End, target: str) -> bool:
    """Return whether `source` may remove a relation by name: of a symmetric one only its maker.

    Seen on atlas-metastore: from the other end the request is answered and nothing is removed.
    """
    if end.attribute != end.inverse:
        return True
    made = "SELECT id FROM relation WHERE source = ? AND attribute = ? AND target = ?"
    [own] = db.execute(made, (source, end.attribute, target)).fetchone()
    [others] = db.execute(made, (target, end.inverse, source)).fetchone()
    return bool(own < others)


def join(db: sqlite3.Connection, source: str, end: End, target: str, details: Any) -> set[str]:
    """Relate two entities; return the guids of all entities changed by it.

    An end that takes a single entity gives up the one it had. Raises Refused for an entity that
    would be related to itself.
    """
    if source == target:
        raise Refused("self_relation", source)
    changed = {source, target}
    if not end.many:
        changed |= _give_up(db, source, end.attribute, end.inverse, keep=target)
    if not end.inverse_many:
        changed |= _give_up(db, target, end.inverse, end.attribute, keep=source)
    stored = orjson.dumps(details).decode() if details else None
    _insert(db, source, end.attribute, target, stored)
    _insert(db, target, end.inverse, source, stored)
    return changed


def past(db: sqlite3.Connection, source: str) -> dict[str, list[tuple[str, Any]]]:
    """Return attribute -> (guid, details) of each relation that was removed, the newest first."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for attribute, target, details in db.execute(
        "SELECT attribute, target, details FROM past_relation WHERE source = ? ORDER BY id DESC",
        (source,),
    ):
        kept = orjson.loads(details) if details else None
        found.setdefault(attribute, []).append((target, kept))
    return found


def separate(db: sqlite3.Connection, source: str, end: End, target: str) -> set[str]:
    """Remove a relation; return the guids of both ends."""
    _remove(db, source, end.attribute, target)
    _remove(db, target, end.inverse, source)
    return {source, target}


def _give_up(
    db: sqlite3.Connection, source: str, attribute: str, inverse: str, *, keep: str
) -> set[str]:
    gone = set(targets(db, source, attribute)) - {keep}
    for other in gone:
        _remove(db, source, attribute, other)
        _remove(db, other, inverse, source)
    return gone


def _remove(db: sqlite3.Connection, source: str, attribute: str, target: str) -> None:
    """Move one end of a relation to the past ones: an entity goes on to show them."""
    where = "FROM relation WHERE source = ? AND attribute = ? AND target = ?"
    db.execute(
        "INSERT INTO past_relation (source, attribute, target, details)"
        f" SELECT source, attribute, target, details {where}",
        (source, attribute, target),
    )
    db.execute(f"DELETE {where}", (source, attribute, target))


def _insert(
    db: sqlite3.Connection, source: str, attribute: str, target: str, details: str | None
) -> None:
    db.execute(
        "INSERT INTO relation (source, attribute, target, details) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source, attribute, target) DO UPDATE SET details = excluded.details",
        (source, attribute, target, details),
    )
