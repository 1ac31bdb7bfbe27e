"""How much a request may send: little, unless it goes where files are uploaded."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from importer.web.answers import problem

FORM = 1_000_000
"""Bytes of a form."""

UPLOADS = frozenset({"/uploads", "/api/uploads"})
"""Where files are posted to, so that a body may be large."""

FILES = "multipart/form-data"
"""The form that is read into files piece by piece; any other is held in memory whole."""

TOO_LARGE = 413

ASKS_FIRST = "100-continue"
"""What a program says that sends its body only once it is told to: reading on would tell it."""


class BodyLimit:
    """Middleware that refuses a body that is too large: by its stated length, else as it comes."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self.app = app
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or count what it sends."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        files = scope["path"] in UPLOADS and kind_of(headers) == FILES
        limit = self._upload_bytes if files else FORM
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > limit:
            if headers.get("expect", "").lower() != ASKS_FIRST:
                await _read_on(receive, limit)
            await problem(scope, TOO_LARGE, words(limit), close=True)(scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)


def kind_of(headers: Headers) -> str:
    """Return what a body is said to be."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def words(limit: int) -> str:
    """Return what is said of too much, with the way out."""
    return (
        f"This is more than the {limit // 1_000_000} MB that may be sent at once. Send fewer files "
        "at a time; `upload_mb` under [web] in importer.toml sets the limit."
    )


def _counted(receive: Receive, limit: int) -> Receive:
    """Return a `receive` that raises once more has come than is allowed."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit:
            if message.get("more_body", False):
                await _read_on(receive, limit)
            raise HTTPException(TOO_LARGE, words(limit), {"Connection": "close"})
        return message

    return counted


async def _read_on(receive: Receive, most: int) -> None:
    """Read and forget what still comes, up to a limit: a browser shows no answer before that."""
    while most > 0:
        message = await receive()
        most -= len(message.get("body", b""))
        if not message.get("more_body", False):
            return
