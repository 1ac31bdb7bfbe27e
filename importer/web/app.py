"""The application: pages behind a gate, each layer in the order in which a request meets it.

headers -> host and origin -> time and size of the body -> who asks -> token of the form -> the page
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from starlette.types import ASGIApp

from importer import __version__
from importer.web import api, errors
from importer.web.pages import ROUTERS
from importer.web.security.body_limit import BodyLimit
from importer.web.security.body_time import BodyTime, Patience
from importer.web.security.csrf import demand_token
from importer.web.security.gate import Gate
from importer.web.security.headers import SecurityHeaders
from importer.web.security.hosts import KnownHosts
from importer.web.site import Site
from importer.web.static_files import Static

MB = 1_000_000
PATIENCE = Patience()

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def application(
    site: Site,
    lifespan: Lifespan = _nothing,
    pages: Iterable[APIRouter] = ROUTERS,
    patience: Patience = PATIENCE,
) -> ASGIApp:
    """Return the application of a site; `lifespan` is entered before the first request."""
    app = FastAPI(
        title="importer",
        version=__version__,
        description=api.ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(demand_token)],
        lifespan=lifespan,
    )
    app.state.site = site
    for router in pages:
        app.include_router(router, include_in_schema=False)
    app.include_router(api.ROUTER)
    app.mount("/static", Static())
    errors.handle(app)
    app.add_middleware(Gate, site=site)
    return _guarded(app, site, patience)


def _guarded(app: ASGIApp, site: Site, patience: Patience) -> ASGIApp:
    """Return what stands in front of everything, also of faults: the outermost comes last."""
    limited = BodyLimit(app, site.web.upload_mb * MB)
    timed = BodyTime(limited, patience)
    known = KnownHosts(timed, site.serving.hosts, site.serving.scheme)
    return SecurityHeaders(known, tls=site.serving.tls)
