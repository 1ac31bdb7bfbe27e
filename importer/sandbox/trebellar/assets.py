"""Stores assets in SQLite as a tree and refuses what would break it.

The rules, where Trebellar's OpenAPI leaves them open: the server makes every id; a STRUCTURE is a
root and nothing else is; FLOOR is under STRUCTURE, SPACE under FLOOR, DESK under FLOOR or SPACE,
SENSOR_GROUP and OTHER under any of these, SENSOR under any of these or a SENSOR_GROUP. An
externalId is unique among existing assets; labels need not be. An asset is named by its id or by
`eid:<externalId>` (trebellar-api 1.3).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import orjson
from msgspec import Struct

from importer.sandbox.trebellar.shapes import Json, Refused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PLACES = ("STRUCTURE", "FLOOR", "SPACE", "DESK")
PARENTS: dict[str, tuple[str, ...]] = {
    "STRUCTURE": (),
    "FLOOR": ("STRUCTURE",),
    "SPACE": ("FLOOR",),
    "DESK": ("FLOOR", "SPACE"),
    "SENSOR_GROUP": _PLACES,
    "SENSOR": (*_PLACES, "SENSOR_GROUP"),
    "OTHER": _PLACES,
}
PLACED = ("id", "parentId", "children")


class Asset(Struct, frozen=True):
    """A stored asset; `body` is what was sent, without id, parent and children."""

    id: str
    type: str
    parent_id: str | None
    body: Json


def find(db: sqlite3.Connection, name: str) -> Asset:
    """Return the asset with an id or `eid:<externalId>`. Raises Refused with 404 if none has it."""
    column, value = ("external_id", name[4:]) if name.startswith("eid:") else ("id", name)
    found = _select(db, f"{column} = ?", (value,))
    if not found:
        raise Refused(f"there is no asset {name}", 404)
    return found[0]


def tagged(db: sqlite3.Connection, tag_id: str) -> list[Asset]:
    """Return the assets that a tag is bound to."""
    held = "EXISTS (SELECT 1 FROM json_each(body, '$.assetTags') WHERE value = ?)"
    return _select(db, held, (tag_id,))


def add(db: sqlite3.Connection, asset: Json, parent: Asset | None = None) -> Json:
    """Add an asset with everything nested in it; return it with the ids made. Raises Refused."""
    if "id" in asset:
        raise Refused("ids are given by the server")
    if parent is not None and "parentId" in asset:
        raise Refused("a nested asset must not name a parent")
    if "parentId" in asset:
        parent = find(db, asset["parentId"])
    _check_parent(asset["type"], parent)
    _check_external_id(db, asset, None)
    stored = Asset(str(uuid.uuid4()), asset["type"], parent.id if parent else None, _body(asset))
    _insert(db, stored)
    children = [add(db, child, stored) for child in asset.get("children", [])]
    placed = {"id": stored.id, **({"parentId": parent.id} if parent else {})}
    return {**asset, **placed, **({"children": children} if "children" in asset else {})}


def update(db: sqlite3.Connection, asset: Json) -> Json:
    """Replace an asset by what is sent; type, place and children stay. Raises Refused."""
    if "id" not in asset:
        raise Refused("an update needs the id of its asset")
    before = find(db, asset["id"])
    if asset["type"] != before.type:
        raise Refused(f"{before.id} is a {before.type}, its type cannot change")
    if "parentId" in asset and find(db, asset["parentId"]).id != before.parent_id:
        raise Refused("an update cannot change the parent, a move can")
    if asset.get("children"):
        raise Refused("an update cannot carry children")
    _check_external_id(db, asset, before.id)
    keep(db, before, _body(asset))
    return {**asset, "id": before.id}


def keep(db: sqlite3.Connection, asset: Asset, body: Json) -> None:
    """Store another body for an asset."""
    db.execute(
        "UPDATE asset SET external_id = ?, body = ? WHERE id = ?",
        (_external_id(body), orjson.dumps(body).decode(), asset.id),
    )


def move(db: sqlite3.Connection, name: str, parent_name: str) -> None:
    """Put an asset, with all that is under it, under another parent. Raises Refused.

    A cycle is impossible: no type may be under its own, in any number of steps.
    """
    asset, parent = find(db, name), find(db, parent_name)
    _check_parent(asset.type, parent)
    db.execute("UPDATE asset SET parent_id = ? WHERE id = ?", (parent.id, asset.id))


def delete(db: sqlite3.Connection, name: str) -> None:
    """Remove an asset. Raises Refused if it has children."""
    asset = find(db, name)
    if _select(db, "parent_id = ? LIMIT 1", (asset.id,)):
        raise Refused(f"{name} has children")
    db.execute("DELETE FROM asset WHERE id = ?", (asset.id,))


def tree(db: sqlite3.Connection, asset: Asset) -> Json:
    """Return an asset with everything under it, as the API shows it."""
    return _nested(asset, path(db, asset), lambda parent: _select(db, "parent_id = ?", (parent,)))


def trees(db: sqlite3.Connection, type_name: str) -> Iterator[bytes]:
    """Yield the JSON of all assets of a type in the order they were added, as it is put together.

    Each has everything under it; there may be a million of them.
    """
    named = "SELECT DISTINCT parent_id FROM asset WHERE parent_id IS NOT NULL"
    parents = {name for (name,) in db.execute(named)}

    def below(parent: str) -> Iterable[Asset]:
        return _each(db, "parent_id = ?", (parent,)) if parent in parents else ()

    yield b"["
    for number, root in enumerate(_each(db, "type = ?", (type_name,))):
        yield from _text(root, path(db, root), below, first=not number)
    yield b"]"


def path(db: sqlite3.Connection, asset: Asset) -> list[str]:
    """Return the ids of all assets above an asset, the root first."""
    above: list[str] = []
    while asset.parent_id is not None:
        asset = find(db, asset.parent_id)
        above.insert(0, asset.id)
    return above


def _nested(asset: Asset, above: list[str], children: Callable[[str], list[Asset]]) -> Json:
    below = [_nested(child, [*above, asset.id], children) for child in children(asset.id)]
    return {**_shown(asset, above), "children": below}


def _shown(asset: Asset, above: list[str]) -> Json:
    """Return an asset as the API shows it, without what is under it."""
    parent = {"parentId": asset.parent_id} if asset.parent_id else {}
    return {**asset.body, "id": asset.id, **parent, "parentIdPath": above}


def _text(
    asset: Asset, above: list[str], below: Callable[[str], Iterable[Asset]], *, first: bool
) -> Iterator[bytes]:
    """Yield the JSON of an asset with everything under it, behind a comma unless `first`."""
    own = orjson.dumps({**_shown(asset, above), "children": []})
    yield own[:-2] if first else b"," + own[:-2]
    for number, child in enumerate(below(asset.id)):
        yield from _text(child, [*above, asset.id], below, first=not number)
    yield b"]}"


def _check_parent(type_name: str, parent: Asset | None) -> None:
    allowed = PARENTS[type_name]
    if parent is None and allowed:
        raise Refused(f"a {type_name} needs a parent")
    if parent is not None and parent.type not in allowed:
        raise Refused(f"a {type_name} cannot be under a {parent.type}")


def _check_external_id(db: sqlite3.Connection, asset: Json, own_id: str | None) -> None:
    external_id = _external_id(asset)
    if external_id is None:
        return
    if _select(db, "external_id = ? AND id IS NOT ?", (external_id, own_id)):
        raise Refused(f"there is an asset with the externalId {external_id}")


def _external_id(asset: Json) -> str | None:
    external_id: str | None = asset["staticProperties"].get("externalId")
    return external_id


def _body(asset: Json) -> Json:
    return {key: value for key, value in asset.items() if key not in PLACED}


def _insert(db: sqlite3.Connection, asset: Asset) -> None:
    db.execute(
        "INSERT INTO asset (id, type, external_id, parent_id, body) VALUES (?, ?, ?, ?, ?)",
        (
            asset.id,
            asset.type,
            _external_id(asset.body),
            asset.parent_id,
            orjson.dumps(asset.body).decode(),
        ),
    )


def _select(db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> list[Asset]:
    return list(_each(db, condition, values))


def _each(db: sqlite3.Connection, condition: str, values: Sequence[Any]) -> Iterator[Asset]:
    order = "" if "LIMIT" in condition else " ORDER BY number"
    rows = db.execute(
        f"SELECT id, type, parent_id, body FROM asset WHERE {condition}{order}",  # noqa: S608
        values,
    )
    return (Asset(name, kind, above, orjson.loads(body)) for name, kind, above, body in rows)
