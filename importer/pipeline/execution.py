"""Execute a prepared run: plan it, confirm it, send it, and record how that ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from importer.errors import JournalLost, LeaseLost, NotExpected, StoppedEarly, UsageError
from importer.journal import Items, Journal, Lease, Run
from importer.log import about
from importer.model import RunState
from importer.options import ReportTo
from importer.pipeline.progress import Progress
from importer.pipeline.results import Preview, RunResult
from importer.pipeline.runs import reported_result, result_of
from importer.pipeline.saved_plan import SavedPlan, save_plan
from importer.pipeline.stale_plan import refuse_stale
from importer.pipeline.steps.approved import ApprovedRows
from importer.pipeline.steps.prepare import PreparedRun, make_plan
from importer.pipeline.steps.send import send_all
from importer.targets.protocol import Target
from importer.tracing import span

_LOG = logging.getLogger("importer.run")

Confirm: TypeAlias = Callable[[Preview], bool]
"""Shows a preview to the user; whether to send it. A job raises NotExpected instead."""


Began: TypeAlias = Callable[[str], None]
"""Is told the name of a run that has begun."""


def no_one(_run: str) -> None:
    """Tell nobody that a run has begun."""


class Approval(Struct, frozen=True):
    """Who says that a plan may be sent: a saved plan, or a user who confirms; else the guard.

    Without `releases` what the guard holds stays held all the same.
    """

    saved: SavedPlan | None = None
    confirm: Confirm | None = None
    releases: bool = True

    @property
    def given(self) -> bool:
        """Whether the plan is looked at before it is sent, so that nothing needs to be held."""
        return self.saved is not None or self.confirm is not None


def execute(
    prepared: PreparedRun,
    lease: Lease,
    progress: Progress,
    approval: Approval,
) -> bool:
    """Plan a run and send it; False where it went no further than its plan.

    Raises UsageError where the saved plan is stale, NotExpected where a job expects another,
    JournalLost where the journal failed before there was a plan.
    """
    with about(run=prepared.run.name, target=prepared.run.target):
        return _executed(prepared, lease, progress, approval)


def _executed(prepared: PreparedRun, lease: Lease, progress: Progress, approval: Approval) -> bool:
    run, journal = prepared.run, lease.journal
    _LOG.info("run begun")
    try:
        with span("plan"):
            preview = make_plan(prepared, journal, progress)
    except JournalLost:
        raise  # the journal may not say that the run stopped
    except StoppedEarly:
        return False
    if not _approved(run, journal, preview, approval):
        return False
    if approval.given and approval.releases:
        Items(journal, run.name).release()
    send(run, prepared.target, lease, progress)
    return True


def _approved(run: Run, journal: Journal, preview: Preview, approval: Approval) -> bool:
    if approval.saved is not None:
        try:
            refuse_stale(approval.saved, save_plan(journal, run))
        except UsageError:
            _abandon(run, journal, "Not what was planned.")
            raise
        run.spec.uncompared = False
        journal.save(run)
    elif approval.confirm is not None and not _confirmed(run, journal, preview, approval.confirm):
        _refuse(run, journal, "You said no; nothing was sent.")
        return False
    return True


def _confirmed(run: Run, journal: Journal, preview: Preview, confirm: Confirm) -> bool:
    try:
        return confirm(preview)
    except NotExpected as error:
        _refuse(run, journal, str(error))
        raise


def _refuse(run: Run, journal: Journal, why: str) -> None:
    Items(journal, run.name).release()  # the user has refused the run, not the guard
    _abandon(run, journal, why)


def _abandon(run: Run, journal: Journal, why: str) -> None:
    run.end(RunState.ABANDONED, why)
    journal.save(run)


def send(
    run: Run,
    target: Target,
    lease: Lease,
    progress: Progress,
    approved: ApprovedRows | None = None,
) -> None:
    """Send what waits in the journal, and record how that ended. Raises LeaseLost."""
    with (
        about(run=run.name, target=run.target),
        span("send", importer__run=run.name, importer__target=run.target),
    ):
        _sent(run, target, lease, progress, approved)
        _LOG.info("run %s", run.state.value, extra={"state": run.state.value})


def _sent(
    run: Run, target: Target, lease: Lease, progress: Progress, approved: ApprovedRows | None
) -> None:
    run.state, run.why, run.stop, run.finished = RunState.SENDING, "", "", None
    run.counts = {}  # those of its last report are true no longer
    lease.journal.save(run)
    try:
        stop = send_all(run, target, lease, progress, approved)
    except KeyboardInterrupt:
        lease.journal.interrupt(run.name, "Broken off.")
        raise
    if isinstance(stop, LeaseLost):
        raise stop  # the run is another process's now: only that one writes about it
    if stop:
        run.end(RunState.INTERRUPTED, str(stop), stop.code)
    else:
        run.end(RunState.FINISHED)
    lease.journal.save(run)


def finish(
    journal: Journal, name: str, report: ReportTo, progress: Progress, *, sent: bool
) -> RunResult:
    """Return the result of a run, with its reports written where it was sent."""
    if not sent:
        return result_of(journal, name)
    progress.stage("Writing the report", None)
    with span("report", importer__run=name):
        return reported_result(journal, name, report, progress)
