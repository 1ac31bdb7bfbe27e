"""Whether the server answers, for whoever watches it: nothing is said of what it holds."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

router = APIRouter()


@router.get("/alive")
def alive() -> PlainTextResponse:
    """Answer."""
    return PlainTextResponse("alive\n")
