"""The jobs of the settings, for admins: when each is due, and its last passes, as a trend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from starlette.responses import Response

from importer.jobs.history import Night, job_line, job_lines, nights
from importer.jobs.site import JobSite, NoSuchJob
from importer.journal.job_pass import JobPass
from importer.journal.job_passes import NO_END
from importer.web.looks import TONES, iso, utc
from importer.web.page import AdminHere
from importer.web.pictures.history import MOST, RunBar, history_bars
from importer.web.pictures.picture import Picture

router = APIRouter()

Before = Annotated[int, Query(ge=1, le=NO_END)]


@router.get("/jobs")
def jobs(page: AdminHere) -> Response:
    """Show the jobs, when each is due, and how it ended last."""
    return page.show("jobs.html", jobs=job_lines(JobSite(page.site.session)), tone_of=tone_of)


@router.get("/jobs/{job}")
def job(page: AdminHere, job: str, before: Before = NO_END) -> Response:
    """Show the last passes of a job, each against the one before."""
    site = JobSite(page.site.session)
    try:
        line = job_line(site, job)
    except NoSuchJob:
        raise HTTPException(404) from None
    found = nights(site, job, MOST + 1, before)
    older = found[MOST - 1].one.no if len(found) > MOST else None
    shown = found[:MOST]
    return page.show(
        "job.html",
        line=line,
        nights=shown,
        bars=_bars(shown),
        older=older,
        newest=before == NO_END,
        tone_of=tone_of,
    )


def tone_of(one: JobPass) -> str:
    """Return the look of the badge that says how a pass has ended."""
    if one.status is None:
        return "now"
    return {0: "fine" if one.facts.runs else "", 1: "wait"}.get(one.status, "wrong")


def _bars(shown: Sequence[Night]) -> Picture:
    """Return passes that have read rows as bars, the earliest first."""
    passes = [night.one for night in reversed(shown) if night.one.facts.runs]
    bars = [RunBar(utc(iso(one.started or one.due)), one.facts.counts) for one in passes]
    return history_bars(bars, TONES)
