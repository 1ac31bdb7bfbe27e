"""A JSON value and a status in, an HTTP response out; and a request's JSON body read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request


def answer(content: Any, status: int = 200) -> Response:
    """Return `content` as a JSON response."""
    return Response(orjson.dumps(content), status, media_type="application/json")


async def json_body(request: Request) -> Any:
    """Return the body as JSON, None where there is none.

    Raises ValueError where it is not JSON.
    """
    body = await request.body()
    return orjson.loads(body) if body else None
