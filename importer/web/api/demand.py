"""What has to be allowed before anything else of a request is read, and what is known by then."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import Depends, Path
from msgspec import Struct
from starlette.requests import Request

from importer.journal.audit import AuditAction, Detail
from importer.journal.shares import Share
from importer.people import Visitor, access, audit_log
from importer.people.refused import NotThere
from importer.uploads import Upload, Uploads
from importer.uploads.views import RunView
from importer.web.page import Page
from importer.web.seen import seen_run, seen_upload
from importer.web.site import Site

_KEY = "importer.allowed"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")

Name = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class Asked(Struct, frozen=True):
    """One request of somebody: with the upload or the run that it is about, if there is one."""

    page: Page
    upload: Upload | None = None
    run: RunView | None = None
    shares: Sequence[Share] = ()

    @property
    def site(self) -> Site:
        """Return what everything works with."""
        return self.page.site

    @property
    def uploads(self) -> Uploads:
        """Return all uploads."""
        return self.page.site.uploads

    @property
    def visitor(self) -> Visitor:
        """Return who asks."""
        return self.page.visitor

    @property
    def by(self) -> str:
        """Return the name of who asks."""
        return self.page.visitor.name

    @property
    def about(self) -> str:
        """Return what is shared, and what the audit log names: the upload, or a run without one."""
        if self.upload:
            return self.upload.name
        return (self.run.upload or self.run.run) if self.run else ""

    def record(self, action: AuditAction, detail: Detail | None = None, about: str = "") -> None:
        """Write down what was done."""
        audit_log.record(self.site.store, self.visitor, action, about or self.about, detail)


class Demand(Struct, frozen=True):
    """A dependency that finds what a request is about, and raises where that is not allowed.

    A route of the API lets it look before the body is read; then it answers what it has found.
    `who` says for people who is let in.
    """

    look: Callable[[Page], Asked]
    who: str

    def __call__(self, request: Request) -> Asked:
        """Return what was found. Raises NotThere or Forbidden."""
        return self.found(request)

    def found(self, request: Request) -> Asked:
        """Look, if nobody has yet, and return what was found. Raises NotThere or Forbidden."""
        known = asked_by(request)
        if known is None:
            known = request.scope[_KEY] = self.look(Page(request))
        return known


class OfUpload(Demand, frozen=True):
    """A demand about an upload, which the address names."""

    def __call__(self, request: Request, upload: Name) -> Asked:  # type: ignore[override]  # noqa: ARG002 - read from the address
        """Return what was found. Raises NotThere or Forbidden."""
        return self.found(request)


class OfRun(Demand, frozen=True):
    """A demand about a run, which the address names."""

    def __call__(self, request: Request, run: Name) -> Asked:  # type: ignore[override]  # noqa: ARG002 - read from the address
        """Return what was found. Raises NotThere or Forbidden."""
        return self.found(request)


def asked_by(request: Request) -> Asked | None:
    """Return what is known of a request by now."""
    found = request.scope.get(_KEY)
    return found if isinstance(found, Asked) else None


def _anybody(page: Page) -> Asked:
    page.caller  # noqa: B018 - raises where nobody is signed in
    return Asked(page)


def _uploader(page: Page) -> Asked:
    access.demand_upload(page.visitor)
    return Asked(page)


def _seen(page: Page) -> Asked:
    """Find an upload for somebody who may see it. Raises NotThere."""
    upload, shares = seen_upload(page, _named(page, "upload"))
    return Asked(page, upload=upload, shares=shares)


def _changed(page: Page) -> Asked:
    """Find an upload for somebody who may change it. Raises NotThere or Forbidden."""
    found = _seen(page)
    access.demand_change(page.visitor, _owner(found), found.shares)
    return found


def _own(page: Page) -> Asked:
    """Find an upload for its owner or an admin. Raises NotThere or Forbidden."""
    found = _seen(page)
    access.demand_sharing(page.visitor, _owner(found), found.shares)
    return found


def _seen_run(page: Page) -> Asked:
    """Find a run for somebody who may see it. Raises NotThere."""
    run, shares = seen_run(page, _named(page, "run"))
    return Asked(page, run=run, shares=shares)


def _changed_run(page: Page) -> Asked:
    """Find a run for somebody who may change it. Raises NotThere or Forbidden."""
    found = _seen_run(page)
    access.demand_change(page.visitor, _owner(found), found.shares)
    return found


def _own_run(page: Page) -> Asked:
    """Find a run for its owner or an admin. Raises NotThere or Forbidden."""
    found = _seen_run(page)
    access.demand_sharing(page.visitor, _owner(found), found.shares)
    return found


def _named(page: Page, what: str) -> str:
    """Return a name from the address. Raises NotThere where nothing can be called that."""
    name = str(page.request.path_params.get(what, ""))
    if not _NAME.fullmatch(name):
        raise NotThere
    return name


def _owner(found: Asked) -> str:
    about = found.upload or found.run
    return about.owner if about else ""


Anybody = Annotated[Asked, Depends(Demand(_anybody, "everybody"))]
"""Whoever is known."""

Uploader = Annotated[Asked, Depends(Demand(_uploader, "importers"))]
"""Whoever may upload."""

Seen = Annotated[Asked, Depends(OfUpload(_seen, "who sees it"))]
"""Whoever may see the upload."""

Changed = Annotated[Asked, Depends(OfUpload(_changed, "importers who see it"))]
"""Whoever may fix, plan, import and undo it."""

Own = Annotated[Asked, Depends(OfUpload(_own, "its owner"))]
"""Its owner, and admins."""

SeenRun = Annotated[Asked, Depends(OfRun(_seen_run, "who sees it"))]
"""Whoever may see the run."""

ChangedRun = Annotated[Asked, Depends(OfRun(_changed_run, "importers who see it"))]
"""Whoever may cancel the run, let it go on and undo it."""

OwnRun = Annotated[Asked, Depends(OfRun(_own_run, "its owner"))]
"""The owner of the run, and admins."""
