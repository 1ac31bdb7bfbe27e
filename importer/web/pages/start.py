"""The start: files are dropped here; what one has uploaded, and what is shared with one."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from importer.people import access, sharing
from importer.settings import SANDBOX
from importer.spreadsheet import TEXT_SUFFIXES, WORKBOOK_SUFFIXES
from importer.uploads import NoSuchUpload, Upload
from importer.web.page import Here, Page
from importer.web.samples import samples
from importer.web.way import WORDS

router = APIRouter()

LATEST = 10


@router.get("/")
def start(page: Here, template: str = "", target: str = "") -> Response:
    """Show the start."""
    return show_start(page, template=template[:200], target=target[:200])


def show_start(
    page: Page, status: int = 200, *, wrong: str = "", template: str = "", target: str = ""
) -> Response:
    """Show the start, with what was wrong with what was dropped there."""
    uploads = page.site.uploads
    own = uploads.mine(page.visitor.name)[:LATEST]
    return page.show(
        "start.html",
        status,
        may_upload=access.may_upload(page.visitor),
        templates=[(one.name, one.title) for one in uploads.templates(page.visitor.name)],
        targets=[(one.name, one.title) for one in uploads.targets()],
        chosen_template=template,
        chosen_target=target or SANDBOX,
        wrong=wrong,
        own=own,
        shared=[*_shared(page)][:LATEST],
        samples=() if own else samples(),
        suffixes=",".join(sorted((WORKBOOK_SUFFIXES | TEXT_SUFFIXES) - {""})),
        states=WORDS,
        upload_mb=page.site.web.upload_mb,
    )


def _shared(page: Page) -> Iterator[Upload]:
    """Yield the uploads that are shared with the visitor, newest first."""
    found = []
    for name in sharing.shared_with(page.site.store, page.visitor):
        try:
            found.append(page.site.uploads.get(name))
        except NoSuchUpload:  # a run of the command line
            continue
    others = (one for one in found if one.owner != page.visitor.name)
    yield from sorted(others, key=lambda one: one.created, reverse=True)
