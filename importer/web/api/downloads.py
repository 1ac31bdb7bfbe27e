"""Files that are handed out: as attachments, whatever they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import HTTPException
from starlette.responses import FileResponse

from importer.journal.audit import AuditAction
from importer.uploads import Download
from importer.web.api.demand import Asked

BYTES = "application/octet-stream"
GONE = "This file is not there (any more): files are removed some days after they came."

FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How the document describes the answer."""


def sent(asked: Asked, found: Sequence[Download], number: int) -> FileResponse:
    """Send the file of a number, and write that down. Raises a 404 where there is none."""
    if not 1 <= number <= len(found) or not found[number - 1].path.is_file():
        raise HTTPException(404, GONE)
    one = found[number - 1]
    asked.record(AuditAction.DOWNLOADED, {"file": number})
    return FileResponse(one.path, media_type=BYTES, filename=one.name)
