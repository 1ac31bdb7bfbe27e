"""Carries out the operations of a bulk request in their order, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.trebellar import assets
from importer.sandbox.trebellar.shapes import Json, Refused, checked_asset, checked_operation

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def carry_out(db: sqlite3.Connection, body: Any) -> Json:
    """Carry out a bulk request; return its operations with the ids made.

    A `get` only checks that the asset exists: the OpenAPI's answer has no place for the asset.
    Raises Refused; the caller must then roll the transaction back.
    """
    operations = body.get("operations") if isinstance(body, dict) else None
    if not isinstance(operations, list):
        raise Refused("operations must be a list")
    return {"success": True, "operations": [_one(db, operation) for operation in operations]}


def _one(db: sqlite3.Connection, sent: Any) -> Json:
    operation = checked_operation(sent)
    return {**operation, **_KINDS[operation["type"]](db, operation)}


def _add(db: sqlite3.Connection, operation: Json) -> Json:
    return {"asset": assets.add(db, checked_asset(operation["asset"]))}


def _update(db: sqlite3.Connection, operation: Json) -> Json:
    return {"asset": assets.update(db, checked_asset(operation["asset"]))}


def _move(db: sqlite3.Connection, operation: Json) -> Json:
    assets.move(db, operation["id"], operation["newParentId"])
    return {}


def _delete(db: sqlite3.Connection, operation: Json) -> Json:
    assets.delete(db, operation["id"])
    return {}


def _get(db: sqlite3.Connection, operation: Json) -> Json:
    assets.find(db, operation["id"])
    return {}


_KINDS: dict[str, Callable[[sqlite3.Connection, Json], Json]] = {
    "add": _add,
    "update": _update,
    "move": _move,
    "delete": _delete,
    "get": _get,
}
