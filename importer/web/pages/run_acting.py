"""A run that has no upload, such as one of the command line: cancelled, gone on with, undone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.people import access, audit_log
from importer.uploads import ReleaseRefused
from importer.web.form import Posted
from importer.web.pages.importing import UNDOES
from importer.web.pages.runs import shown
from importer.web.pictures.bar import bar
from importer.web.run_page import ChangedRun, RunPage

router = APIRouter()


@router.post("/runs/{name}/cancel")
def cancel(here: ChangedRun) -> Response:
    """Ask a run to stop after the batches in flight."""
    if not here.page.site.uploads.cancel_run(here.run.run, here.page.visitor.name):
        return here.page.go(here.path, "There is nothing to cancel: it is not being sent.", "wait")
    return _done(here, AuditAction.CANCELLED, "It stops after what is in flight.")


@router.post("/runs/{name}/resume")
def resume(here: ChangedRun) -> Response:
    """Let a run go on that has stopped."""
    try:
        here.page.site.uploads.resume_run(here.run.run, here.page.visitor.name)
    except UsageError as error:
        return here.page.go(here.path, str(error), "wrong")
    return _done(here, AuditAction.IMPORTED, "It goes on.")


@router.post("/runs/{name}/approve")
def approve(here: ChangedRun, form: Posted) -> Response:
    """Let what the guard holds of a run be sent as it was planned; an admin types how many."""
    visitor = here.page.visitor
    access.demand_approval(visitor)
    typed = form.text("release", 20)
    digits = "".join(typed.replace(",", "").split())
    number = int(digits) if digits.isdecimal() else -1
    held = len(here.page.site.uploads.held(here.run.run))
    try:
        rows = here.page.site.uploads.approve_run(here.run.run, visitor, number)
    except ReleaseRefused:
        words = f"Type {held:,}: so many rows are held."
        return shown(here, status=422, wrong=words, typed=typed)
    except UsageError as error:
        return here.page.go(here.path, str(error), "wrong")
    audit_log.record(
        here.page.site.store, visitor, AuditAction.RELEASED, here.about, {"rows": rows}
    )
    return here.page.go(here.path, "What is still as it was planned is being sent.")


@router.get("/runs/{name}/undo")
def ask_to_undo(here: ChangedRun) -> Response:
    """Say in numbers what an undo would do, and ask; an upload's page asks for its own run."""
    if here.run.upload and not here.run.undoes:
        return here.page.go(f"/uploads/{here.run.upload}/undo")
    done = {name: here.run.counts[name] for name in UNDOES if here.run.counts.get(name)}
    if not here.run.undoable:
        return here.page.go(
            here.path, "It cannot be undone: it is open, or undone already.", "wait"
        )
    counts = bar("Rows of the run", here.run.counts)
    title = ", ".join(here.run.files) or here.run.run
    return here.show("undo.html", title=title, done=done, words=UNDOES, bar=counts)


@router.post("/runs/{name}/undo")
def undo(here: ChangedRun) -> Response:
    """Begin to undo a run."""
    try:
        here.page.site.uploads.undo_run(here.run.run, here.page.visitor.name)
    except UsageError as error:
        return here.page.go(here.path, str(error), "wrong")
    return _done(here, AuditAction.UNDONE, "It is being undone; that is a run of its own.")


def _done(here: RunPage, action: AuditAction, words: str) -> Response:
    """Write down what was done, and go on to the run, or to the upload that has it."""
    audit_log.record(here.page.site.store, here.page.visitor, action, here.about)
    path = f"/uploads/{here.run.upload}" if here.run.upload else here.path
    return here.page.go(path, words)
