"""Cancel a check or a plan that waits or runs, and an import or an undo that waits."""

from __future__ import annotations

from typing import Any

from importer.journal.upload import SENT, Upload, UploadState
from importer.journal.upload_hold import moved_unheld
from importer.journal.uploads import move
from importer.model import RunState
from importer.uploads.site import Site

CHECK = "The check was cancelled: check the files again, or remove them."
PLAN = "The plan was cancelled: plan it again, or go on with the findings."
IMPORT = "The import was cancelled before it began: nothing was sent."
UNDO = "The undo was cancelled before it began: all that was imported is still there."
GOING_ON = "It was cancelled before it went on: what was sent before stays, and it can go on."


def cancel_reading(site: Site, name: str) -> bool:
    """Cancel a check or a plan; False where there is none. Raises NoSuchUpload."""
    upload = site.upload(name)
    found: dict[str, Any] = {"checked": None} if upload.current else {}
    check, plan = (UploadState.CHECKING,), (UploadState.PLANNING,)
    if move(site.store, name, check, UploadState.FAILED, why=CHECK, **found):
        return True
    return move(site.store, name, plan, UploadState.CHECKED, why=PLAN)


def cancel_waiting(site: Site, name: str) -> bool:
    """Cancel an import or an undo that waits for its turn; False where none does.

    It is as it was before somebody began it. Raises NoSuchUpload.
    """
    upload = site.upload(name)
    if upload.state not in SENT:
        return False
    to, why = _before(site, upload)
    return moved_unheld(site.store, name, (upload.state,), to, why=why)


def _before(site: Site, upload: Upload) -> tuple[UploadState, str]:
    """Return the state in which an import or an undo was begun, and what is said then."""
    if upload.undo or (upload.state is UploadState.IMPORTING and upload.run):
        return UploadState.STOPPED, GOING_ON
    if upload.state is UploadState.IMPORTING:
        return UploadState.PLANNED, IMPORT
    ended = site.session.journal.run(upload.run).state is RunState.FINISHED
    return (UploadState.IMPORTED if ended else UploadState.STOPPED), UNDO
