"""A page about one run: whether somebody may be here is asked before anything else is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends
from msgspec import Struct
from starlette.responses import Response

from importer.journal.shares import Share
from importer.people import access
from importer.uploads import Upload
from importer.uploads.views import RunView
from importer.web.page import Here, Page
from importer.web.seen import seen_run
from importer.web.way import Way, way_of


class RunPage(Struct, frozen=True):
    """One request for a page about a run, by somebody who may see it; its upload, if it has one."""

    page: Page
    run: RunView
    upload: Upload | None
    shares: Sequence[Share]

    @property
    def path(self) -> str:
        """Return the address of the run."""
        return f"/runs/{self.run.run}"

    @property
    def about(self) -> str:
        """Return what is shared with others where the run is: its upload, or itself."""
        return self.run.upload or self.run.run

    def show(self, template: str, status: int = 200, **facts: Any) -> Response:
        """Answer with a page about the run."""
        visitor, owner = self.page.visitor, self.run.owner
        return self.page.show(
            template,
            status,
            run=self.run,
            upload=self.upload,
            here=self.path,
            steps=way_of(self.upload) if self.upload else [],
            step=Way.RESULT,
            keep=self.page.site.web.keep,
            may_change=access.may_change(visitor, owner, self.shares),
            may_share=access.may_share(visitor, owner),
            **facts,
        )


def seen(page: Here, name: str) -> RunPage:
    """Return a run's page for somebody who may see it. Raises NotThere."""
    run, shares = seen_run(page, name)
    upload = page.site.uploads.get(run.upload) if run.upload else None
    return RunPage(page, run, upload, shares)


SeenRun = Annotated[RunPage, Depends(seen)]
"""Whoever may see the run."""


def changed_run(here: SeenRun) -> RunPage:
    """Return a run's page for somebody who may change it. Raises NotThere or Forbidden."""
    access.demand_change(here.page.visitor, here.run.owner, here.shares)
    return here


ChangedRun = Annotated[RunPage, Depends(changed_run)]
"""Whoever may cancel a run, let it go on, and undo it."""


def own_run(here: SeenRun) -> RunPage:
    """Return a run's page for its owner or an admin. Raises NotThere or Forbidden."""
    access.demand_sharing(here.page.visitor, here.run.owner, here.shares)
    return here


OwnRun = Annotated[RunPage, Depends(own_run)]
"""The owner of a run, and admins."""
