"""The tags of a tenant and the assets they are bound to (trebellar-api 1.3, assets)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from importer.sandbox.trebellar import assets
from importer.sandbox.trebellar.shapes import TYPES, Json, Refused

if TYPE_CHECKING:
    import sqlite3

TEXTS = ("id", "name", "description")
"""The fields that a tag must have, beside the types of asset it is for."""


def listed(db: sqlite3.Connection, asset_types: str | None) -> Json:
    """Return all tags, or those for one of the types, which are separated by commas."""
    asked = set(asset_types.split(",")) if asset_types else None
    tags = [orjson.loads(body) for (body,) in db.execute("SELECT body FROM asset_tag")]
    return {"data": [tag for tag in tags if asked is None or asked & set(tag["assetTypes"])]}


def add(db: sqlite3.Connection, body: Any) -> Json:
    """Add a tag, with the id that it is sent with. Raises Refused."""
    tag = body.get("assetTag") if isinstance(body, dict) else None
    if not isinstance(tag, dict) or not all(isinstance(tag.get(name), str) for name in TEXTS):
        raise Refused(f"assetTag must have the texts {', '.join(TEXTS)}")
    types = tag.get("assetTypes")
    if not isinstance(types, list) or not all(one in TYPES for one in types):
        raise Refused(f"assetTypes does not take {types!r}")
    if _known(db, tag["id"]):
        raise Refused(f"there is a tag {tag['id']}")
    whole = {"color": "", "icon": "", "category": "", **tag}
    db.execute("INSERT INTO asset_tag VALUES (?, ?)", (tag["id"], orjson.dumps(whole).decode()))
    return {"data": whole}


def bind(db: sqlite3.Connection, body: Any, *, bound: bool) -> Json:
    """Bind tags to an asset, or take them from it. Raises Refused for an unknown asset or tag."""
    asset_id, ids = (
        (body.get("assetId"), body.get("assetTagIds")) if isinstance(body, dict) else (0, 0)
    )
    if not isinstance(asset_id, str) or not isinstance(ids, list):
        raise Refused("assetId and the list assetTagIds are needed")
    asset = assets.find(db, asset_id)
    for one in ids:
        if not _known(db, str(one)):
            raise Refused(f"there is no tag {one}", 404)
    held = [one for one in asset.body.get("assetTags", []) if one not in ids]
    assets.keep(db, asset, {**asset.body, "assetTags": held + (ids if bound else [])})
    return {"data": {}}


def _known(db: sqlite3.Connection, tag: str) -> bool:
    return db.execute("SELECT 1 FROM asset_tag WHERE id = ?", (tag,)).fetchone() is not None
