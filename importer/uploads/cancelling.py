"""Cancel a check or a plan that waits or runs: who does it sees that, and ends its process."""

from __future__ import annotations

from typing import Any

from importer.journal.upload import UploadState
from importer.journal.uploads import move
from importer.uploads.site import Site

CHECK = "The check was cancelled: check the files again, or remove them."
PLAN = "The plan was cancelled: plan it again, or go on with the findings."


def cancel_reading(site: Site, name: str) -> bool:
    """Cancel a check or a plan; False where there is none. Raises NoSuchUpload."""
    upload = site.upload(name)
    found: dict[str, Any] = {"checked": None} if upload.current else {}
    check, plan = (UploadState.CHECKING,), (UploadState.PLANNING,)
    if move(site.store, name, check, UploadState.FAILED, why=CHECK, **found):
        return True
    return move(site.store, name, plan, UploadState.CHECKED, why=PLAN)
