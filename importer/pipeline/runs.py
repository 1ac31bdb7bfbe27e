"""What the journal says of a run: its result, its reports, and one line for a list of runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from importer.errors import ReportNotWritten, UsageError
from importer.journal import Journal, Run, counts, results, state_of
from importer.journal.objects import objects_made
from importer.model import Finding, InputFile, RunState, Status
from importer.options import ReportTo
from importer.pipeline.finding_json import counts_json
from importer.pipeline.report import Reports, report_files
from importer.pipeline.results import Rows, RunResult
from importer.report.content import RunReport, Summary


def result_of(journal: Journal, name: str) -> RunResult:
    """Return what became of a run; why rows were not imported stands among the findings."""
    run = journal.run(name)
    counted, of_files = dict.fromkeys(Status, 0), dict.fromkeys(Status, 0)
    outcomes: list[Finding] = []
    for row in results(journal, run) if run.plan else ():
        counted[row.status] += 1
        of_files[row.status] += row.row > 0
        if (row.message and not row.status.fine) or row.name:
            outcomes.append(row.as_finding())
    return RunResult(
        run=name,
        target=run.target,
        state=state_of(journal, run),
        counts={status.value: number for status, number in counted.items() if number},
        findings=journal.findings(name) + outcomes,
        reports=[Path(path) for path in run.reports],
        why=run.why,
        files=[file.name for file in run.spec.files],
        started=run.started,
        finished=run.finished,
        undoes=run.spec.undoes,
        undone=_is_undone(journal, run),
        stop=run.stop,
        rows=Rows.of({status.value: number for status, number in of_files.items()}),
        objects=objects_made(journal, name),
        asked=run.spec.options,
        named=[file.as_named for file in run.spec.files],
    )


def _is_undone(journal: Journal, run: Run) -> bool:
    """Return whether a run that has ended, and is not undone itself, undoes this one."""
    undoing = [other for other in journal.runs() if other.spec.undoes == run.name]
    ended = (other for other in undoing if other.state is RunState.FINISHED)
    return any(not _is_undone(journal, other) for other in ended)


def reported_result(journal: Journal, name: str, to: ReportTo) -> RunResult:
    """Write a run's reports and return its result; `why` says where one could not be written."""
    run, found = journal.run(name), result_of(journal, name)
    run.counts = found.counts
    try:
        reports = _report(journal, run, found.counts, to)
        run.why = " ".join(filter(None, (run.why, reports.why)))
        _keep(journal, run, reports)
    except ReportNotWritten as error:
        run.why = f"{error} `importer runs {name} --report PATH` writes it later."
        journal.save(run)
    return replace(found, why=run.why, reports=[Path(path) for path in run.reports])


def write_reports(journal: Journal, name: str, to: ReportTo) -> list[Path]:
    """Write a run's reports again. Raises ReportNotWritten, or UsageError before the plan."""
    run = journal.run(name)
    if not run.plan:
        raise UsageError(f"Run {name} has nothing to report yet: `importer resume {name}` does it.")
    reports = _report(journal, run, counts(results(journal, run)), to)
    if run.state is RunState.FINISHED:
        run.why = reports.why  # a finished run lacks nothing but its report
    _keep(journal, run, reports)
    return reports.paths


def _keep(journal: Journal, run: Run, reports: Reports) -> None:
    run.reports = tuple(str(path) for path in reports.paths)
    run.spec.files = reports.files
    journal.save(run)


def _report(journal: Journal, run: Run, counted: dict[str, int], to: ReportTo) -> Reports:
    if not to.wanted:
        return Reports([], run.spec.files)
    summary = Summary(
        title=run.spec.title,
        target=run.target,
        run=run.name,
        state=run.state,
        started=run.started,
        finished=run.finished or "",
        counts=counted,
        files=tuple(file.name for file in run.spec.files),
    )
    findings = journal.findings(run.name)

    def report_of(file: InputFile) -> RunReport:
        sheets = [no for no, sheet in enumerate(run.sheets) if sheet.file == file.name]
        return RunReport(run.sheets, lambda: results(journal, run, sheets), findings, summary)

    return report_files(run.spec.files, report_of, to)


@dataclass(frozen=True, slots=True)
class RunLine:
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


def all_runs(journal: Journal) -> list[RunLine]:
    """Return every run, newest first."""
    return [_line(journal, run) for run in journal.runs()]


def _line(journal: Journal, run: Run) -> RunLine:
    return RunLine(
        run=run.name,
        state=state_of(journal, run),
        target=run.target,
        started=run.started,
        files=[file.name for file in run.spec.files],
        counts=counts(results(journal, run)) if run.plan else {},
        undoes=run.spec.undoes,
        named=[file.as_named for file in run.spec.files],
    )
