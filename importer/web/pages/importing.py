"""What is under way, stopped or done: cancelled, gone on with, undone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.journal.upload import SENT
from importer.web.pictures.bar import bar
from importer.web.upload_page import Changed
from importer.web.way import Way

router = APIRouter()

NOTHING = "There is nothing to cancel: nothing works on it (any more)."
BEGINS = "It is only just beginning, or has ended: look, and cancel it again where it goes on."

UNDOES = {
    "created": "what they created is taken away",
    "updated": "the values from before come back",
    "moved": "it moves back to where it was",
    "deleted": "it is made again, as far as the target can",
}
"""What an undo does, by what the run has done."""


@router.post("/uploads/{name}/cancel")
def cancel(here: Changed) -> Response:
    """Cancel what waits, a check or a plan, or ask a run to stop after the batches in flight."""
    if not here.uploads.cancel(here.name, here.by):
        return here.go("", BEGINS if here.upload.state in SENT else NOTHING, "wait")
    state = here.upload.state
    here.record(AuditAction.CANCELLED, {"what": state})
    if state in SENT and here.uploads.get(here.name).state in SENT:
        return here.go("", "It stops after what is in flight; what is sent stays.", "wait")
    return here.go()


@router.post("/uploads/{name}/resume")
def resume(here: Changed) -> Response:
    """Let a run go on that has stopped."""
    try:
        here.uploads.resume(here.name, here.by)
    except UsageError as error:
        return here.refused(error)
    here.record(AuditAction.IMPORTED, {"resumed": "yes"})
    return here.go()


@router.get("/uploads/{name}/undo")
def ask_to_undo(here: Changed) -> Response:
    """Say in numbers what an undo would do, and ask."""
    run = here.uploads.run(here.upload.run) if here.upload.run else None
    if run is None or not run.undoable:
        return here.go("", "There is nothing to undo.", "wait")
    done = {name: run.counts[name] for name in UNDOES if run.counts.get(name)}
    counts = bar("Rows of the run", run.counts)
    return here.show(
        "undo.html",
        Way.RESULT,
        title=here.upload.title,
        run=run,
        done=done,
        words=UNDOES,
        bar=counts,
    )


@router.post("/uploads/{name}/undo")
def undo(here: Changed) -> Response:
    """Begin to undo an import."""
    try:
        here.uploads.undo(here.name, here.by)
    except UsageError as error:
        return here.refused(error)
    here.record(AuditAction.UNDONE, {"run": here.upload.run})
    return here.go()
