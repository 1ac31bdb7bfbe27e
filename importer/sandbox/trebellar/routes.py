"""The routes of Trebellar's asset API.

A refused bulk request answers 400 with an empty object, since the OpenAPI documents no body for it,
or, as a variant, with the error schema of trebellar-api 1.3, as the other routes always do.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from importer.sandbox.answer import answer, json_body, long_answer
from importer.sandbox.trebellar import assets, tags
from importer.sandbox.trebellar.bulk import carry_out
from importer.sandbox.trebellar.shapes import Json, Refused, checked_asset
from importer.sandbox.variants import Refusals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from starlette.requests import Request

    from importer.sandbox.database import Database
    from importer.sandbox.variants import Variants

    Handler = Callable[[sqlite3.Connection, "Request", Any], Any]

PREFIX = "/api/v2/assets"
LISTED = ("ROOT", "STRUCTURE", "FLOOR", "SPACE", "DESK", "SENSOR", "UNKNOWN", "OTHER")


def trebellar_routes(database: Database, variants: Variants) -> list[Route]:
    """Return the routes, all that the sandbox knows of the API."""
    table: list[tuple[str, str, Handler]] = [
        ("POST", "/bulk", lambda db, _, body: carry_out(db, body)),
        ("GET", "/tags/list", _list_tags),
        ("POST", "/tags/add", lambda db, _, body: tags.add(db, body)),
        ("PUT", "/tags/update", lambda db, _, body: tags.update(db, body)),
        ("DELETE", "/tags/delete/{id:path}", _delete_tag),
        ("POST", "/tags/bind", lambda db, _, body: tags.bind(db, body, bound=True)),
        ("POST", "/tags/unbind", lambda db, _, body: tags.bind(db, body, bound=False)),
        ("GET", "", _list),
        ("POST", "", _add),
        ("GET", "/{name:path}", _get),
    ]
    silent = {"/bulk"} if variants.refusals == Refusals.EMPTY else set()
    return [
        Route(PREFIX + path, _endpoint(database, handler, silent=path in silent), methods=[method])
        for method, path, handler in table
    ]


def _endpoint(database: Database, handler: Handler, *, silent: bool) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            with database.transaction() as db:
                found = handler(db, request, body)
                return found if isinstance(found, Response) else answer(found)
        except Refused as refused:
            if silent:
                return answer({}, 400)
            return answer({"code": refused.status, "message": str(refused)}, refused.status)

    return endpoint


async def _body(request: Request) -> Any:
    try:
        return await json_body(request)
    except ValueError:
        raise Refused("the body is not JSON") from None


def _list(db: sqlite3.Connection, request: Request, _: Any) -> Response:
    """Return the assets of a type with everything under them; by default all structures."""
    type_name = request.query_params.get("fromAssetType") or "ROOT"
    if type_name not in LISTED:
        raise Refused(f"fromAssetType does not take {type_name}")
    listed = assets.trees(db, "STRUCTURE" if type_name == "ROOT" else type_name)
    return long_answer(chain((b'{"data":',), listed, (b"}",)))


def _list_tags(db: sqlite3.Connection, request: Request, _: Any) -> Json:
    return tags.listed(db, request.query_params.get("assetTypes"))


def _delete_tag(db: sqlite3.Connection, request: Request, _: Any) -> Json:
    return tags.remove(db, request.path_params["id"])


def _add(db: sqlite3.Connection, _: Request, body: Any) -> Json:
    if not isinstance(body, dict) or "asset" not in body:
        raise Refused("asset is missing")
    try:
        added = assets.add(db, checked_asset(body["asset"]))
    except Refused as refused:
        refused.status = 400  # an unknown parent is a mistake in the body
        raise
    return {"success": True, "asset": assets.tree(db, assets.find(db, added["id"]))}


def _get(db: sqlite3.Connection, request: Request, _: Any) -> Json:
    return assets.tree(db, assets.find(db, request.path_params["name"]))
