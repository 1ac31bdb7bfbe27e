"""Uploads: files are received here; how far each is, its files, checked again, removed."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException
from starlette.responses import FileResponse

from importer.journal.audit import AuditAction, Detail
from importer.people import access, sharing
from importer.uploads import NoSuchUpload, Upload
from importer.web.api.demand import Anybody, Asked, Changed, Own, Seen, Uploader
from importer.web.api.downloads import FILE, sent
from importer.web.api.models.uploads import (
    DownloadsAnswer,
    ProgressAnswer,
    UploadAnswer,
    UploadsAnswer,
)
from importer.web.api.numbers import Number, PageNumber, page_of
from importer.web.api.route import router
from importer.web.form import Posted

ROUTER = router("/uploads", "uploads")

AT_ONCE = 50
"""So many uploads of one person are worked on at once, so that others have their turn."""

WAIT = {"Retry-After": "10"}

TEXT = {"type": "string", "maxLength": 200}
FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 50,
                            "items": {"type": "string", "format": "binary"},
                        },
                        "template": {**TEXT, "description": "Recognised where it is not named."},
                        "target": {**TEXT, "description": "The sandbox where it is not named."},
                    },
                }
            }
        },
    }
}
"""How the document describes what is uploaded: FastAPI would read it before who asks is known."""


def upload_of(asked: Asked) -> UploadAnswer:
    """Return the upload that a request is about, as it is now."""
    return UploadAnswer.of(asked.uploads.get(asked.about))


@ROUTER.post("", status_code=201, openapi_extra=FILES)
def upload_files(asked: Uploader, form: Posted) -> UploadAnswer:
    """Upload files, and begin to check them.

    Several files together are one import. Ask for the upload until it is not `busy`.
    """
    _refuse_too_many(asked)
    files = ((one.filename or "", one.file) for one in form.files("files"))
    chosen = {name: form.text(name, 200) for name in ("template", "target")}
    upload = asked.uploads.receive(asked.by, files, **chosen)
    detail: Detail = {"files": len(upload.files), "target": upload.target}
    asked.record(AuditAction.UPLOADED, detail, upload.name)
    return UploadAnswer.of(upload)


def _refuse_too_many(asked: Asked) -> None:
    """Raise a 429 where too many uploads of somebody are being worked on."""
    busy = sum(one.state.busy for one in asked.uploads.mine(asked.by))
    if busy >= AT_ONCE:
        words = f"{busy} of your uploads are being worked on: upload more when some are done."
        raise HTTPException(429, words, WAIT)


@ROUTER.get("")
def list_uploads(asked: Anybody, page: PageNumber = 1) -> UploadsAnswer:
    """List the uploads that one may see, newest first."""
    found = visible(asked)
    some, pages = page_of(found, page)
    uploads = [UploadAnswer.of(one) for one in some]
    return UploadsAnswer(uploads=uploads, page=page, pages=pages, total=len(found))


def visible(asked: Asked) -> list[Upload]:
    """Return the uploads that somebody may see: all, or one's own and those shared."""
    if access.may_administer(asked.visitor):
        return asked.uploads.mine(None)
    own = asked.uploads.mine(asked.by) if access.may_upload(asked.visitor) else []
    found = {one.name: one for one in own}
    for name in sharing.shared_with(asked.site.store, asked.visitor) - found.keys():
        try:
            found[name] = asked.uploads.get(name)
        except NoSuchUpload:  # a run of the command line is shared
            continue
    return sorted(found.values(), key=lambda one: one.created, reverse=True)


@ROUTER.get("/{upload}")
def show_upload(asked: Seen) -> UploadAnswer:
    """Show an upload: its state, what was read, its counts."""
    return upload_of(asked)


@ROUTER.get("/{upload}/progress")
def show_progress(asked: Seen) -> ProgressAnswer:
    """Show how far the task is that works on an upload."""
    upload = asked.uploads.get(asked.about)
    return ProgressAnswer.of(upload, asked.uploads.progress(asked.about))


@ROUTER.post("/{upload}/check", status_code=202)
def check_again(asked: Changed) -> UploadAnswer:
    """Check an upload again that failed, or whose target has changed since."""
    return UploadAnswer.of(asked.uploads.check_again(asked.about, asked.by))


@ROUTER.delete("/{upload}")
def remove_files(asked: Own) -> UploadAnswer:
    """Remove the files of an upload at once; its counts and its findings stay."""
    asked.uploads.remove(asked.about, asked.by)
    asked.record(AuditAction.REMOVED)
    return upload_of(asked)


@ROUTER.get("/{upload}/files")
def list_files(asked: Seen) -> DownloadsAnswer:
    """List the user's own files, as they are with the fixes in them."""
    return DownloadsAnswer.of(asked.uploads.originals(asked.about))


@ROUTER.get("/{upload}/files/{number}", response_class=FileResponse, responses=FILE)
def download_file(asked: Seen, number: Number) -> FileResponse:
    """Download one of the user's own files with the fixes in it."""
    return sent(asked, asked.uploads.originals(asked.about), number)


@ROUTER.get("/{upload}/reports")
def list_reports(asked: Seen) -> DownloadsAnswer:
    """List the reports: the user's own files with what became of each row in them."""
    return DownloadsAnswer.of(asked.uploads.reports(asked.about))


@ROUTER.get("/{upload}/reports/{number}", response_class=FileResponse, responses=FILE)
def download_report(asked: Seen, number: Number) -> FileResponse:
    """Download a report."""
    return sent(asked, asked.uploads.reports(asked.about), number)
