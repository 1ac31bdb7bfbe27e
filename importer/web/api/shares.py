"""Sharing an upload, with its runs, or a run that has no upload."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from importer.journal.shares import ShareWith
from importer.people import sharing
from importer.web.api.demand import Asked, Own, OwnRun
from importer.web.api.models.base import Short
from importer.web.api.models.shares import SharesAnswer, ShareSent
from importer.web.api.route import router

ROUTER = router("", "sharing")

ToName = Annotated[Short, Query()]


@ROUTER.get("/uploads/{upload}/shares")
def list_shares(asked: Own) -> SharesAnswer:
    """List with whom an upload is shared."""
    return _shares(asked)


@ROUTER.post("/uploads/{upload}/shares")
def share_upload(asked: Own, sent: ShareSent) -> SharesAnswer:
    """Share an upload with a person or a role."""
    return _share(asked, sent)


@ROUTER.delete("/uploads/{upload}/shares")
def end_share(asked: Own, to: ShareWith, name: ToName) -> SharesAnswer:
    """Share an upload with a person or a role no more."""
    return _end(asked, to, name)


@ROUTER.get("/runs/{run}/shares")
def list_shares_of_run(asked: OwnRun) -> SharesAnswer:
    """List with whom a run is shared."""
    return _shares(asked)


@ROUTER.post("/runs/{run}/shares")
def share_run(asked: OwnRun, sent: ShareSent) -> SharesAnswer:
    """Share a run, or the upload that it is of, with a person or a role."""
    return _share(asked, sent)


@ROUTER.delete("/runs/{run}/shares")
def end_share_of_run(asked: OwnRun, to: ShareWith, name: ToName) -> SharesAnswer:
    """Share a run with a person or a role no more."""
    return _end(asked, to, name)


def _shares(asked: Asked) -> SharesAnswer:
    return SharesAnswer.of(sharing.shares_of(asked.site.store, asked.about))


def _share(asked: Asked, sent: ShareSent) -> SharesAnswer:
    sharing.share(asked.site.store, asked.visitor, asked.about, sent.to, sent.name)
    return _shares(asked)


def _end(asked: Asked, to: ShareWith, name: str) -> SharesAnswer:
    sharing.end(asked.site.store, asked.visitor, asked.about, to, name)
    return _shares(asked)
