"""Reads and writes JSON bodies of requests and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request


def answer(content: Any, status: int = 200) -> Response:
    """Return a response with `content` as its JSON body."""
    return Response(orjson.dumps(content), status, media_type="application/json")


async def json_body(request: Request) -> Any:
    """Return the JSON body of a request, None where it is empty.

    Raises ValueError where it is not JSON.
    """
    body = await request.body()
    return orjson.loads(body) if body else None
