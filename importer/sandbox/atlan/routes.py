"""The routes of Atlan's metadata API; pyatlan 11.6 appends a slash to some, so both forms exist."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from importer.sandbox.answer import answer, json_body
from importer.sandbox.atlan import entities, views
from importer.sandbox.atlan.changes import Flags, set_custom_metadata
from importer.sandbox.atlan.people import GROUPS, USERS, page
from importer.sandbox.atlan.refusals import Crashed, Refused
from importer.sandbox.atlan.removal import delete, restore
from importer.sandbox.atlan.save import save, save_attributes
from importer.sandbox.atlan.search import search
from importer.sandbox.atlan.tenant import define, redefine, tenant, undefine
from importer.sandbox.atlan.typedefs import typedefs
from importer.sandbox.atlan.types import entity_type

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from importer.sandbox.database import Database
    from importer.sandbox.variants import Updates, Variants

    Handler = Callable[[sqlite3.Connection, "Request", Any], Any]

PREFIX = "/api/meta"
SERVICE = "/api/service"


def atlan_routes(database: Database, variants: Variants) -> list[Route]:
    """Return the routes, all that the sandbox knows of the API."""
    table: list[tuple[str, str, Handler]] = [
        ("POST", "/entity/bulk", partial(_save, variants.updates)),
        ("GET", "/entity/bulk", _get_many),
        ("DELETE", "/entity/bulk", _delete),
        ("POST", "/entity/restore/bulk", _restore),
        ("POST", "/search/indexsearch", lambda db, _, body: search(db, body)),
        ("GET", "/entity/guid/{guid}", _get),
        ("GET", "/entity/guid/{guid}/header", _get_header),
        ("GET", "/entity/uniqueAttribute/type/{type}", _get_by_key),
        ("PUT", "/entity/uniqueAttribute/type/{type}", _save_by_key),
        ("POST", "/entity/guid/{guid}/businessmetadata", _set_custom_metadata),
        ("POST", "/entity/guid/{guid}/businessmetadata/{set}", _set_custom_metadata),
        ("GET", "/entity/uniqueAttribute/type/{type}/header", _get_header_by_key),
        ("GET", "/entity/bulk/uniqueAttribute/type/{type}", _get_many_by_key),
        ("GET", "/types/typedefs", lambda db, request, _: typedefs(db, _all(request, "type"))),
        ("POST", "/types/typedefs", lambda db, _, body: define(db, body)),
        ("PUT", "/types/typedefs", lambda db, _, body: redefine(db, body)),
        ("DELETE", "/types/typedef/name/{name}", _undefine),
    ]
    people: list[tuple[str, str, Handler]] = [
        ("GET", "/users", lambda _, request, __: page(USERS, request.query_params)),
        ("GET", "/groups", lambda _, request, __: page(GROUPS, request.query_params)),
        ("GET", "/v2/groups", lambda _, request, __: page(GROUPS, request.query_params)),
    ]
    return [
        Route(prefix + path + slash, _endpoint(database, handler), methods=[method])
        for prefix, calls in ((PREFIX, table), (SERVICE, people))
        for method, path, handler in calls
        for slash in ("", "/")
    ]


def _endpoint(database: Database, handler: Handler) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            with database.transaction() as db:
                content = handler(db, request, body)
            return Response(status_code=204) if content is None else answer(content)
        except (Refused, Crashed) as refused:
            return answer(refused.body(), refused.status)

    return endpoint


async def _body(request: Request) -> Any:
    try:
        return await json_body(request)
    except ValueError:
        raise Refused("invalid_parameters", "the body is not JSON") from None


def _save(updates: Updates, db: sqlite3.Connection, request: Request, body: Any) -> Any:
    query = request.query_params
    flags = Flags(
        replace_tags=_true(query, "replaceTags"),
        replace_classifications=_true(query, "replaceClassifications"),
        append_tags=_true(query, "appendTags"),
        replace_custom=_true(query, "replaceBusinessAttributes"),
        overwrite_custom=_true(query, "overwriteBusinessAttributes"),
    )
    return save(db, body, flags, updates)


def _get(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    entity = _known(db, request.path_params["guid"])
    return {"entity": views.whole(db, entity, related=_related(request)), "referredEntities": {}}


def _get_header(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    return views.header(db, _known(db, request.path_params["guid"]))


def _get_many(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    found = [_known(db, guid) for guid in _all(request, "guid")]
    return _several(db, request, found)


def _get_by_key(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    entity = _keyed(db, request)
    return {"entity": views.whole(db, entity, related=_related(request)), "referredEntities": {}}


def _save_by_key(db: sqlite3.Connection, request: Request, body: Any) -> Any:
    sent = body.get("entity") if isinstance(body, dict) else None
    return save_attributes(db, _keyed(db, request), sent)


def _set_custom_metadata(db: sqlite3.Connection, request: Request, body: Any) -> None:
    """Set attributes of one set, or of all sets in the body; answered with 204."""
    entity = _known(db, request.path_params["guid"])
    name = request.path_params.get("set")
    sent = {name: body} if name else body
    if not isinstance(sent, dict):
        raise Refused("invalid_parameters", "custom metadata is a JSON object")
    overwrite = _true(request.query_params, "isOverwrite")
    set_custom_metadata(entity, sent, tenant(db), overwrite=overwrite)
    entity.updated = entities.now()
    entities.write(db, entity)


def _get_header_by_key(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    return views.header(db, _keyed(db, request))


def _get_many_by_key(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    """Answer for `attr_0:qualifiedName`, `attr_1:qualifiedName`...; unknown names are left out."""
    names = [
        value
        for key, value in request.query_params.multi_items()
        if re.fullmatch(r"attr_\d+:qualifiedName", key)
    ]
    found = (entities.by_key(db, _type(request), name) for name in names)
    return _several(db, request, [entity for entity in found if entity])


def _several(db: sqlite3.Connection, request: Request, found: list[entities.Entity]) -> Any:
    related = _related(request)
    shown = [views.whole(db, entity, related=related) for entity in found]
    return {"entities": shown, "referredEntities": {}}


def _delete(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    return delete(db, _all(request, "guid"), request.query_params.get("deleteType", "SOFT"))


def _restore(db: sqlite3.Connection, request: Request, _: Any) -> Any:
    return restore(db, _all(request, "guid"))


def _undefine(db: sqlite3.Connection, request: Request, _: Any) -> None:
    undefine(db, request.path_params["name"])


def _known(db: sqlite3.Connection, guid: str) -> entities.Entity:
    entity = entities.by_guid(db, guid)
    if entity is None:
        raise Refused("unknown_guid", guid)
    return entity


def _keyed(db: sqlite3.Connection, request: Request) -> entities.Entity:
    name = request.query_params.get("attr:qualifiedName", "")
    entity = entities.by_key(db, _type(request), name)
    if entity is None:
        raise Refused("unknown_key", _type(request), f"qualifiedName={name}")
    return entity


def _type(request: Request) -> str:
    name = str(request.path_params["type"])
    if entity_type(name) is None:
        raise Refused("unknown_type", name)
    return name


def _related(request: Request) -> bool:
    return not _true(request.query_params, "ignoreRelationships")


def _all(request: Request, name: str) -> list[str]:
    return request.query_params.getlist(name)


def _true(query: QueryParams, name: str) -> bool:
    return query.get(name, "false").lower() == "true"
