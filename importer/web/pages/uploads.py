"""Uploads: files are received here, and each upload has an address that shows how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction, Detail
from importer.people import access, audit_log
from importer.settings import SANDBOX
from importer.uploads import UploadRefused, UploadState
from importer.web.form import Posted
from importer.web.page import Here, Page
from importer.web.pages.start import show_start
from importer.web.samples import sample
from importer.web.upload_page import Changed, Own, Seen
from importer.web.way import Way, page_of, step_of

router = APIRouter()

Files = Iterable[tuple[str, BinaryIO]]


@router.post("/uploads")
def receive(page: Here, form: Posted) -> Response:
    """Take files, and begin to check them."""
    access.demand_upload(page.visitor)
    files = ((one.filename or "", one.file) for one in form.files("files"))
    chosen = {name: form.text(name, 200) for name in ("template", "target")}
    return _received(page, files, **chosen)


@router.post("/samples")
def take_sample(page: Here, form: Posted) -> Response:
    """Take a file that ships as if it had been dropped; it goes to the sandbox."""
    access.demand_upload(page.visitor)
    found = sample(form.text("name", 200))
    if found is None:
        raise HTTPException(404, "There is no such sample.")
    with found.path.open("rb") as file:
        return _received(page, [(found.file, file)], template="", target=SANDBOX)


def _received(page: Page, files: Files, template: str, target: str) -> Response:
    by = page.visitor.name
    try:
        upload = page.site.uploads.receive(by, files, template, target)
    except UploadRefused as error:
        status = 413 if error.too_large else 422
        return show_start(page, status, wrong=str(error), template=template, target=target)
    detail: Detail = {"files": len(upload.files), "target": upload.target}
    audit_log.record(page.site.store, page.visitor, AuditAction.UPLOADED, upload.name, detail)
    return page.go(f"/uploads/{upload.name}")


@router.get("/uploads/{name}")
def one(here: Seen) -> Response:
    """Go on where the upload is; while a task works on it, show how far that is."""
    to = page_of(here.upload)
    if to != here.path():
        return here.page.go(to)
    return _shown(here)


@router.get("/uploads/{name}/files")
def files(here: Seen) -> Response:
    """Show the files of an upload, what they were taken for, and how long they are kept."""
    return here.show("files.html", Way.FILES, originals=here.uploads.originals(here.name))


def _shown(here: Seen) -> Response:
    if here.upload.state.busy:
        progress = here.uploads.progress(here.name)
        return here.show("upload_busy.html", step_of(here.upload), progress=progress)
    return here.show("files.html", Way.FILES, originals=here.uploads.originals(here.name))


@router.get("/uploads/{name}/progress")
def progress(here: Seen) -> Response:
    """Show how far a task is, as a piece of a page; where none works any more, where to go."""
    return here.show(
        "progress.html",
        step_of(here.upload),
        progress=here.uploads.progress(here.name),
        onward=page_of(here.upload),
    )


@router.post("/uploads/{name}/check")
def check_again(here: Changed) -> Response:
    """Check an upload again."""
    try:
        here.uploads.check_again(here.name, here.by)
    except UsageError as error:
        return here.refused(error)
    return here.go()


@router.get("/uploads/{name}/remove")
def ask_to_remove(here: Own) -> Response:
    """Say what goes and what stays, and ask."""
    return here.show("upload_remove.html", Way.FILES)


@router.post("/uploads/{name}/remove")
def remove(here: Own) -> Response:
    """Remove the files of an upload at once."""
    try:
        here.uploads.remove(here.name, here.by)
    except UsageError as error:
        return here.refused(error, "files")
    here.record(AuditAction.REMOVED, {"files": len(here.upload.files)})
    gone = here.uploads.get(here.name).state is UploadState.REMOVED
    return here.page.go("/" if gone else here.path("files"), "The files are removed.")
