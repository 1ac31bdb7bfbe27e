"""The gate: who asks is found out before anything else is read, and only few pages need nobody."""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from importer.errors import JournalLost
from importer.web.answers import API, problem
from importer.web.caller import know
from importer.web.looks import render
from importer.web.page import local
from importer.web.security.cookies import drop, session_cookie, session_of
from importer.web.security.proxy import is_trusted
from importer.web.security.who import who_asks
from importer.web.site import Site

SIGN_IN = "/sign-in"
OPEN = ("/static/", "/link/")
AGAIN = "again=1"
ELSEWHERE = ("//", "/\\")
"""How an address begins that a browser takes for one of another host."""
OPEN_PAGES = frozenset(
    {SIGN_IN, "/sign-in/provider", "/sign-in/back", "/sign-out/provider", "/alive"}
)


class Gate:
    """Middleware that notes who asks, and sends away who must sign in first."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on with who asks."""
        if scope["type"] != "http" or scope["path"].startswith(OPEN):
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if self._site.serving.only_proxies and not is_trusted(request, self._site):
            await problem(scope, 403, UNENCRYPTED)(scope, receive, send)
            return
        try:
            caller = await run_in_threadpool(who_asks, request, self._site)
        except JournalLost:
            await problem(scope, 503)(scope, receive, send)
            return
        if caller:
            know(scope, caller)
        if caller or scope["path"] in OPEN_PAGES:
            await self.app(scope, receive, send)
        else:
            await self._sent_away(request)(scope, receive, send)

    def _sent_away(self, request: HTTPConnection) -> Response:
        scope = request.scope
        if scope["path"].startswith(API):
            return problem(scope, 401, headers={"WWW-Authenticate": "Bearer"})
        if scope["method"] not in {"GET", "HEAD"}:
            return problem(scope, 401, ENDED)
        if scope["path"].startswith(ELSEWHERE):
            return problem(scope, 404)
        if _from_another_site(request) and not session_of(request, self._site.serving):
            return HTMLResponse(render("again.html", scope, address=_once_more(scope)))
        return self._to_sign_in(request)

    def _to_sign_in(self, request: HTTPConnection) -> Response:
        address = _address(request.scope)
        to = SIGN_IN if address == "/" else f"{SIGN_IN}?next={quote(address, safe='/')}"
        answer = RedirectResponse(to, 303)
        if session_of(request, self._site.serving):
            drop(answer, session_cookie(self._site.serving), self._site.serving)
        return answer


UNENCRYPTED = (
    "This address is for a proxy only. Use the address of the proxy, which encrypts what is sent."
)
ENDED = (
    "You are not signed in, or no longer, so nothing was done. Sign in, then repeat it: "
    "what was saved before is still there."
)


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")


def _once_more(scope: Scope) -> str:
    address = local(_address(scope))
    return f"{address}{'&' if '?' in address else '?'}{AGAIN}"


def _from_another_site(request: HTTPConnection) -> bool:
    """Whether a link on another site was followed: a strict cookie is not sent with that.

    The page that is answered then asks again by itself, with the cookie, if there is one.
    """
    asked_before = AGAIN in request.scope["query_string"].decode("latin-1").split("&")
    return request.headers.get("sec-fetch-site") == "cross-site" and not asked_before
