"""The start: what there is to do, and what was done last."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from importer.people import access
from importer.web.page import Here

router = APIRouter()


@router.get("/")
def start(page: Here) -> Response:
    """Show the start."""
    return page.show("start.html", may_upload=access.may_upload(page.visitor))
