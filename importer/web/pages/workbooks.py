"""The workbook of a template to download: blank, or filled with what a target holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from importer.errors import ImporterError, UsageError
from importer.journal.audit import AuditAction, Detail
from importer.people import access, audit_log
from importer.session.connector import Connector
from importer.settings import SANDBOX
from importer.template import Template
from importer.web.page import Here, Page

router = APIRouter()

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/templates")
def chosen(page: Here, template: str = "", target: str = SANDBOX, how: str = "blank") -> Response:
    """Go on to the workbook that was chosen in a form."""
    path = f"/templates/{quote(template[:200], safe='')}"
    filled = f"{path}/filled?{urlencode({'target': target[:200]})}"
    return page.go(filled if how == "filled" else f"{path}/blank")


@router.get("/templates/{name}/blank")
def blank(page: Here, name: str) -> Response:
    """Send the blank workbook of a template."""
    from importer.template.blank import write_blank

    access.demand_upload(page.visitor)
    template = _template(page, name)
    _record(page, {"template": template.name})
    return _sent(f"{template.name}.xlsx", lambda path: write_blank(template, path))


@router.get("/templates/{name}/filled")
def filled(page: Here, name: str, target: str = SANDBOX) -> Response:
    """Send the workbook of a template with what a target holds; goes back where that cannot be."""
    access.demand_upload(page.visitor)
    template = _template(page, name)
    try:
        _refuse(page, template, target)
        sent = _sent(
            f"{template.name}-{target}.xlsx", lambda path: _fill(page, template, target, path)
        )
    except ImporterError as error:
        return page.go("/", str(error), "wrong")
    _record(page, {"template": template.name, "target": target})
    return sent


def _record(page: Page, detail: Detail) -> None:
    audit_log.record(page.site.store, page.visitor, AuditAction.DOWNLOADED, detail=detail)


def _template(page: Page, name: str) -> Template:
    """Return one of the templates that can be chosen. Raises a 404: no other folder is read."""
    found = page.site.uploads.template(page.visitor.name, name)
    if found is None:
        raise HTTPException(404, "There is no template of this name.")
    return found


def _refuse(page: Page, template: Template, target: str) -> None:
    """Raise UsageError where a template cannot be filled, or not from this target."""
    from importer.export import why_not_exportable

    if target not in {one.name for one in page.site.uploads.targets()}:
        raise UsageError("There is no target of this name.")
    if why := why_not_exportable(template):
        raise UsageError(f"{template.title} cannot be filled: {why}. Download it blank.")


def _fill(page: Page, template: Template, target: str, path: Path) -> None:
    from importer.pipeline.export import export
    from importer.template.blank import write_blank

    with Connector(page.site.settings, target) as connect:
        found = export(template, connect)
    write_blank(template, path, rows=found.rows, own=found.own)


def _sent(name: str, write: Callable[[Path], object]) -> Response:
    """Send a workbook that is written now, and removed once it is sent."""
    folder = tempfile.TemporaryDirectory(prefix="importer-")
    path = Path(folder.name) / name
    try:
        write(path)
    except BaseException:
        folder.cleanup()
        raise
    done = BackgroundTask(folder.cleanup)
    return FileResponse(path, media_type=WORKBOOK, filename=name, background=done)
