"""The tags of a tenant and the assets they are bound to (trebellar-api 1.3, assets)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from importer.sandbox.trebellar import assets
from importer.sandbox.trebellar.shapes import TYPES, Json, Refused

if TYPE_CHECKING:
    import sqlite3

TEXTS = ("id", "name", "description")
"""The fields that a new tag must have, beside the types of asset it is for."""

MORE = ("color", "icon", "category", "metadata")
"""The texts that it may have."""


def listed(db: sqlite3.Connection, asset_types: str | None) -> Json:
    """Return all tags, or those for one of the types, which are separated by commas."""
    asked = set(asset_types.split(",")) if asset_types else None
    tags = [orjson.loads(body) for (body,) in db.execute("SELECT body FROM asset_tag")]
    return {"data": [tag for tag in tags if asked is None or asked & set(tag["assetTypes"])]}


def add(db: sqlite3.Connection, body: Any) -> Json:
    """Add a tag, with the id that it is sent with. Raises Refused."""
    tag = _sent(body, (*TEXTS, "assetTypes"))
    if find(db, tag["id"]):
        raise Refused(f"there is a tag {tag['id']}")
    return _keep(db, {"color": "", "icon": "", "category": "", **tag})


def update(db: sqlite3.Connection, body: Any) -> Json:
    """Change what is sent of a tag. Raises Refused."""
    tag = _sent(body, ("id",))
    return _keep(db, {**_known(db, tag["id"]), **tag})


def remove(db: sqlite3.Connection, tag_id: str) -> Json:
    """Delete a tag, take it from all assets and return it. Raises Refused for an unknown one."""
    tag = _known(db, tag_id)
    for asset in assets.tagged(db, tag_id):
        kept = [one for one in asset.body["assetTags"] if one != tag_id]
        assets.keep(db, asset, {**asset.body, "assetTags": kept})
    db.execute("DELETE FROM asset_tag WHERE id = ?", (tag_id,))
    return {"data": tag}


def _sent(body: Any, required: tuple[str, ...]) -> Json:
    """Return the tag in a body. Raises Refused for one that lacks a field, or has a wrong one."""
    tag = body.get("assetTag") if isinstance(body, dict) else None
    if not isinstance(tag, dict) or any(tag.get(name) is None for name in required):
        raise Refused(f"assetTag must have {', '.join(required)}")
    given = {name: value for name, value in tag.items() if value is not None}
    for name in (*TEXTS, *MORE):
        if not isinstance(given.get(name, ""), str):
            raise Refused(f"{name} does not take {given[name]!r}")
    types = given.get("assetTypes", [])
    if not isinstance(types, list) or not all(one in TYPES for one in types):
        raise Refused(f"assetTypes does not take {types!r}")
    return given


def _keep(db: sqlite3.Connection, tag: Json) -> Json:
    db.execute(
        "INSERT INTO asset_tag VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        (tag["id"], orjson.dumps(tag).decode()),
    )
    return {"data": tag}


def bind(db: sqlite3.Connection, body: Any, *, bound: bool) -> Json:
    """Bind tags to an asset, or take them from it. Raises Refused for an unknown asset or tag."""
    asset_id, ids = (
        (body.get("assetId"), body.get("assetTagIds")) if isinstance(body, dict) else (0, 0)
    )
    if not isinstance(asset_id, str) or not isinstance(ids, list):
        raise Refused("assetId and the list assetTagIds are needed")
    asset = assets.find(db, asset_id)
    for one in ids:
        _known(db, str(one))
    held = [one for one in asset.body.get("assetTags", []) if one not in ids]
    assets.keep(db, asset, {**asset.body, "assetTags": held + (ids if bound else [])})
    return {"data": {}}


def find(db: sqlite3.Connection, tag_id: str) -> Json | None:
    """Return the tag with this id, None for an unknown one."""
    row = db.execute("SELECT body FROM asset_tag WHERE id = ?", (tag_id,)).fetchone()
    return orjson.loads(row[0]) if row else None


def _known(db: sqlite3.Connection, tag_id: str) -> Json:
    tag = find(db, tag_id)
    if tag is None:
        raise Refused(f"there is no tag {tag_id}", 404)
    return tag
