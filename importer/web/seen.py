"""What a request is about, for who may see it: the one place where pages and the API find it."""

from __future__ import annotations

from collections.abc import Sequence

from importer.errors import UsageError
from importer.journal.shares import Share
from importer.people import access, sharing
from importer.people.refused import NotThere
from importer.uploads import Upload
from importer.uploads.views import RunView
from importer.web.page import Page


def seen_upload(page: Page, name: str) -> tuple[Upload, Sequence[Share]]:
    """Return an upload, and with whom it is shared. Raises NotThere for who may not see it."""
    try:
        upload = page.site.uploads.get(name)
    except UsageError:
        raise NotThere from None
    return upload, _shares(page, upload.owner, upload.name)


def seen_run(page: Page, name: str) -> tuple[RunView, Sequence[Share]]:
    """Return a run, and with whom it is shared. Raises NotThere for who may not see it."""
    try:
        run = page.site.uploads.run(name)
    except UsageError:
        raise NotThere from None
    return run, _shares(page, run.owner, run.upload or run.run)


def _shares(page: Page, owner: str, about: str) -> Sequence[Share]:
    shares = sharing.shares_of(page.site.store, about)
    access.demand_seen(page.visitor, owner, shares)
    return shares
