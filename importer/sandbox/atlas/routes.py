"""The routes of Apache Atlas's API, all that the sandbox knows of it (Atlas 2.1)."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response
from starlette.routing import Route

from importer.sandbox.answer import answer, json_body
from importer.sandbox.atlas.entity_calls import ENTITY_CALLS, SEARCH_CALLS
from importer.sandbox.atlas.extra_calls import EXTRA_CALLS
from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.atlas.relationship_calls import RELATIONSHIP_CALLS
from importer.sandbox.atlas.shapes import check
from importer.sandbox.atlas.type_calls import TYPE_CALLS
from importer.sandbox.atlas.types import types

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from importer.sandbox.atlas.calls import Call
    from importer.sandbox.database import Database

PREFIX = "/api/atlas/v2"
WRITES = frozenset({"POST", "PUT"})


def atlas_routes(database: Database) -> list[Route]:
    """Return the routes; any other call is answered as the real server does, with a 500."""
    calls = [*ENTITY_CALLS, *SEARCH_CALLS, *TYPE_CALLS, *EXTRA_CALLS, *RELATIONSHIP_CALLS]
    routes = [
        Route(PREFIX + call.path, _endpoint(database, call), methods=[call.method])
        for call in calls
    ]
    anything = ["GET", "POST", "PUT", "DELETE"]
    return [*routes, Route(PREFIX + "/{path:path}", _unknown_call, methods=anything)]


def _endpoint(database: Database, call: Call) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await _body(request)
            check(body, call.shape, required=call.method in WRITES)
            with database.transaction() as db:
                content = call.handler(db, types(db), request, body)
            return (
                Response(status_code=204, media_type="application/json")
                if content is None
                else answer(content)
            )
        except Refused as refused:
            return answer(refused.body(), refused.status)
        except Crashed:
            return crash("application/json")

    return endpoint


async def _unknown_call(_: Request) -> Response:
    return crash("text/plain")


def crash(media_type: str) -> Response:
    """Return a 500: a line of plain text, whatever its content type says."""
    words = f"There was an error processing your request. It has been logged (ID {token_hex(8)})."
    return Response(words, 500, media_type=media_type)


async def _body(request: Request) -> Any:
    """Return the body; a write whose content type is not JSON's is a 500."""
    content_type = request.headers.get("content-type", "")
    if request.method in WRITES and not content_type.startswith("application/json"):
        raise Crashed("no JSON")
    try:
        return await json_body(request)
    except orjson.JSONDecodeError:
        raise Crashed("the body is not JSON") from None
