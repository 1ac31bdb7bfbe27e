"""The history of runs, filtered and searched; what became of the rows of each."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from importer.journal.audit import AuditAction
from importer.model import RunState, Status
from importer.people import access, sharing
from importer.uploads import HistoryQuery, NoSuchUpload, NotNow
from importer.web.api.demand import Anybody, Asked, ChangedRun, SeenRun
from importer.web.api.models.runs import OutcomesAnswer, RunAnswer, RunsAnswer
from importer.web.api.numbers import PageNumber
from importer.web.api.route import router

ROUTER = router("/runs", "runs")

Words = Annotated[str, Query(max_length=200, description="In its name, files or owner.")]


@ROUTER.get("")
def list_runs(
    asked: Anybody,
    words: Words = "",
    state: RunState | None = None,
    target: Annotated[str, Query(max_length=200)] = "",
    page: PageNumber = 1,
) -> RunsAnswer:
    """List the runs that one may see, newest first, those of the command line too."""
    query = HistoryQuery(_owners(asked), _shared(asked), words, state or "", target, page)
    return RunsAnswer.of(asked.uploads.history(query))


def _owners(asked: Asked) -> frozenset[str] | None:
    """Return whose runs one sees besides those shared: everybody's, one's own, or nobody's."""
    if access.may_administer(asked.visitor):
        return None
    return frozenset({asked.by} if access.may_upload(asked.visitor) else ())


def _shared(asked: Asked) -> frozenset[str]:
    """Return the names of the runs that are shared, by themselves or by their upload."""
    found = set[str]()
    for name in sharing.shared_with(asked.site.store, asked.visitor):
        try:
            upload = asked.uploads.get(name)
            found |= {upload.run, upload.undo}
        except NoSuchUpload:
            found.add(name)
    return frozenset(found - {""})


@ROUTER.get("/{run}")
def show_run(asked: SeenRun) -> RunAnswer:
    """Show a run."""
    return _as_it_is(asked)


@ROUTER.get("/{run}/rows")
def list_outcomes(
    asked: SeenRun, outcome: Status | None = None, page: PageNumber = 1
) -> OutcomesAnswer:
    """List what became of each row of a run, 100 a page."""
    return OutcomesAnswer.of(asked.uploads.outcomes(_run(asked), page, outcome or ""))


@ROUTER.post("/{run}/cancel", status_code=202)
def cancel_run(asked: ChangedRun) -> RunAnswer:
    """Ask a run to stop after what is in flight, whoever began it."""
    if not asked.uploads.cancel_run(_run(asked), asked.by):
        raise NotNow("There is nothing to cancel: nothing of it is being sent (any more).")
    asked.record(AuditAction.CANCELLED)
    return _as_it_is(asked)


@ROUTER.post("/{run}/resume", status_code=202)
def resume_run(asked: ChangedRun) -> RunAnswer:
    """Let a run go on that has stopped, whoever began it."""
    asked.uploads.resume_run(_run(asked), asked.by)
    asked.record(AuditAction.IMPORTED, {"resumed": "yes"})
    return _as_it_is(asked)


@ROUTER.post("/{run}/undo", status_code=202)
def undo_run(asked: ChangedRun) -> RunAnswer:
    """Begin to undo a run, whoever began it; what has changed since is kept."""
    asked.uploads.undo_run(_run(asked), asked.by)
    asked.record(AuditAction.UNDONE, {"run": _run(asked)})
    return _as_it_is(asked)


def _run(asked: Asked) -> str:
    return asked.run.run if asked.run else ""


def _as_it_is(asked: Asked) -> RunAnswer:
    return RunAnswer.of(asked.uploads.run(_run(asked)))
