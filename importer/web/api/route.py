"""A route of the API: who may come here is asked before a body is read; refusals are JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from importer.errors import UsageError
from importer.uploads import (
    CellChanged,
    FormulaThere,
    NoSuchUpload,
    NotNow,
    UploadRefused,
)
from importer.web.answers import problem
from importer.web.api.demand import Asked, Demand, asked_by

Answering = Callable[[Request], Coroutine[Any, Any, Response]]

CONFLICTS = (NotNow, CellChanged, FormulaThere)


class ApiRoute(APIRoute):
    """A route whose demands look before FastAPI reads anything but the address."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **how: Any) -> None:
        """Take the first sentence of the docstring as the summary."""
        summary, _, more = (endpoint.__doc__ or "").strip().partition("\n")
        about = {"summary": summary.rstrip("."), "description": " ".join(more.split())}
        super().__init__(path, endpoint, **{**how, **about, "operation_id": endpoint.__name__})

    @property
    def demands(self) -> list[Demand]:
        """Return what has to be allowed before anything else is read."""
        calls = (one.call for one in self.dependant.dependencies)
        return [call for call in calls if isinstance(call, Demand)]

    def get_route_handler(self) -> Answering:
        """Return what answers a request."""
        answer = super().get_route_handler()
        demands = self.demands

        async def handler(request: Request) -> Response:
            try:
                for demand in demands:
                    await run_in_threadpool(demand.found, request)
                return await answer(request)
            except RequestValidationError as error:
                return problem(request.scope, 422, in_words(error))
            except UsageError as error:
                return await run_in_threadpool(refused, request, error)

        return handler


def router(prefix: str, tag: str) -> APIRouter:
    """Return a router of the API, for the routes of one thing."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=ApiRoute)


def in_words(error: RequestValidationError) -> str:
    """Return what is wrong with a request: each part by its name, and what is said of it."""
    found = (f"{_place(one['loc'])}: {one['msg']}." for one in error.errors())
    words = " ".join(dict.fromkeys(found))
    return words.encode("utf-8", "replace").decode()


def _place(loc: tuple[str | int, ...]) -> str:
    named = [str(part)[:60] for part in loc[1:]]
    return f"`{'.'.join(named)}` ({loc[0]})" if named else str(loc[0])


def refused(request: Request, error: UsageError) -> Response:
    """Answer what cannot be done: where it is for the state of an upload, with that."""
    asked, more = asked_by(request), dict[str, str | None]()
    if isinstance(error, CONFLICTS) and asked:
        more = _where(asked)
    if isinstance(error, CellChanged):
        more["now"] = error.now
    return problem(request.scope, _status(error), str(error), more=more)


def _where(asked: Asked) -> dict[str, str | None]:
    """Return where the upload or the run of a request stands."""
    if asked.upload:
        upload = asked.uploads.get(asked.upload.name)
        return {"state": upload.state, "run": upload.run or None}
    if asked.run:
        return {"state": asked.uploads.run(asked.run.run).state, "run": asked.run.run}
    return {}


def _status(error: UsageError) -> int:
    if isinstance(error, CONFLICTS):
        return 409
    if isinstance(error, UploadRefused) and error.too_large:
        return 413
    return 404 if isinstance(error, NoSuchUpload) else 422
