"""The users and groups of the sandbox's tenant (pyatlan 11.6, UserClient and GroupClient).

`filter` is an object of conditions on texts, all of which must hold: a text, `{"$in": [...]}` or
`{"$ilike": "%part%"}`. Any other filter, and any order but by a text, is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from importer.sandbox.atlan.catalogue import internal_name
from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    Json = dict[str, Any]

USERS: list[Json] = [
    {
        "id": internal_name("user", username),
        "username": username,
        "email": f"{username}@example.org",
        "firstName": username.capitalize(),
        "lastName": "Sandbox",
        "enabled": True,
        "emailVerified": True,
        "attributes": {},
        "workspaceRole": "$member",
    }
    for username in ("ann", "ben", "chris")
]
GROUPS: list[Json] = [
    {
        "id": internal_name("group", name),
        "name": name,
        "alias": alias,
        "path": f"/{name}",
        "attributes": {"alias": [alias]},
        "userCount": len(USERS),
    }
    for name, alias in (("finance", "Finance"), ("data_stewards", "Data stewards"))
]


def page(records: list[Json], query: QueryParams) -> Json:
    """Return a page of the records that a query asks for. Raises Refused."""
    found = [one for one in records if _fits(one, _filter(query.get("filter")))]
    field = query.get("sort") or "id"
    name = field.removeprefix("-")
    if not all(isinstance(one.get(name), str) for one in records):
        raise Refused("invalid_parameters", f"sort by {field}")
    found.sort(key=lambda one: str(one[name]), reverse=field.startswith("-"))
    start, size = _number(query.get("offset"), 0), _number(query.get("limit"), 20)
    return {
        "totalRecord": len(records),
        "filterRecord": len(found),
        "records": found[start : start + size] or None,
    }


def _filter(text: str | None) -> Json:
    try:
        asked = orjson.loads(text) if text else {}
    except orjson.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict):
        raise Refused("invalid_parameters", f"the filter {text}")
    return asked


def _fits(record: Json, asked: Json) -> bool:
    return all(_holds(record.get(field), field, wanted) for field, wanted in asked.items())


def _holds(value: Any, field: str, wanted: Any) -> bool:
    match wanted:
        case str() if isinstance(value, str):
            return value == wanted
        case {"$in": list(listed), **rest} if isinstance(value, str) and not rest:
            return value in listed
        case {"$ilike": str(form), **rest} if isinstance(value, str) and not rest:
            pattern = re.escape(form).replace("%", ".*").replace("_", ".")
            return re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL) is not None
    raise Refused("invalid_parameters", f"the filter on {field}")


def _number(text: str | None, otherwise: int) -> int:
    if text and not text.isdigit():
        raise Refused("invalid_parameters", f"{text} is no number of records")
    return int(text) if text else otherwise
