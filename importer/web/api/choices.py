"""Who asks, and what can be chosen: templates, with their blank workbooks, and targets."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import HTTPException
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from importer.journal.audit import AuditAction
from importer.web.api.demand import Anybody, Uploader
from importer.web.api.downloads import BYTES, FILE
from importer.web.api.models.choices import TargetsAnswer, TemplatesAnswer, WhoAnswer
from importer.web.api.route import router

ROUTER = router("", "choices")


@ROUTER.get("/me")
def who_am_i(asked: Anybody) -> WhoAnswer:
    """Say who asks, and in which role."""
    return WhoAnswer.of(asked.visitor)


@ROUTER.get("/templates")
def list_templates(asked: Uploader) -> TemplatesAnswer:
    """List the templates that can be chosen."""
    return TemplatesAnswer.of(asked.uploads.templates(asked.by))


@ROUTER.get("/templates/{template}/blank", response_class=FileResponse, responses=FILE)
def download_blank_workbook(asked: Uploader, template: str) -> FileResponse:
    """Download the blank workbook of a template."""
    from importer.template.blank import write_blank

    found = asked.uploads.template(asked.by, template)
    if found is None:
        raise HTTPException(404, "There is no template of this name.")
    folder = tempfile.TemporaryDirectory(prefix="importer-")
    path = Path(folder.name) / f"{found.name}.xlsx"
    try:
        write_blank(found, path)
    except BaseException:
        folder.cleanup()
        raise
    asked.record(AuditAction.DOWNLOADED, {"template": template})
    done = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type=BYTES, filename=path.name, background=done)


@ROUTER.get("/targets")
def list_targets(asked: Uploader) -> TargetsAnswer:
    """List the targets that can be chosen."""
    return TargetsAnswer.of(asked.uploads.targets())
