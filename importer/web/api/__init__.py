"""The HTTP API below /api: what the pages do, for programs; one module for each part."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer

from importer.web.api import (
    choices,
    findings,
    fixes,
    importing,
    matching,
    runs,
    shares,
    uploads,
)
from importer.web.api.models.base import ErrorAnswer

REFUSALS = {
    400: "The request cannot be read",
    401: "Nobody is known by this token or session",
    403: "Who asks may see this, and not do it",
    404: "There is nothing here that who asks may see",
    408: "What is sent comes too slowly",
    409: "This cannot be done in the state that the upload is in",
    413: "More is sent than the limit allows",
    421: "The page is not reached by this name",
    422: "Something that was sent is not right",
    429: "Too many uploads are being worked on",
    503: "The journal cannot be read or written just now",
}
"""What may be answered instead of what was asked for, by any of its routes."""

ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": words} for status, words in REFUSALS.items()
}

ABOUT = """Does what the page does, for programs, behind the same rules.

A program shows a token: `Authorization: Bearer imp_...`; `importer user token add` makes one. A
script on the page has its session, and sends the page's token in the header `X-CSRF-Token` with
all but GET. A 404 is answered for what does not exist and for what one may not see alike.
"""

_BEARER = HTTPBearer(auto_error=False, description="A token of `importer user token add`.")

ROUTER = APIRouter(prefix="/api", responses=ANSWERS, dependencies=[Depends(_BEARER)])
PARTS = (choices, uploads, findings, fixes, matching, importing, runs, shares)
for part in PARTS:
    ROUTER.include_router(part.ROUTER)
