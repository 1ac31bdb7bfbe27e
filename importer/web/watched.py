"""What programs that watch the server ask: whether it lives, whether it can work, and its figures.

Nothing is said to anybody but ok or not; the figures name targets and jobs, so they are for this
machine where only this machine reaches the page, and else for a token of an admin.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response

from importer.errors import JournalLost
from importer.journal.figures import is_current
from importer.metrics import CONTENT_TYPE, metrics_page
from importer.people import access, tokens
from importer.web.answers import problem
from importer.web.security.proxy import is_trusted
from importer.web.security.who import BEARER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from importer.web.site import Site

ALIVE, READY, METRICS = "/healthz", "/readyz", "/metrics"
READING = frozenset({"GET", "HEAD"})


class Probes:
    """Middleware that answers `/healthz` and `/readyz`, by whichever name it is asked.

    Kubernetes asks by the address of the pod.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http" or scope["method"] not in READING:
            await self.app(scope, receive, send)
        elif scope["path"] == ALIVE:
            await PlainTextResponse("ok\n")(scope, receive, send)
        elif scope["path"] == READY:
            answer = await run_in_threadpool(self._ready)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _ready(self) -> Response:
        try:
            ready = is_current(self._site.store)
        except JournalLost:
            ready = False
        return PlainTextResponse("ready\n" if ready else "not ready\n", 200 if ready else 503)


class Metrics:
    """Middleware that answers `/metrics` to whom may read it."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http" or (scope["path"], scope["method"] in READING) != (
            METRICS,
            True,
        ):
            await self.app(scope, receive, send)
        else:
            answer = await run_in_threadpool(self._answer, HTTPConnection(scope))
            await answer(scope, receive, send)

    def _answer(self, request: HTTPConnection) -> Response:
        try:
            refusal = self._refusal(request)
            if refusal:
                return problem(request.scope, refusal, headers={"WWW-Authenticate": "Bearer"})
            return Response(metrics_page(self._site.store), media_type=CONTENT_TYPE)
        except JournalLost:
            return problem(request.scope, 503)

    def _refusal(self, request: HTTPConnection) -> int:
        """Return the status that refuses a request, 0 where it may read the figures."""
        serving = self._site.serving
        if serving.local and _from_this_machine(request):
            return 0
        if serving.only_proxies and not is_trusted(request, self._site):
            return 403
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        known = tokens.visitor_of(self._site.store, token.strip())
        if scheme.lower() != BEARER or known is None:
            return 401
        return 0 if access.may_administer(known) else 403


def _from_this_machine(request: HTTPConnection) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
