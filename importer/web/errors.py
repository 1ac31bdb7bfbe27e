"""What goes wrong in a page, as an answer: one sentence and a way out; the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from importer.errors import ImporterError, JournalLost
from importer.people.refused import Forbidden, NotThere
from importer.uploads.errors import CellChanged, FormulaThere, NoSuchUpload, NotNow, UploadRefused
from importer.web.answers import problem

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
    return problem(request.scope, 403, str(error))


async def _lost(request: Request, error: Exception) -> Response:
    LOG.error("%s", error)
    return problem(request.scope, 503)


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
