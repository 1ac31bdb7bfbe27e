"""Answers basic searches: all entities of a type, page by page. What else is asked is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas import entities
from importer.sandbox.atlas.catalogue import MOST
from importer.sandbox.atlas.headers import search_hit
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.values import java_text

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlas.catalogue import Json
    from importer.sandbox.atlas.types import Types

MOST_RESULTS = 10_000
USUAL_LIMIT = 100
USUAL: Json = {
    "excludeDeletedEntities": False,
    "includeClassificationAttributes": False,
    "includeSubClassifications": True,
    "includeSubTypes": True,
    "limit": 0,
    "offset": 0,
}
"""The parameters that an answer repeats, with the values they have where they are not sent."""

UNDERSTOOD = {*USUAL, "typeName", "attributes"}
NOTHING: tuple[Any, ...] = (None, "", False, [], {})
"""The values with which any other parameter may be there all the same."""


def search(db: sqlite3.Connection, types: Types, sent: Json) -> Json:
    """Answer a basic search; `entities` is absent where nothing fits. Raises Crashed, Refused.

    The count is that of all entities of the type, whatever is left out (tried on 2.1).
    """
    asked = {**USUAL, **{name: value for name, value in sent.items() if value is not None}}
    others = sorted(name for name in asked.keys() - UNDERSTOOD if asked[name] not in NOTHING)
    if others:
        raise Refused("bad_request", f"the sandbox does not search by {', '.join(others)}")
    asked["limit"], asked["offset"] = limit, offset = _page(asked)
    type_names = _type_names(types, asked)
    of_type = f"type IN ({', '.join('?' * len(type_names))})"
    count = f"SELECT count(*) FROM atlas_entity WHERE {of_type}"  # noqa: S608 - of fixed parts
    total = db.execute(count, type_names).fetchone()[0]
    active = f" AND status = '{entities.ACTIVE}'" if asked["excludeDeletedEntities"] else ""
    where = f"{of_type}{active} ORDER BY id LIMIT ? OFFSET ?"
    found = entities.select(db, where, [*type_names, limit, offset])
    names = [java_text(name) for name in asked.get("attributes") or ()]
    shown = [search_hit(db, types, one, names) for one in found]
    return {
        "queryType": "BASIC",
        "searchParameters": asked,
        **({"entities": shown} if shown else {}),
        "approximateCount": total,
    }


def search_by_query(db: sqlite3.Connection, types: Types, query: dict[str, str]) -> Json:
    """Answer a search whose parameters are in the query, where flags are texts."""
    asked: Json = dict(query)
    if "excludeDeletedEntities" in query:
        asked["excludeDeletedEntities"] = query["excludeDeletedEntities"].lower() == "true"
    return search(db, types, asked)


def _page(asked: Json) -> tuple[int, int]:
    """Return limit and offset; no limit, or one that is too high, is the usual one."""
    try:
        limit, offset = int(asked["limit"]), int(asked["offset"])
    except (OverflowError, ValueError):
        raise Crashed("no number") from None
    if max(abs(limit), abs(offset)) >= MOST:
        raise Crashed("no such number")
    if limit < 0 or offset < 0:
        raise Refused("bad_request", "Limit/offset should be non-negative")
    return limit if 0 < limit <= MOST_RESULTS else USUAL_LIMIT, offset


def _type_names(types: Types, asked: Json) -> list[str]:
    name = asked.get("typeName")
    if not name:
        raise Refused("nothing_to_search")
    if types.entity(str(name)) is None:
        raise Refused("unknown_search_type", name)
    return [str(name), *(types.subtypes(name) if asked["includeSubTypes"] else ())]
