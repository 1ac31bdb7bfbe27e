"""What the journal says of a run: its result, its reports, and one line for a list of runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import ReportNotWritten, UsageError
from importer.journal import Journal, Run, counts, results, state_of
from importer.journal.outcomes import Objects
from importer.journal.retention import RunSummary, summary_of
from importer.model import Finding, RowResult, RunState, Status
from importer.options import ReportTo
from importer.pieces import pieces
from importer.pipeline.finding_json import counts_json
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.report import Reports, report_files
from importer.pipeline.results import Rows, RunResult
from importer.report.content import Outcomes, RunReport, Summary

AT_ONCE = 1000
"""After so many rows progress is shown."""


Seen: TypeAlias = Callable[[Sequence[RowResult]], object]
"""Is given what became of the rows of a run, some at a time, as they are counted."""


def _nobody(_rows: Sequence[RowResult]) -> None:
    """Look at no row."""


def result_of(
    journal: Journal, name: str, seen: Seen = _nobody, findings: list[Finding] | None = None
) -> RunResult:
    """Return what became of a run; why rows were not imported stands among the findings.

    `findings` are those of the journal, where they were read already.
    """
    run = journal.run(name)
    left = summary_of(journal.store, name)
    failed: list[Finding] = []
    known = left or summary(journal, run, failed, seen)
    return RunResult(
        run=name,
        target=run.target,
        state=state_of(journal, run),
        counts=known.counts,
        findings=(journal.findings(name) if findings is None else findings) + failed,
        reports=[Path(path) for path in run.reports],
        why=run.why,
        files=[file.name for file in run.spec.files],
        started=run.started,
        finished=run.finished,
        undoes=run.spec.undoes,
        undone=_is_undone(journal, run),
        stop=run.stop,
        rows=Rows.of(known.of_files),
        objects={(kind, did): number for kind, did, number in known.objects},
        dropped=left is not None,
        asked=run.spec.options,
        named=[file.as_named for file in run.spec.files],
    )


def outcomes(journal: Journal, name: str) -> Iterator[RowResult]:
    """Yield what became of each row of a run. Raises UsageError where that is kept no longer."""
    run = journal.run(name)
    _refuse_dropped(journal, name)
    yield from results(journal, run) if run.plan else ()


def summary(
    journal: Journal, run: Run, failed: list[Finding] | None = None, seen: Seen = _nobody
) -> RunSummary:
    """Count what became of a run; why rows were not imported goes to `failed`."""
    counted, of_files = dict.fromkeys(Status, 0), dict.fromkeys(Status, 0)
    objects: Objects = Counter()
    rows = results(journal, run, objects=objects) if run.plan else ()
    for some in pieces(rows, AT_ONCE):
        seen(some)
        for row in some:
            counted[row.status] += 1
            of_files[row.status] += row.row > 0
            if failed is not None and ((row.message and not row.status.fine) or row.name):
                failed.append(row.as_finding())
    made = [(kind, did, number) for (kind, did), number in objects.items()]
    return RunSummary(_some(counted), _some(of_files), made)


def _some(counted: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: number for status, number in counted.items() if number}


def _is_undone(journal: Journal, run: Run) -> bool:
    """Return whether a run that has ended, and is not undone itself, undoes this one."""
    undoing = [other for other in journal.runs() if other.spec.undoes == run.name]
    ended = (other for other in undoing if other.state is RunState.FINISHED)
    return any(not _is_undone(journal, other) for other in ended)


def undone_by(journal: Journal, name: str) -> str:
    """Return the run that undoes this one, or is about to, "" where there is none."""
    undoing = (run for run in journal.runs() if run.spec.undoes == name)
    open_too = (run for run in undoing if run.state is not RunState.ABANDONED)
    return next((run.name for run in open_too if not _is_undone(journal, run)), "")


def _refuse_dropped(journal: Journal, name: str) -> None:
    """Refuse a run whose rows are kept no longer. Raises UsageError."""
    if summary_of(journal.store, name) is not None:
        raise UsageError(
            f"Run {name} cannot be reported again: its rows are gone. They are kept as long as "
            "`journal_keep` and `journal_runs` of the settings say."
        )


def reported_result(
    journal: Journal, name: str, to: ReportTo, progress: Progress | None = None
) -> RunResult:
    """Write a run's reports and return its result; `why` says where one could not be written."""
    run, progress = journal.run(name), progress or NoProgress()
    progress.stage("Writing the report", _about_rows(run))
    with closing(Outcomes()) as outcomes:
        findings = journal.findings(name)
        found = result_of(journal, name, _noted(outcomes, to, progress), findings)
        run.counts = found.counts
        try:
            reports = _report(run, outcomes, findings, to)
            run.why = " ".join(filter(None, (run.why, reports.why)))
            _keep(journal, run, reports)
        except ReportNotWritten as error:
            run.why = f"{error} `importer runs {name} --report PATH` writes it later."
            journal.save(run)
    return replace(found, why=run.why, reports=[Path(path) for path in run.reports])


def _about_rows(run: Run) -> int:
    """Return how many rows the tables of a run reach over."""
    return sum(max(0, one.last_row - one.first_row + 1) for one in run.sheets)


def _noted(outcomes: Outcomes, to: ReportTo, progress: Progress) -> Seen:
    """Return what notes the outcomes of rows for the reports, if any are wanted."""

    def note(rows: Sequence[RowResult]) -> None:
        if to.wanted:
            outcomes.add(rows)
        progress.advance(len(rows))

    return note


def write_reports(journal: Journal, name: str, to: ReportTo) -> list[Path]:
    """Write a run's reports again. Raises ReportNotWritten, or UsageError before the plan."""
    run = journal.run(name)
    _refuse_dropped(journal, name)
    if not run.plan:
        raise UsageError(f"Run {name} has nothing to report yet: `importer resume {name}` does it.")
    with closing(Outcomes()) as outcomes:
        # The counts too: a version before this one did not keep them.
        run.counts = summary(journal, run, seen=outcomes.add).counts
        reports = _report(run, outcomes, journal.findings(name), to)
    if run.state is RunState.FINISHED:
        run.why = reports.why  # a finished run lacks nothing but its report
    _keep(journal, run, reports)
    return reports.paths


def _keep(journal: Journal, run: Run, reports: Reports) -> None:
    run.reports = tuple(str(path) for path in reports.paths)
    run.spec.files = reports.files
    journal.save(run)


def _report(run: Run, outcomes: Outcomes, findings: Sequence[Finding], to: ReportTo) -> Reports:
    if not to.wanted:
        return Reports([], run.spec.files)
    summary = Summary(
        title=run.spec.title,
        target=run.target,
        run=run.name,
        state=run.state,
        started=run.started,
        finished=run.finished or "",
        counts=run.counts,
        files=tuple(file.name for file in run.spec.files),
    )
    report = RunReport(run.sheets, outcomes, findings, summary)
    return report_files(run.spec.files, report, to)


class RunLine(Struct, frozen=True):
    """A run in a list of runs; `counts` are rows by outcome."""

    run: str
    state: RunState
    target: str
    started: str
    files: list[str]
    counts: dict[str, int]
    undoes: str
    named: list[str]

    def as_json(self) -> dict[str, Any]:
        """Return a run of the object that `runs --format json` prints."""
        return {
            "run": self.run,
            "state": self.state.value,
            "target": self.target,
            "started": self.started,
            "files": self.named,
            "counts": counts_json(self.counts),
        }


class RunList(Struct, frozen=True):
    """Some runs, newest first; `more` says that there are older ones."""

    lines: list[RunLine]
    more: bool = False


def listed_runs(journal: Journal, most: int | None = None, before: str = "") -> RunList:
    """Return at most so many runs, newest first; only those older than `before`, where given.

    Raises UsageError where there is no such run.
    """
    found = journal.newest(None if most is None else most + 1, before)
    lines = [line_of(journal, run) for run in found[:most]]
    return RunList(lines, len(found) > len(lines))


def line_of(journal: Journal, run: Run) -> RunLine:
    """Return the line of a run."""
    return RunLine(
        run=run.name,
        state=state_of(journal, run),
        target=run.target,
        started=run.started,
        files=[file.name for file in run.spec.files],
        counts=counted(journal, run),
        undoes=run.spec.undoes,
        named=[file.as_named for file in run.spec.files],
    )


def counted(journal: Journal, run: Run) -> dict[str, int]:
    """Return the rows of a run by outcome."""
    if run.state is RunState.FINISHED and run.counts:
        return dict(run.counts)  # as its report has them
    left = summary_of(journal.store, run.name)
    if left is not None:
        return left.counts
    return counts(results(journal, run)) if run.plan else {}
