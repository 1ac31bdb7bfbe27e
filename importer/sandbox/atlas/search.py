"""Answers basic searches: all entities of a type, page by page. What else is asked is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities, views
from importer.sandbox.atlas.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.types import Types

MOST_RESULTS = 10_000
USUAL_LIMIT = 100
UNDERSTOOD = {
    "typeName",
    "excludeDeletedEntities",
    "includeSubTypes",
    "limit",
    "offset",
    "attributes",
}
NOTHING: tuple[Any, ...] = (None, "", False, [], {})
"""The values with which any other parameter may be there all the same."""


def search(db: sqlite3.Connection, types: Types, asked: Any) -> Json:
    """Answer a basic search; `entities` is absent where nothing fits. Raises Refused."""
    if not isinstance(asked, dict):
        raise Refused("bad_request", "Invalid search parameters")
    others = sorted(name for name in asked.keys() - UNDERSTOOD if asked[name] not in NOTHING)
    if others:
        raise Refused("bad_request", f"the sandbox does not search by {', '.join(others)}")
    type_names = _type_names(types, asked)
    where = f"type IN ({', '.join('?' * len(type_names))})"
    if asked.get("excludeDeletedEntities"):
        where += f" AND status = '{entities.ACTIVE}'"
    count = f"SELECT count(*) FROM atlas_entity WHERE {where}"  # noqa: S608 - of fixed parts
    total = db.execute(count, type_names).fetchone()[0]
    page = [_number(asked, "limit", USUAL_LIMIT), _number(asked, "offset", 0)]
    found = entities.select(db, f"{where} ORDER BY id LIMIT ? OFFSET ?", [*type_names, *page])
    shown = [views.header(db, types, one, asked.get("attributes") or ()) for one in found]
    return {
        "queryType": "BASIC",
        "searchParameters": {"limit": page[0], "offset": page[1], **asked},
        **({"entities": shown} if shown else {}),
        "approximateCount": total,
    }


def _type_names(types: Types, asked: Json) -> list[str]:
    name = asked.get("typeName")
    if not isinstance(name, str) or not name:
        raise Refused("bad_request", "the sandbox searches by typeName only")
    if types.entity(name) is None:
        raise Refused("unknown_search_type", name)
    below = types.subtypes(name) if asked.get("includeSubTypes", True) else ()
    return [name, *below]


def _number(asked: Json, name: str, usual: int) -> int:
    value = asked.get(name)
    if value is None or value == 0:
        return usual
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("bad_request", f"{name} is no whole number")
    return value
