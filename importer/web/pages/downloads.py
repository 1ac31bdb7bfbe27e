"""Downloads of an upload: its reports, and the user's own files with the fixes in them."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

from fastapi import APIRouter, HTTPException
from starlette.responses import FileResponse, Response

from importer.journal.audit import AuditAction
from importer.uploads import Download
from importer.web.upload_page import Seen, UploadPage

router = APIRouter()

GONE = "This file is not there (any more): files are removed some days after they came."


@router.get("/uploads/{name}/reports/{number}")
def report(here: Seen, number: int) -> Response:
    """Send a report: the file with what became of each row in it."""
    return _sent(here, here.uploads.reports(here.name), number)


@router.get("/uploads/{name}/files/{number}")
def original(here: Seen, number: int) -> Response:
    """Send a file of the user, with the fixes in it."""
    return _sent(here, here.uploads.originals(here.name), number)


def _sent(here: UploadPage, found: Sequence[Download], number: int) -> Response:
    if not 1 <= number <= len(found) or not found[number - 1].path.is_file():
        raise HTTPException(404, GONE)
    one = found[number - 1]
    here.record(AuditAction.DOWNLOADED, {"file": number})
    kind = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
    return FileResponse(one.path, media_type=kind, filename=one.name)
