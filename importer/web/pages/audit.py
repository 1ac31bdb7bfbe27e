"""The audit log, for admins: who did what, when; nothing here changes it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from importer.journal.audit import NO_END
from importer.people import audit_log
from importer.web.page import AdminHere

router = APIRouter()

LINES = 100


@router.get("/audit")
def audit(page: AdminHere, before: Annotated[int, Query(ge=1, le=NO_END)] = NO_END) -> Response:
    """Show the newest lines before a number."""
    found = audit_log.newest(page.site.store, LINES + 1, before)
    shown = found[:LINES]
    older = shown[-1].no if len(found) > LINES else None
    return page.show("audit.html", entries=shown, older=older, newest=before == NO_END)
