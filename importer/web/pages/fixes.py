"""The fixes of an upload: who changed which cell when; each can be undone, and each bunch."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.web.form import Posted
from importer.web.pagination import Pagination
from importer.web.upload_page import Changed, Seen
from importer.web.way import Way

router = APIRouter()


@router.get("/uploads/{name}/fixes")
def fixes(here: Seen, page: int = 1) -> Response:
    """Show all fixes, newest first."""
    found = here.uploads.fixes(here.name)
    pages = Pagination.of(here.path("fixes"), page, len(found))
    bunches = Counter(fix.bunch for fix in found if not fix.undone_by)
    shown = found[max(pages.first - 1, 0) : pages.to]
    return here.show("fixes.html", Way.FINDINGS, fixes=shown, pages=pages, bunches=bunches)


@router.post("/uploads/{name}/fixes/undo")
def undo(here: Changed, form: Posted) -> Response:
    """Undo one fix, or all of one click."""
    number, bunch = form.text("number", 9), form.text("bunch", 9)
    try:
        if bunch.isdecimal():
            here.uploads.undo_bunch(here.name, here.by, int(bunch))
        else:
            here.uploads.undo_fix(here.name, here.by, int(number) if number.isdecimal() else 0)
    except UsageError as error:
        return here.refused(error, "fixes")
    here.record(AuditAction.FIX_UNDONE, {"bunch": bunch} if bunch else {"fix": number})
    return here.go("fixes", "Undone: the cells are as before, and are checked again.")
