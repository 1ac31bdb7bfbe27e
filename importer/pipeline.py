"""Files in, a checked, planned, sent and reported run out: the whole flow on one page.

`checking` only says what is wrong. A run is prepared first (read, map, check in `intake`; order
and plan in `planning`), then sent, then reported. From the plan on everything goes through the
journal and through nothing else, so that any process can finish what another began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from importer.checking import check
from importer.errors import ReportNotWritten, StoppedEarly
from importer.journal import Journal, Outbox, Run, results
from importer.journal.journal import now
from importer.model import Finding, Place, Status
from importer.plan import has_landed
from importer.preparing import prepare, prepare_again
from importer.results import (
    Checked,
    Connect,
    Nobody,
    Options,
    Preview,
    ReportTo,
    Result,
    Watch,
)
from importer.send import Sender
from importer.send.prepare import Preparer
from importer.targets.protocol import Target

__all__ = [
    "Checked",
    "Connect",
    "Options",
    "Preview",
    "ReportTo",
    "Result",
    "Watch",
    "check",
    "prepare",
    "result",
    "resume",
    "run",
    "send",
    "write_reports",
]

Confirm: TypeAlias = Callable[[Preview], bool]


def run(
    files: Sequence[Path],
    options: Options,
    *,
    target: str,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    watch: Watch | None = None,
    confirm: Confirm | None = None,
) -> Result:
    """Check and plan the files, send what is right, and write back what happened to every row.

    Raises UsageError before anything is sent; a target that stops in mid-run makes the result
    `interrupted`.
    """
    watch = watch or Nobody()
    this, preview, system = prepare(
        files, options, target=target, connect=connect, journal=journal, watch=watch
    )
    if confirm is not None and not confirm(preview):
        this.state, this.why, this.finished = "abandoned", "You said no; nothing was sent.", now()
        journal.save(this)
        return result(journal, this.run)
    return _finish(this, system, journal, report, watch)


def resume(
    name: str,
    *,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    watch: Watch | None = None,
) -> Result:
    """Finish a run from the journal alone; one that is finished gives its result again.

    A run that ended before it had its plan reads its files again. Raises UsageError where there is
    no such run, or such a file has changed.
    """
    this = journal.run(name)
    if this.state in ("finished", "abandoned"):
        return result(journal, name)
    watch = watch or Nobody()
    if this.state == "mapping":
        this, _, system = prepare_again(this, connect=connect, journal=journal, watch=watch)
    else:
        system = connect(this.system, this.facts["options"])
    return _finish(this, system, journal, report, watch)


def send(
    this: Run, system: Target, journal: Journal, watch: Watch | None = None
) -> StoppedEarly | None:
    """Send what waits in the journal; answers what stopped it, where something did."""
    watch = watch or Nobody()
    outbox = Outbox(journal, this.run)
    done, total = outbox.progress()
    watch.stage("Sending", total - done)
    this.state = "sending"
    journal.save(this)
    names = [sheet["name"] for sheet in this.facts["sheets"]]
    sender = Sender(
        outbox,
        system,
        Preparer(outbox, this.facts["types"], names),
        has_landed,
        this.facts["batch_size"] or system.batch_size,
        this.facts["jobs"],
        watch.advance,
    )
    try:
        sender.settle_doubts()
        sender.send()
    except StoppedEarly as stop:
        return stop
    return None


def result(journal: Journal, name: str) -> Result:
    """What became of a run, as the journal has it; what kept rows back stands in the findings."""
    this = journal.run(name)
    counted: Counter[Status] = Counter()
    kept_back = []
    for row in results(journal, this) if "sheets" in this.facts else ():
        counted[row.status] += 1
        if row.message and not row.status.fine:
            place = Place(row.sheet, row.row, file=row.file)
            kept_back.append(Finding(row.status.value, row.message, place))
    return Result(
        run=name,
        target=this.target,
        state=this.state,
        counts={status.value: counted[status] for status in Status if counted[status]},
        findings=journal.findings(name) + kept_back,
        reports=[Path(path) for path in this.facts.get("reports", ())],
        why=this.why,
        files=[file["name"] for file in this.facts["files"]],
        started=this.started,
        finished=this.finished,
    )


def write_reports(journal: Journal, name: str, report: ReportTo) -> list[Path]:
    """Write a run's reports (again). Raises ReportNotWritten."""
    from importer.reporting import report_run

    this = journal.run(name)
    reports = report_run(journal, this, report)
    if this.state == "finished":
        this.why = ""  # a finished run lacks nothing but its report
    _keep_reports(journal, this, reports)
    return reports


def _finish(this: Run, system: Target, journal: Journal, report: ReportTo, watch: Watch) -> Result:
    from importer.reporting import report_run

    stop = send(this, system, journal, watch)
    this.state = "interrupted" if stop else "finished"
    this.why = str(stop) if stop else ""
    this.finished = now()
    journal.save(this)
    watch.stage("Writing the report", None)
    try:
        _keep_reports(journal, this, report_run(journal, this, report))
    except ReportNotWritten as error:
        this.why = f"{error} `importer runs {this.run} --report PATH` writes it later."
        journal.save(this)
    return result(journal, this.run)


def _keep_reports(journal: Journal, this: Run, reports: Sequence[Path]) -> None:
    this.facts["reports"] = [str(path) for path in reports]
    journal.save(this)
