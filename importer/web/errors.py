"""What goes wrong in a page, as an answer: one sentence and a way out; the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from importer.errors import ImporterError, JournalLost, QueueLost
from importer.journal.audit import AuditAction
from importer.people import audit_log
from importer.people.refused import Forbidden, NotThere
from importer.uploads.errors import CellChanged, FormulaThere, NoSuchUpload, NotNow, UploadRefused
from importer.web.answers import problem
from importer.web.caller import caller_of

LOG = logging.getLogger("uvicorn.error")

Handler = Callable[[Request, Exception], Awaitable[Response]]


def handle(app: FastAPI) -> None:
    """Let an application answer what its pages raise."""
    handlers: dict[type[Exception], Handler] = {
        HTTPException: _stated,
        RequestValidationError: _unreadable,
        NotThere: _not_there,
        Forbidden: _forbidden,
        JournalLost: _lost,
        QueueLost: _lost,
        ClientDisconnect: _gone,
        ImporterError: _refused,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _stated(request: Request, error: Exception) -> Response:
    """Answer what a page has refused by its status; a phrase of HTTP becomes our sentence."""
    if not isinstance(error, HTTPException):
        raise error
    words = error.detail if error.detail.endswith((".", "?", "!")) else ""
    return problem(request.scope, error.status_code, words, headers=error.headers)


async def _unreadable(request: Request, _error: Exception) -> Response:
    """Answer an address or a form whose parts are not what they should be."""
    address = request.method == "GET"
    return problem(request.scope, 404 if address else 422)


async def _not_there(request: Request, error: Exception) -> Response:
    return problem(request.scope, 404, str(error))


async def _forbidden(request: Request, error: Exception) -> Response:
    await run_in_threadpool(_record, request)
    return problem(request.scope, 403, str(error))


def _record(request: Request) -> None:
    """Write down who tried what they may not; they are refused where the journal fails, too."""
    caller = caller_of(request.scope)
    if caller:
        store, tried = request.app.state.site.store, f"{request.method} {request.url.path[:200]}"
        with suppress(JournalLost):
            audit_log.record(store, caller.visitor, AuditAction.REFUSED, detail={"tried": tried})


async def _lost(request: Request, error: Exception) -> Response:
    LOG.error("%s", error)
    return problem(request.scope, 503)


async def _gone(request: Request, _error: Exception) -> Response:
    """Answer nobody: who asked has gone while they sent something, which is no fault."""
    return problem(request.scope, 400)


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what a user did that cannot be done: the text says why, and the way out."""
    return problem(request.scope, status_of(error), str(error))


def status_of(error: Exception) -> int:
    """Return the status of what a user did that cannot be done."""
    if isinstance(error, UploadRefused) and error.too_large:
        return TOO_LARGE
    return next((status for kind, status in STATUSES.items() if isinstance(error, kind)), OTHER)


STATUSES: dict[type[Exception], int] = {
    NoSuchUpload: 404,
    NotNow: 409,
    CellChanged: 409,
    FormulaThere: 409,
}
TOO_LARGE, OTHER = 413, 422


async def _fault(request: Request, _error: Exception) -> Response:
    """Answer a fault of ours; the server logs it."""
    return problem(request.scope, 500)
