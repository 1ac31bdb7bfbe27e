"""Requests and the faults that strike them in, answers that a client does not expect out."""

from __future__ import annotations

import asyncio
import email.utils
import time
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from importer.sandbox.answer import answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from importer.sandbox.faults import Faults, Rule

PAGE = (
    "<html><head><title>Bad gateway</title></head><body>Something stands between us.</body></html>"
)
SEARCH = "/search/indexsearch"
TRANSPORTS: dict[Any, asyncio.Transport] = {}
"""The connection of each client: what lets one be closed without an answer."""


class Connection(H11Protocol):
    """A connection that can be found by its client's address."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember it."""
        super().connection_made(transport)
        TRANSPORTS[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        TRANSPORTS.pop(self.client, None)
        super().connection_lost(exc)


class Misbehaving:
    """ASGI middleware: hands a request on unless a fault strikes it."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self.app = app
        self.faults = faults
        self._unfound: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or do what the fault is called after."""
        rule = self.faults.strike(scope["method"], scope["path"])
        if rule is None:
            await self._searched(scope, receive, send)
            return
        recorded = scope.get("recorded")
        if recorded is not None:
            recorded.fault, recorded.carried_out = rule.fault, rule.carried_out
        await getattr(self, rule.fault)(rule, scope, receive, send)

    async def _searched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A request that nothing strikes; a search does not find what the index lacks yet."""
        now = time.monotonic()
        self._unfound = {guid: until for guid, until in self._unfound.items() if until > now}
        if not (self._unfound and scope["path"].rstrip("/").endswith(SEARCH)):
            await self.app(scope, receive, send)
            return
        start, body = await self._captured(scope, receive)
        found = orjson.loads(body)
        hits = [hit for hit in found.get("entities", ()) if hit["guid"] not in self._unfound]
        found["approximateCount"] -= len(found.pop("entities", ())) - len(hits)
        if hits:
            found["entities"] = hits
        await answer(found, start["status"])(scope, receive, send)

    async def _captured(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """What the API answers; nothing of it has been sent yet."""
        said: list[Message] = []

        async def keep(message: Message) -> None:
            said.append(message)

        await self.app(scope, receive, keep)
        return said[0], b"".join(message.get("body", b"") for message in said[1:])

    async def delay(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Late, but as if nothing had happened."""
        await asyncio.sleep(rule.parameters["seconds"])
        await self._searched(scope, receive, send)

    async def too_many_requests(
        self, rule: Rule, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """429."""
        after = _retry_after(rule.parameters["retry_after"])
        headers = {"Retry-After": after} if after else {}
        body = orjson.dumps({"code": 429, "message": "Too many requests."})
        response = Response(body, 429, headers, "application/json")
        await response(scope, receive, send)

    async def error_before(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """An error, and that is true."""
        await _error(rule)(scope, receive, send)

    async def error_after(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """An error, though all went well."""
        await self._captured(scope, receive)
        await _error(rule)(scope, receive, send)

    async def closed_before(self, _: Rule, scope: Scope, receive: Receive, __: Send) -> None:
        """No answer."""
        await _close(scope, receive)

    async def closed_after(self, _: Rule, scope: Scope, receive: Receive, __: Send) -> None:
        """No answer, though all went well."""
        await self._captured(scope, receive)
        await _close(scope, receive)

    async def half(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Half an answer."""
        start, body = await self._captured(scope, receive)
        await send(start)
        part = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await _close(scope, receive)

    async def late(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """The true answer, when nobody waits for it any more."""
        start, body = await self._captured(scope, receive)
        gone = asyncio.ensure_future(_disconnected(receive))
        await asyncio.wait([gone], timeout=rule.parameters["seconds"])
        if gone.cancel():
            await send(start)
            await send({"type": "http.response.body", "body": body})

    async def html(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """A page."""
        if rule.parameters["carried_out"]:
            await self._captured(scope, receive)
        await HTMLResponse(PAGE, rule.parameters["status"])(scope, receive, send)

    async def empty_400(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """400, and not a word."""
        await Response(status_code=400)(scope, receive, send)

    async def expired(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """401."""
        words = {"code": 401, "message": "The credentials are missing or not valid."}
        await answer(words, 401)(scope, receive, send)

    async def lagging_index(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """All goes well, but a search does not find it yet."""
        start, body = await self._captured(scope, receive)
        said = orjson.loads(body)
        until = time.monotonic() + rule.parameters["seconds"]
        created = said.get("mutatedEntities", {}).get("CREATE", ())
        self._unfound |= {entity["guid"]: until for entity in created}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _error(rule: Rule) -> Response:
    """An error that is nobody's own: not the API, something before it answers."""
    return PlainTextResponse("Something went wrong.", rule.parameters["status"])


def _retry_after(asked: Any) -> str:
    if asked == "date":
        return email.utils.formatdate(time.time() + 1, usegmt=True)
    return "soon, perhaps" if asked == "absurd" else str(asked)


async def _close(scope: Scope, receive: Receive) -> None:
    """Close the connection once what was written is sent, and wait until it is."""
    transport = TRANSPORTS.get(tuple(scope["client"]))
    if transport:
        transport.close()
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
