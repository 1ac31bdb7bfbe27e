"""A database in, the ASGI application of both APIs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from importer.sandbox.answer import answer
from importer.sandbox.atlan.routes import atlan_routes
from importer.sandbox.trebellar.routes import trebellar_routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from importer.sandbox.database import Database
    from importer.sandbox.faults import Faults

REFUSED_TOKENS = {"": 401, "expired": 401, "forbidden": 403}
MESSAGES = {401: "The credentials are missing or not valid.", 403: "The caller may not do this."}


@dataclass(slots=True)
class Recorded:
    """One request as it arrived; `query` keeps repeated parameters, `body` is None where empty.

    `fault` is what struck it, if anything, `carried_out` whether the API got to see it, `status`
    what the API itself answered, whatever became of the answer.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any
    fault: str | None = None
    carried_out: bool = True
    status: int | None = None

    @property
    def granted(self) -> bool:
        """Whether the API did what it was asked for."""
        return self.status is not None and 200 <= self.status < 300


def application(
    database: Database, requests: list[Recorded] | None, faults: Faults | None = None
) -> Starlette:
    """Both APIs over `database`; every request is appended to `requests` where that is a list.

    `faults` strike after a request is recorded and before anything of it is looked at.
    """
    layers = [Middleware(_Recorder, requests=requests)] if requests is not None else []
    if faults is not None:
        from importer.sandbox.misbehaving import Misbehaving

        layers.append(Middleware(Misbehaving, faults=faults))
    return Starlette(
        routes=[*atlan_routes(database), *trebellar_routes(database)],
        middleware=[*layers, Middleware(_Guard)],
    )


class _Guard:
    """Lets only callers with credentials pass: any token but `expired` (401), `forbidden` (403)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = _noting(scope.get("recorded"), send)
        refused = REFUSED_TOKENS.get(_credentials(Headers(scope=scope), scope["path"]))
        if refused:
            body = {"code": refused, "message": MESSAGES[refused]}
            await answer(body, refused)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _noting(recorded: Recorded | None, send: Send) -> Send:
    """What sends an answer on, its status being noted."""

    async def noted(message: Message) -> None:
        if recorded is not None and message["type"] == "http.response.start":
            recorded.status = message["status"]
        await send(message)

    return noted


def _credentials(headers: Headers, path: str) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    key = headers.get("x-trebellar-api-key", "") if path.startswith("/api/v2/") else ""
    return key.strip() or (token.strip() if scheme.lower() == "bearer" else "")


class _Recorder:
    """Keeps every request in a list, then hands it on unchanged."""

    def __init__(self, app: ASGIApp, requests: list[Recorded]) -> None:
        self.app = app
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole_body(receive)
        query = tuple(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        recorded = Recorded(scope["method"], scope["path"], query, _decoded(body))
        self.requests.append(recorded)
        scope["recorded"] = recorded
        await self.app(scope, _replay(body, receive), send)


async def _whole_body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever comes next on the connection."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return body.decode(errors="replace")
