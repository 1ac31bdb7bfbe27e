"""The ASGI application: all APIs behind a check of credentials, a recorder and faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from msgspec import Struct
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware

from importer.sandbox.answer import answer
from importer.sandbox.atlan.routes import atlan_routes
from importer.sandbox.atlas.guard import password, refusal
from importer.sandbox.atlas.routes import PREFIX as ATLAS
from importer.sandbox.atlas.routes import atlas_routes
from importer.sandbox.trebellar.routes import trebellar_routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from importer.sandbox.database import Database
    from importer.sandbox.faults import Faults
    from importer.sandbox.variants import Variants

LOOPBACK = frozenset({"", "127.0.0.1", "localhost", "[::1]"})
"""The hosts that a request may name.

A page in a browser could reach the sandbox by a name of its own that leads here (DNS rebinding).
"""

OTHER_HOST = 421
REFUSED_TOKENS = {"": 401, "expired": 401, "forbidden": 403}
MESSAGES = {
    401: "The credentials are missing or not valid.",
    403: "The caller may not do this.",
    OTHER_HOST: "The sandbox serves this machine only, by the names 127.0.0.1 and localhost.",
}


class RecordedRequest(Struct):
    """A request as it arrived; `query` keeps repeated parameters, `body` is None where empty.

    `fault` is the fault injected into it, if any, `carried_out` whether it reached the API, and
    `status` what the API answered, even if that answer was not sent.
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
        """Whether the API answered with a 2xx."""
        return self.status is not None and 200 <= self.status < 300


def application(
    database: Database,
    requests: list[RecordedRequest] | None,
    faults: Faults | None,
    variants: Variants,
) -> Starlette:
    """Return an application that serves all APIs from `database`.

    Every request is appended to `requests` if that is a list. Faults are injected after a request
    is recorded and before its credentials are checked.
    """
    layers = [Middleware(_Recorder, requests=requests)] if requests is not None else []
    if faults is not None:
        from importer.sandbox.fault_injector import FaultInjector

        layers.append(Middleware(FaultInjector, faults=faults))
    return Starlette(
        routes=[
            *atlan_routes(database, variants),
            *trebellar_routes(database, variants),
            *atlas_routes(database),
        ],
        middleware=[*layers, Middleware(_Guard)],
    )


class _Guard:
    """Middleware that checks host and credentials.

    Any token is good but `expired` (401) and `forbidden` (403).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = _with_status(scope.get("recorded"), send)
        headers = Headers(scope=scope)
        refused = REFUSED_TOKENS.get(_credentials(headers, scope["path"]))
        if _host(headers) not in LOOPBACK:
            refused = OTHER_HOST
        if refused and refused != OTHER_HOST and scope["path"].startswith(ATLAS):
            await refusal(refused)(scope, receive, send)
        elif refused:
            body = {"code": refused, "message": MESSAGES[refused]}
            await answer(body, refused)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _with_status(recorded: RecordedRequest | None, send: Send) -> Send:
    """Return `send`, extended to note the status of the answer."""

    async def send_and_note(message: Message) -> None:
        if recorded is not None and message["type"] == "http.response.start":
            recorded.status = message["status"]
        await send(message)

    return send_and_note


def _host(headers: Headers) -> str:
    """Return the host that a request names, without its port."""
    host = headers.get("host", "").strip().lower()
    name, _, port = host.rpartition(":")
    return name if port.isdecimal() else host


def _credentials(headers: Headers, path: str) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic" and path.startswith(ATLAS):
        return password(token)
    key = headers.get("x-trebellar-api-key", "") if path.startswith("/api/v2/") else ""
    return key.strip() or (token.strip() if scheme.lower() == "bearer" else "")


class _Recorder:
    """Middleware that keeps every request in a list and passes it on unchanged."""

    def __init__(self, app: ASGIApp, requests: list[RecordedRequest]) -> None:
        self.app = app
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole_body(receive)
        query = tuple(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
        recorded = RecordedRequest(scope["method"], scope["path"], query, _decoded(body))
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
    """Return a `receive` that gives the body again, then what comes next on the connection."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body) if body else None
    except orjson.JSONDecodeError:
        return body.decode(errors="replace")
