"""A page about one upload: whether somebody may be here is asked before anything else is read.

A page's function takes `Seen`, `Changed` or `Own`: what has to be allowed for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends
from msgspec import Struct
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction, Detail
from importer.journal.shares import Share
from importer.people import access, audit_log
from importer.uploads import Upload, Uploads
from importer.web.kept import read_by
from importer.web.page import Here, Page
from importer.web.seen import seen_upload
from importer.web.way import Way, way_of


class UploadPage(Struct, frozen=True):
    """One request for a page about an upload, by somebody who may see it."""

    page: Page
    upload: Upload
    shares: Sequence[Share]

    @property
    def name(self) -> str:
        """Return the name of the upload: its address."""
        return self.upload.name

    @property
    def by(self) -> str:
        """Return who asks."""
        return self.page.visitor.name

    @property
    def uploads(self) -> Uploads:
        """Return all uploads."""
        return self.page.site.uploads

    @property
    def may_change(self) -> bool:
        """Whether who asks may do more than look."""
        return access.may_change(self.page.visitor, self.upload.owner, self.shares)

    @property
    def may_share(self) -> bool:
        """Whether who asks may say who sees it, and remove it."""
        return access.may_share(self.page.visitor, self.upload.owner)

    def path(self, part: str = "") -> str:
        """Return the address of a page of this upload."""
        return f"/uploads/{self.name}{part and '/'}{part}"

    def show(self, template: str, step: Way, status: int = 200, **facts: Any) -> Response:
        """Answer with a page that has the steps of the way at its top."""
        visitor = self.page.visitor
        return self.page.show(
            template,
            status,
            upload=self.upload,
            here=self.path(),
            steps=way_of(self.upload),
            step=step,
            read_by=read_by(self.upload, self.by),
            keep=self.page.site.web.keep,
            may_change=self.may_change,
            may_share=self.may_share,
            may_approve=self.may_change and access.may_approve(visitor),
            **facts,
        )

    def go(self, part: str = "", said: str = "", tone: str = "fine") -> Response:
        """Go on to a page of this upload after a post."""
        return self.page.go(self.path(part), said, tone)

    def refused(self, error: UsageError, part: str = "") -> Response:
        """Go back to a page of this upload, and say what could not be done."""
        return self.go(part, str(error), "wrong")

    def record(self, action: AuditAction, detail: Detail | None = None) -> None:
        """Write down what was done."""
        audit_log.record(self.page.site.store, self.page.visitor, action, self.name, detail)


def seen(page: Here, name: str) -> UploadPage:
    """Return an upload's page for somebody who may see it. Raises NotThere."""
    upload, shares = seen_upload(page, name)
    return UploadPage(page, upload, shares)


Seen = Annotated[UploadPage, Depends(seen)]
"""Whoever may see the upload."""


def changed(here: Seen) -> UploadPage:
    """Return an upload's page for somebody who may change it. Raises NotThere or Forbidden."""
    access.demand_change(here.page.visitor, here.upload.owner, here.shares)
    return here


def own(here: Seen) -> UploadPage:
    """Return an upload's page for its owner or an admin. Raises NotThere or Forbidden."""
    access.demand_sharing(here.page.visitor, here.upload.owner, here.shares)
    return here


Changed = Annotated[UploadPage, Depends(changed)]
"""Whoever may fix, plan, import and undo it."""

Own = Annotated[UploadPage, Depends(own)]
"""Its owner, and admins."""
