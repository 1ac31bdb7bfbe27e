"""Files in, a checked, planned, sent and reported run out: the whole flow on one page.

`checking` only says what is wrong, `rehearsing` what a run would do. A run is prepared first (read,
map, check in `intake`; order and plan in `planning`), then sent, then reported. From the plan on
everything goes through the journal and through nothing else, so that any process can finish what
another began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from importer.approval import Kept, demand_as_approved, kept
from importer.checking import check
from importer.dispatch import send_all
from importer.errors import LeaseLost, ReportNotWritten, StoppedEarly, UsageError
from importer.journal import Items, Journal, Lease, Run, results, state_of
from importer.journal.journal import now
from importer.model import Status
from importer.preparing import PreparedRun, begin, begin_again, is_planned, plan_it
from importer.rehearsing import plan
from importer.results import (
    CheckResult,
    Connect,
    NoProgress,
    Options,
    Preview,
    Progress,
    ReportTo,
    RunResult,
)
from importer.targets.protocol import Target
from importer.undoing import begin_undo, begin_undo_again

__all__ = [
    "ENDED",
    "CheckResult",
    "Connect",
    "Options",
    "Preview",
    "Progress",
    "ReportTo",
    "RunResult",
    "check",
    "plan",
    "prepare",
    "result",
    "resume",
    "run",
    "undo",
    "write_reports",
]

Confirm: TypeAlias = Callable[[Preview], bool]

ENDED = frozenset({"finished", "abandoned"})
"""States of a run that has nothing left to send."""


def run(
    files: Sequence[Path],
    options: Options,
    *,
    target: str,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    watch: Progress | None = None,
    confirm: Confirm | None = None,
    approved: Kept | None = None,
) -> RunResult:
    """Check and plan the files, send what is right, and write back what happened to every row.

    With an `approved` plan just that is sent, or nothing. Raises UsageError before anything is
    sent; a target that cannot be asked, or stops in mid-run, makes the result `interrupted`.
    """
    watch = watch or NoProgress()
    with Lease(journal, watch.tell) as hold:
        begun = begin(files, options, target=target, connect=connect, hold=hold)
        sent = _go(begun, hold, report, watch, confirm, approved)
    return _reported(begun.run, journal, report, watch) if sent else result(journal, begun.run.run)


def undo(
    name: str,
    *,
    target: str,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    watch: Progress | None = None,
    confirm: Confirm | None = None,
    **asked: Any,
) -> RunResult:
    """Take back what a run did, as a run of its own; what somebody has changed since is kept.

    `asked` may say `batch_size` and `jobs`. Raises UsageError where there is no such run, or where
    it is not at its end; a target that cannot be asked makes the result `interrupted`.
    """
    watch = watch or NoProgress()
    with Lease(journal, watch.tell) as hold:
        begun = begin_undo(
            name, target=target, connect=connect, history=journal, hold=hold, **asked
        )
        sent = _go(begun, hold, report, watch, confirm)
    return _reported(begun.run, journal, report, watch) if sent else result(journal, begun.run.run)


def _go(
    begun: PreparedRun,
    hold: Lease,
    report: ReportTo,
    watch: Progress,
    confirm: Confirm | None,
    approved: Kept | None = None,
) -> bool:
    """Plan a run and send it; False where it went no further than its plan."""
    this, journal = begun.run, hold.journal
    this.facts["report_to"] = report.as_facts()
    try:
        preview = plan_it(begun, journal, watch)
    except StoppedEarly:
        return False
    if approved is not None:
        _demand_as_approved(this, journal, approved)
    elif confirm is not None and not confirm(preview):
        _refused(this, journal)
        return False
    if approved is not None or confirm is not None:
        Items(journal, this.run).release()  # somebody has looked at it
    _send(this, begun.target, hold, watch)
    return True


def prepare(
    files: Sequence[Path],
    options: Options,
    *,
    target: str,
    connect: Connect,
    journal: Journal,
    watch: Progress | None = None,
) -> tuple[Run, Preview, Target]:
    """Everything up to the plan; `resume` sends it. Raises as `run`, or StoppedEarly."""
    with Lease(journal) as hold:
        begun = begin(files, options, target=target, connect=connect, hold=hold)
        return begun.run, plan_it(begun, journal, watch or NoProgress()), begun.target


def resume(
    name: str,
    *,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    watch: Progress | None = None,
) -> RunResult:
    """Finish a run from the journal alone; one that is finished gives its result again.

    A run that ended before it had its plan reads its files again. Raises UsageError where there is
    no such run, or such a file has changed.
    """
    this = journal.run(name)
    if this.state in ENDED:
        return result(journal, name)
    watch = watch or NoProgress()
    with Lease(journal, watch.tell) as hold:
        hold.take(this)
        this = journal.run(name)  # as whoever held it last has left it
        if this.state in ENDED:
            return result(journal, name)
        if is_planned(this):
            system = connect(this.system, this.facts["options"])
        else:
            again = begin_undo_again if "undoes" in this.facts else begin_again
            begun = again(this, connect=connect, journal=journal)
            this, system = begun.run, begun.target
            try:
                plan_it(begun, journal, watch)
            except StoppedEarly:
                return result(journal, name)
        _send(this, system, hold, watch)
    return _reported(this, journal, report, watch)


def _send(this: Run, system: Target, hold: Lease, watch: Progress) -> None:
    """Send what waits in the journal, and write down how that ended."""
    this.state, this.why, this.finished = "sending", "", None
    hold.journal.save(this)
    try:
        stop = send_all(this, system, hold, watch)
    except KeyboardInterrupt:
        hold.journal.interrupt(this.run, "Broken off.")
        raise
    if isinstance(stop, LeaseLost):
        raise stop  # the run is another process's now: it alone writes about it
    this.state = "interrupted" if stop else "finished"
    this.why = str(stop) if stop else ""
    this.finished = now()
    hold.journal.save(this)


def result(journal: Journal, name: str) -> RunResult:
    """What became of a run, as the journal has it; what kept rows back stands in the findings."""
    this = journal.run(name)
    counted: Counter[Status] = Counter()
    kept_back = []
    for row in results(journal, this) if is_planned(this) else ():
        counted[row.status] += 1
        if (row.message and not row.status.fine) or row.name:
            kept_back.append(row.told())
    return RunResult(
        run=name,
        target=this.target,
        state=state_of(journal, this),
        counts={status.value: counted[status] for status in Status if counted[status]},
        findings=journal.findings(name) + kept_back,
        reports=[Path(path) for path in this.facts.get("reports", ())],
        why=this.why,
        files=[file["name"] for file in this.facts["files"]],
        started=this.started,
        finished=this.finished,
        undoes=this.facts.get("undoes", ""),
    )


def write_reports(journal: Journal, name: str, report: ReportTo) -> list[Path]:
    """Write a run's reports (again). Raises ReportNotWritten, or UsageError before the plan."""
    from importer.reporting import report_run

    this = journal.run(name)
    if not is_planned(this):
        raise UsageError(f"Run {name} has nothing to report yet: `importer resume {name}` does it.")
    reports = report_run(journal, this, report)
    if this.state == "finished":
        this.why = reports.why  # a finished run lacks nothing but its report
    _keep_reports(journal, this, reports.paths)
    return reports.paths


def _demand_as_approved(this: Run, journal: Journal, approved: Kept) -> None:
    try:
        demand_as_approved(approved, kept(journal, this))
    except UsageError:
        this.state, this.why, this.finished = "abandoned", "Not what was planned.", now()
        journal.save(this)
        raise


def _refused(this: Run, journal: Journal) -> None:
    Items(journal, this.run).release()  # no guard has kept anything back: a person has
    this.state, this.why, this.finished = "abandoned", "You said no; nothing was sent.", now()
    journal.save(this)


def _reported(this: Run, journal: Journal, report: ReportTo, watch: Progress) -> RunResult:
    """The result, with the reports written; the target is free by then."""
    from importer.reporting import report_run

    watch.stage("Writing the report", None)
    try:
        reports = report_run(journal, this, report)
        this.why = " ".join(filter(None, (this.why, reports.why)))
        _keep_reports(journal, this, reports.paths)
    except ReportNotWritten as error:
        this.why = f"{error} `importer runs {this.run} --report PATH` writes it later."
        journal.save(this)
    return result(journal, this.run)


def _keep_reports(journal: Journal, this: Run, reports: Sequence[Path]) -> None:
    this.facts["reports"] = [str(path) for path in reports]
    journal.save(this)
