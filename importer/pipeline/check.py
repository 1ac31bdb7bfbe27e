"""`check`: read, map and check files; nothing is sent and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from importer.model import RowResult, Status
from importer.now import utc_now
from importer.options import Options, ReportTo
from importer.pipeline.progress import Progress
from importer.pipeline.request import Connect
from importer.pipeline.results import CheckResult, RowCounts, SheetCount
from importer.pipeline.steps.findings import reading_order
from importer.pipeline.steps.intake import collector_resting
from importer.pipeline.steps.opening import open_intake
from importer.pipeline.steps.resolve import Resolution, resolve_files

if TYPE_CHECKING:
    from importer.pipeline.report import Reports
    from importer.read import Readable


def check(
    files: Sequence[Readable],
    options: Options,
    connect: Connect | None = None,
    report: ReportTo | None = None,
    progress: Progress | None = None,
) -> CheckResult:
    """Read, map and check the files; nothing is sent.

    With a target, references and names are looked up in it; without one, what is not in the files
    is a warning. Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    with collector_resting():  # until the end: nothing that was read can be collected before
        intake = open_intake(files, options)
        target = connect(intake.template.systems, intake.template.options) if connect else None
        resolution = resolve_files(intake, target, strict=options.strict, progress=progress)
        return _reported(resolution, report)


def _reported(resolution: Resolution, report: ReportTo | None) -> CheckResult:
    result = _result(resolution)
    if report and report.wanted:
        reports = _write_reports(resolution, result, report)
        result.reports, result.why = reports.paths, reports.why
    return result


def _result(resolution: Resolution) -> CheckResult:
    intake = resolution.intake
    rows = sum(source.count for source in intake.sources)
    return CheckResult(
        template=intake.template.name,
        sheets=[SheetCount(s.sheet.name, s.sheet.rule.name, s.count) for s in intake.sources],
        counts=RowCounts(rows, len(resolution.invalid), _skipped(resolution)),
        findings=sorted(resolution.findings, key=reading_order),
        guesses=[f"{i.path.name}: {i.guess}" for i in intake.inputs if i.guess],
        objects={(kind, ""): number for kind, number in intake.registry.valid().items()},
        layouts=[source.layout for source in intake.sources],
        inputs=intake.inputs,
    )


def _skipped(resolution: Resolution) -> int:
    """Return how many rows are left out; an error about such a row counts as an error."""
    sources = resolution.intake.sources
    places = ((source.sheet.no, row) for source in sources for row in source.skipped)
    return sum(place not in resolution.invalid for place in places)


def _write_reports(resolution: Resolution, result: CheckResult, to: ReportTo) -> Reports:
    from importer.pipeline.report import report_files
    from importer.report.content import Outcomes, RunReport, Summary

    intake = resolution.intake
    files = [input_.as_file() for input_ in intake.inputs]
    summary = Summary(
        title=intake.template.title,
        target="",
        run="",
        state="checked",
        started=utc_now(),
        finished=utc_now(),
        counts={"valid": result.counts.valid, "invalid": result.counts.invalid},
        files=tuple(file.name for file in files),
    )

    layouts = [source.layout for source in intake.sources]
    with closing(Outcomes(_invalid(resolution))) as outcomes:
        return report_files(files, RunReport(layouts, outcomes, result.findings, summary), to)


def _invalid(resolution: Resolution) -> Iterator[RowResult]:
    for number, row in sorted(resolution.invalid):
        sheet = resolution.intake.sheets[number]
        yield RowResult(sheet.name, row, Status.INVALID, file=sheet.file)
