"""The questions of a template, or of a sheet that may be several things."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.uploads import NotNow
from importer.web.form import Posted
from importer.web.upload_page import Changed, Seen, UploadPage
from importer.web.way import Way

router = APIRouter()


@router.get("/uploads/{name}/questions")
def questions(here: Seen) -> Response:
    """Show what is asked."""
    return _shown(here, {})


@router.post("/uploads/{name}/questions")
def answer(here: Changed, form: Posted) -> Response:
    """Take the answers, and begin to check."""
    asked = here.uploads.questions(here.name)
    given = {one.name: form.text(f"answer-{one.name}") for one in asked}
    try:
        here.uploads.answer(here.name, here.by, given)
    except NotNow as error:
        return here.refused(error)
    except UsageError as error:
        return _shown(here, given, 422, wrong=str(error))
    here.record(AuditAction.ANSWERED, {"questions": len(asked)})
    return here.go()


@router.post("/uploads/{name}/questions/leave")
def leave(here: Changed) -> Response:
    """Read the files without the kept mapping that asks."""
    kept = here.upload.kept
    try:
        here.uploads.leave_kept(here.name, here.by)
    except UsageError as error:
        return here.refused(error)
    here.record(AuditAction.ANSWERED, {"left": kept})
    return here.go()


def _shown(
    here: UploadPage, given: dict[str, str], status: int = 200, *, wrong: str = ""
) -> Response:
    asked = here.uploads.questions(here.name)
    if not asked:
        return here.go()
    return here.show(
        "questions.html", Way.COLUMNS, status, questions=asked, given=given, wrong=wrong
    )
