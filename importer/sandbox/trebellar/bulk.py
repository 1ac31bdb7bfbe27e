"""A list of operations in, all carried out in their order, or none; the same list with ids out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.trebellar import assets
from importer.sandbox.trebellar.shapes import Json, Refused, checked_asset, checked_operation

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def carry_out(db: sqlite3.Connection, body: Any) -> Json:
    """Carry out a bulk request; the assets of the answer have the ids they were given.

    A `get` only asks whether the asset is there: the vendor's answer has no place for it.
    Raises Refused, after which the transaction must be rolled back.
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
