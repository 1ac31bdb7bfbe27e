"""By which names the page may be asked for, and from which pages it may be posted to.

A name of somebody else's that leads here (DNS rebinding) would make their page one of ours.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from importer.web.answers import problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class KnownHosts:
    """Middleware that refuses requests for another host, and posts from other pages."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], scheme: str) -> None:
        self.app = app
        self._scheme = scheme
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if host_of(headers) not in self._hosts:
            answer = problem(scope, 421, UNKNOWN)
            await answer(scope, receive, send)
        elif scope["method"] not in SAFE and not _from_here(headers, self._scheme):
            answer = problem(scope, 403, ELSEWHERE)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


UNKNOWN = (
    "This name is not one by which the page is known. Use the address that `importer serve` "
    "printed, or add the name to `hosts` under [web] in importer.toml."
)
ELSEWHERE = "This was sent from another page, so nothing was done. Open this page and do it there."


def host_of(headers: Headers) -> str:
    """Return the host that a request names, in lower case and without its port."""
    given = headers.getlist("host")
    if len(given) != 1:
        return ""
    host = given[0].strip().lower()
    name, _, port = host.rpartition(":")
    return name if name and port.isdecimal() else host


def _from_here(headers: Headers, scheme: str) -> bool:
    """Whether a page of ours sent a request, as far as the browser says: a program says nothing."""
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() == f"{scheme}://{headers.get('host', '').strip().lower()}"
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
