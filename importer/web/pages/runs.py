"""Runs: the history, filtered and searched, and the page of each run: what became of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from importer.errors import UsageError
from importer.model import RunState, Status
from importer.people import access, sharing
from importer.uploads import HistoryQuery
from importer.uploads.views import CellFinding, HistoryPage, RowOutcome
from importer.web.looks import TONES, utc
from importer.web.page import Here, Page
from importer.web.pagination import Pagination
from importer.web.pictures.bar import bar
from importer.web.pictures.history import RunBar, history_bars
from importer.web.pictures.picture import Picture
from importer.web.run_page import RunPage, SeenRun

router = APIRouter()

RUNS = 30
UNSAID = frozenset({Status.INVALID, Status.BLOCKED})
"""The outcomes of rows that were never sent: what was found in them says why."""


@router.get("/runs")
def runs(page: Here, words: str = "", state: str = "", target: str = "", at: int = 1) -> Response:
    """Show the runs that one may see, newest first."""
    query = HistoryQuery(_owners(page), _shared(page), words[:200], state[:20], target[:200], at)
    found = page.site.uploads.history(query)
    asked: dict[str, Any] = {"words": query.words, "state": query.state, "target": query.target}
    return page.show(
        "runs.html",
        runs=found.runs,
        bars=_bars(found),
        pages=Pagination.of("/runs", found.page, found.total, RUNS, **asked),
        targets=[("", "any"), *((one.name, one.title) for one in page.site.uploads.targets())],
        run_states=[("", "any"), *((one.value, one.value) for one in RunState)],
        filtered=any(asked.values()),
        may_upload=access.may_upload(page.visitor),
        **asked,
    )


def _owners(page: Page) -> frozenset[str] | None:
    """Return whose runs one sees besides those shared: everybody's, one's own, or nobody's."""
    if access.may_administer(page.visitor):
        return None
    return frozenset({page.visitor.name} if access.may_upload(page.visitor) else ())


def _shared(page: Page) -> frozenset[str]:
    """Return the names of the runs that are shared with the visitor, by themselves or by upload."""
    shared = sharing.shared_with(page.site.store, page.visitor)
    uploads = [one for one in page.site.uploads.mine() if one.name in shared]
    return frozenset(
        {*shared, *(one.run for one in uploads), *(one.undo for one in uploads)} - {""}
    )


def _bars(found: HistoryPage) -> Picture:
    """Return the runs of a page as bars, the earliest first."""
    made = [RunBar(utc(one.started), one.counts) for one in reversed(found.runs)]
    return history_bars(made, TONES)


@router.get("/runs/{name}")
def run(here: SeenRun, outcome: str = "", at: int = 1) -> Response:
    """Show what became of a run."""
    rows = here.page.site.uploads.outcomes(here.run.run, at, outcome)
    return here.show(
        "run.html",
        rows=rows,
        why=_why(here),
        reasons=_reasons(here, rows.rows),
        outcome=outcome,
        bar=bar("What became of the rows", _ordered(here.run.counts)),
        tabs=_tabs(here, outcome),
        pages=Pagination.of(here.path, rows.page, rows.total, outcome=outcome),
        reports=_reports(here),
        originals=here.page.site.uploads.originals(here.run.upload) if here.upload else [],
        shares=len(here.shares),
    )


def _why(here: RunPage) -> str:
    """Return why a run stopped, or what it left; without commands, which are no use on a page."""
    upload = here.upload
    if upload and here.run.run == (upload.undo or upload.run):
        return upload.why
    return here.run.why.partition("`importer ")[0].strip()


def _reasons(here: RunPage, rows: Sequence[RowOutcome]) -> dict[tuple[str, str, int], str]:
    """Return what was found in the rows of which nothing else is said."""
    found = {}
    for row in rows if here.upload else ():
        if row.status in UNSAID and not row.message:
            with suppress(UsageError):
                place = (row.file, row.sheet, row.row)
                shown = here.page.site.uploads.row(here.run.upload, *place)
                found[place] = " ".join(_said(one) for one in shown.findings)
    return found


def _said(finding: CellFinding) -> str:
    cell = f"{finding.cell}: " if finding.cell else ""
    return f"{cell}{finding.message}"


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts in the order in which outcomes are told."""
    return {one.value: counts[one] for one in Status if counts.get(one)}


def _reports(here: RunPage) -> list[tuple[int, str]]:
    """Return the number and the name of each report of this run's upload."""
    if here.upload is None:
        return []
    found = here.page.site.uploads.reports(here.upload.name)
    return [(number, one.name) for number, one in enumerate(found, 1)]


def _tabs(here: RunPage, outcome: str) -> list[tuple[str, str, int | None, bool]]:
    counts = _ordered(here.run.counts)
    every = ("All rows", here.path, sum(counts.values()), not outcome)
    rest = [(one, f"{here.path}?outcome={one}", n, one == outcome) for one, n in counts.items()]
    return [every, *rest]
