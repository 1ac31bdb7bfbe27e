"""Injects faults into requests: errors, delays, lost and cut answers."""

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
SEARCHES = ("/search/indexsearch", "/search/basic")
TRANSPORTS: dict[Any, asyncio.Transport] = {}
"""The connection of each client, by its address; lets it be closed without an answer."""


class Connection(H11Protocol):
    """A connection that is registered in TRANSPORTS while it is open."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Register the connection."""
        super().connection_made(transport)
        TRANSPORTS[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Remove the connection from the register."""
        TRANSPORTS.pop(self.client, None)
        super().connection_lost(exc)


class FaultInjector:
    """ASGI middleware that passes requests on, or does what a fault says.

    Each fault has a method of its name.
    """

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self.app = app
        self.faults = faults
        self._unfound: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or call the method of its fault."""
        rule = self.faults.strike(scope["method"], scope["path"])
        if rule is None:
            await self._pass_on(scope, receive, send)
            return
        recorded = scope.get("recorded")
        if recorded is not None:
            recorded.fault, recorded.carried_out = rule.fault, rule.carried_out
        await getattr(self, rule.fault)(rule, scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the API answer; leave out of a search what the lagging index does not have yet."""
        now = time.monotonic()
        self._unfound = {guid: until for guid, until in self._unfound.items() if until > now}
        if not (self._unfound and scope["path"].rstrip("/").endswith(SEARCHES)):
            await self.app(scope, receive, send)
            return
        start, body = await self._captured(scope, receive)
        found = orjson.loads(body)
        known = found.pop("entities", [])
        hits = [hit for hit in known if hit["guid"] not in self._unfound]
        if len(hits) < len(known):
            found["approximateCount"] -= len(known) - len(hits)
        if hits:
            found["entities"] = hits
        await answer(found, start["status"])(scope, receive, send)

    async def _captured(self, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
        """Return start and body of the API's answer, without sending it."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, keep)
        return messages[0], b"".join(message.get("body", b"") for message in messages[1:])

    async def delay(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then let the API answer."""
        await asyncio.sleep(rule.parameters["seconds"])
        await self._pass_on(scope, receive, send)

    async def too_many_requests(
        self, rule: Rule, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer 429; nothing is carried out."""
        after = _retry_after(rule.parameters["retry_after"])
        headers = {"Retry-After": after} if after else {}
        body = orjson.dumps({"code": 429, "message": "Too many requests."})
        response = Response(body, 429, headers, "application/json")
        await response(scope, receive, send)

    async def error_before(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with an error; nothing is carried out."""
        await _error(rule)(scope, receive, send)

    async def error_after(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the request out, then answer with an error."""
        await self._captured(scope, receive)
        await _error(rule)(scope, receive, send)

    async def closed_before(self, _: Rule, scope: Scope, receive: Receive, __: Send) -> None:
        """Close the connection; nothing is carried out."""
        await _close(scope, receive)

    async def closed_after(self, _: Rule, scope: Scope, receive: Receive, __: Send) -> None:
        """Carry the request out, then close the connection."""
        await self._captured(scope, receive)
        await _close(scope, receive)

    async def half(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the request out, send half of the answer, then close the connection."""
        start, body = await self._captured(scope, receive)
        await send(start)
        part = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await _close(scope, receive)

    async def late(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the request out; send the answer later, unless the client has gone by then."""
        start, body = await self._captured(scope, receive)
        gone = asyncio.ensure_future(_disconnected(receive))
        await asyncio.wait([gone], timeout=rule.parameters["seconds"])
        if gone.cancel():
            await send(start)
            await send({"type": "http.response.body", "body": body})

    async def html(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with an HTML page, having carried the request out or not."""
        if rule.parameters["carried_out"]:
            await self._captured(scope, receive)
        await HTMLResponse(PAGE, rule.parameters["status"])(scope, receive, send)

    async def empty_400(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400 without a body; nothing is carried out."""
        await Response(status_code=400)(scope, receive, send)

    async def expired(self, _: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401; nothing is carried out."""
        body = {"code": 401, "message": "The credentials are missing or not valid."}
        await answer(body, 401)(scope, receive, send)

    async def lagging_index(self, rule: Rule, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry the request out; searches do not find what it created for some seconds."""
        start, body = await self._captured(scope, receive)
        reply = orjson.loads(body)
        until = time.monotonic() + rule.parameters["seconds"]
        created = reply.get("mutatedEntities", {}).get("CREATE", ())
        self._unfound |= {entity["guid"]: until for entity in created}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _error(rule: Rule) -> Response:
    """Return an error as a gateway in front of the API would answer it: plain text."""
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
