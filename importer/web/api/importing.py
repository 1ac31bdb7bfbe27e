"""The plan of an upload, and its import: begun, cancelled, gone on with, undone."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from importer.journal.audit import AuditAction
from importer.model import Action
from importer.people import access
from importer.uploads import NotNow
from importer.web.api.demand import Asked, Changed, Seen
from importer.web.api.models.plans import ChangesAnswer, ImportSent, PlanAnswer
from importer.web.api.models.uploads import UploadAnswer
from importer.web.api.numbers import PageNumber
from importer.web.api.route import router
from importer.web.api.uploads import upload_of

ROUTER = router("/uploads/{upload}", "plan and import")

Filter = Annotated[Action | Literal["held"] | None, Query(description="Else all that change.")]


@ROUTER.post("/plan", status_code=202)
def make_plan(asked: Changed) -> UploadAnswer:
    """Begin to plan what an import would do."""
    upload = asked.uploads.plan(asked.about, asked.by)
    asked.record(AuditAction.PLANNED)
    return UploadAnswer.of(upload)


@ROUTER.get("/plan")
def show_plan(asked: Seen) -> PlanAnswer:
    """Show the totals of the plan."""
    view = asked.uploads.plan_view(asked.about)
    return PlanAnswer.of(asked.uploads.get(asked.about), view)


@ROUTER.get("/plan/changes")
def list_changes(asked: Seen, page: PageNumber = 1, action: Filter = None) -> ChangesAnswer:
    """List what would happen to each row, 100 a page: old values and new."""
    return ChangesAnswer.of(asked.uploads.plan_rows(asked.about, page, action or ""))


@ROUTER.post("/import", status_code=202)
def start_import(asked: Changed, sent: ImportSent) -> UploadAnswer:
    """Begin to import exactly what the plan shows.

    Asked for twice, it is begun once: the second is refused with a 409 that says where it stands.
    """
    if sent.release is not None:
        access.demand_approval(asked.visitor)
    _demand_version(asked, sent.version)
    upload = asked.uploads.start_import(asked.about, asked.by, sent.release, sent.digest)
    asked.record(AuditAction.IMPORTED, {"target": upload.target})
    if sent.release is not None:
        asked.record(AuditAction.RELEASED, {"rows": sent.release})
    return UploadAnswer.of(upload)


def _demand_version(asked: Asked, version: int | None) -> None:
    if version is not None and asked.uploads.get(asked.about).version != version:
        raise NotNow("It was changed since this plan was made: look at the plan anew.")


@ROUTER.post("/cancel", status_code=202)
def cancel_import(asked: Changed) -> UploadAnswer:
    """Cancel what waits, a check or a plan; ask what is sent to stop after what is in flight."""
    state = asked.uploads.get(asked.about).state
    if not asked.uploads.cancel(asked.about, asked.by):
        raise NotNow("There is nothing to cancel: nothing works on it (any more).")
    asked.record(AuditAction.CANCELLED, {"what": state})
    return upload_of(asked)


@ROUTER.post("/resume", status_code=202)
def resume_import(asked: Changed) -> UploadAnswer:
    """Let an import, or its undo, go on that has stopped."""
    upload = asked.uploads.resume(asked.about, asked.by)
    asked.record(AuditAction.IMPORTED, {"resumed": "yes"})
    return UploadAnswer.of(upload)


@ROUTER.post("/undo", status_code=202)
def undo_import(asked: Changed) -> UploadAnswer:
    """Begin to undo the import; what somebody else has changed since is kept."""
    upload = asked.uploads.undo(asked.about, asked.by)
    asked.record(AuditAction.UNDONE, {"run": upload.run})
    return UploadAnswer.of(upload)
