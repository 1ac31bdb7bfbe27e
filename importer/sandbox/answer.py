"""Reads and writes JSON bodies of requests and responses."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

import orjson
from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.requests import Request

JSON = "application/json"
PIECE = 1 << 20
"""A body that is put together goes into a file, and is sent in pieces, where it is longer."""


def answer(content: Any, status: int = 200) -> Response:
    """Return a response with `content` as its JSON body."""
    return Response(orjson.dumps(content), status, media_type=JSON)


def long_answer(pieces: Iterable[bytes]) -> Response:
    """Return a response whose JSON is put together of pieces, before anything of it is sent."""
    file = SpooledTemporaryFile[bytes](max_size=PIECE)
    file.writelines(pieces)
    length = file.tell()
    file.seek(0)
    if length <= PIECE:
        with file:
            return Response(file.read(), media_type=JSON)
    headers = {"Content-Length": str(length)}
    return StreamingResponse(_read(file), headers=headers, media_type=JSON)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


async def json_body(request: Request) -> Any:
    """Return the JSON body of a request, None where it is empty.

    Raises ValueError where it is not JSON.
    """
    body = await request.body()
    return orjson.loads(body) if body else None
