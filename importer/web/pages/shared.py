"""Sharing: with whom an upload or a run is shared, by name or by role."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.shares import Share, ShareWith
from importer.people import Role, accounts, sharing
from importer.web.form import Form, Posted
from importer.web.page import Page
from importer.web.run_page import OwnRun
from importer.web.upload_page import Own

router = APIRouter()

ROLES = {
    Role.VIEWER: "everybody who can sign in here",
    Role.IMPORTER: "importers and admins",
}
"""The roles that something may be shared with; admins see everything anyway."""


@router.get("/uploads/{name}/sharing")
def of_upload(here: Own) -> Response:
    """Show with whom an upload is shared."""
    return _shown(here.page, here.path(), here.upload.title, here.shares)


@router.post("/uploads/{name}/sharing")
def share_upload(here: Own, form: Posted) -> Response:
    """Share an upload, and its runs."""
    return _changed(here.page, here.path(), here.name, here.upload.title, form)


@router.get("/runs/{name}/sharing")
def of_run(here: OwnRun) -> Response:
    """Show with whom a run is shared that has no upload of its own."""
    return _shown(here.page, here.path, here.run.run, here.shares)


@router.post("/runs/{name}/sharing")
def share_run(here: OwnRun, form: Posted) -> Response:
    """Share a run."""
    return _changed(here.page, here.path, here.about, here.run.run, form)


def _changed(page: Page, path: str, about: str, title: str, form: Form) -> Response:
    """Share with somebody, or with somebody no more."""
    store, name = page.site.store, form.text("name", 200)
    to = ShareWith.ROLE if form.text("to") == ShareWith.ROLE else ShareWith.PERSON
    if form.text("end"):
        sharing.end(store, page.visitor, about, to, name)
        return page.go(f"{path}/sharing", f"It is not shared with {name} any more.")
    try:
        sharing.share(store, page.visitor, about, to, name)
    except UsageError as error:
        shares = sharing.shares_of(store, about)
        return _shown(page, path, title, shares, 422, wrong=str(error), name=name)
    return page.go(f"{path}/sharing", f"It is shared with {ROLES.get(name, name)}.")  # type: ignore[call-overload]


def _shown(
    page: Page,
    path: str,
    title: str,
    shares: Sequence[Share],
    status: int = 200,
    *,
    wrong: str = "",
    name: str = "",
) -> Response:
    people = [one.name for one in accounts.all_people(page.site.store)]
    return page.show(
        "sharing.html",
        status,
        here=path,
        title=title,
        shares=shares,
        people=[one for one in people if one != page.visitor.name],
        roles=[(role.value, words) for role, words in ROLES.items()],
        wrong=wrong,
        name=name,
    )
