"""How long a request may take to send its body: who sends a byte at a time holds no connection."""

from __future__ import annotations

import asyncio
import time

from fastapi import HTTPException
from msgspec import Struct
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.web.answers import problem

TOO_SLOW = 408
WORDS = (
    "What was sent came too slowly, so nothing was done. Send it again, over a better connection, "
    "or fewer files at a time."
)


class Patience(Struct, frozen=True):
    """How long is waited for a body: so many seconds, and one more for each `rate` bytes of it.

    No single piece of it is waited for longer than `seconds`.
    """

    seconds: float = 30.0
    rate: int = 10_000

    def left(self, waited: float, came: int) -> float:
        """Return the seconds that the next piece may take."""
        return min(self.seconds, self.seconds + came / self.rate - waited)


class TooSlow(HTTPException):
    """A body that does not come; the answer ends its connection."""

    def __init__(self) -> None:
        super().__init__(TOO_SLOW, WORDS, {"Connection": "close"})


class BodyTime:
    """Middleware that refuses a body which comes too slowly."""

    def __init__(self, app: ASGIApp, patience: Patience) -> None:
        self.app = app
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where its body is awaited outside the application, refuse it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, _Timed(receive, self._patience), send)
        except TooSlow:
            await problem(scope, TOO_SLOW, WORDS, close=True)(scope, receive, send)


class _Timed:
    """A `receive` that raises TooSlow; only what is waited for counts, not what we do with it."""

    def __init__(self, receive: Receive, patience: Patience) -> None:
        self._receive, self._patience = receive, patience
        self._waited, self._came, self._whole = 0.0, 0, False

    async def __call__(self) -> Message:
        """Return the next piece; after the last one, whatever else there is to wait for."""
        if self._whole:
            return await self._receive()
        left = self._patience.left(self._waited, self._came)
        began = time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(left, 0.0))
        except TimeoutError:
            raise TooSlow from None
        self._waited += time.monotonic() - began
        self._came += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message
