"""Files in, what is wrong with them out; nothing is sent and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from importer.intake import Intake, NullSink, collector_resting, open_intake
from importer.model import Finding, RowResult, Status
from importer.order import LiveIndex
from importer.results import CheckResult, Connect, Options, ReportTo
from importer.verdict import invalid_rows, resolved, row_order
from importer.wanted import wanted

if TYPE_CHECKING:
    from importer.reporting import Reports
    from importer.targets.protocol import Target


def check(
    files: Sequence[Path],
    options: Options,
    connect: Connect | None = None,
    report: ReportTo | None = None,
) -> CheckResult:
    """Read, map and check the files; nothing is sent.

    With a target, references and names are looked up in it; without one, what is not in the files
    is a warning. Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    with collector_resting():  # till all that was read is gone again: there is nothing to collect
        return _check_files(files, options, connect, report)


def _check_files(
    files: Sequence[Path], options: Options, connect: Connect | None, report: ReportTo | None
) -> CheckResult:
    intake = open_intake(files, options.template, options.only)
    target = connect(intake.template.system, intake.template.options) if connect else None
    findings = _check(intake, options, target)
    checked = _checked(intake, findings)
    if report and report.wanted:
        reports = _report_check(intake, checked, report)
        checked.reports, checked.why = reports.paths, reports.why
    return checked


def _check(intake: Intake, options: Options, target: Target | None) -> list[Finding]:
    """Read, map and check everything; look up in the target, if there is one, what is elsewhere."""
    directory = LiveIndex(intake.template)
    intake.read(NullSink(), target.names() if target else None)
    if target:
        for live in target.fetch(wanted(intake.template, intake.registry, intake.sheets)):
            directory.add(live)
    return resolved(intake, directory, strict=options.strict, looked_up=target is not None)[1]


def _checked(intake: Intake, findings: list[Finding]) -> CheckResult:
    total = sum(source.count for source in intake.sources)
    invalid = len(set(invalid_rows(intake, findings)))
    return CheckResult(
        template=intake.template.name,
        sheets=[
            {"name": s.sheet.name, "kind": s.sheet.rule.name, "rows": s.count}
            for s in intake.sources
        ],
        counts={"rows": total, "valid": total - invalid, "invalid": invalid},
        findings=sorted(findings, key=row_order),
        guesses=[f"{i.path.name}: {i.guess}" for i in intake.inputs if i.guess],
    )


def _report_check(intake: Intake, checked: CheckResult, report: ReportTo) -> Reports:
    from importer.journal.journal import now
    from importer.report.content import RunReport, Summary
    from importer.reporting import report_files

    def rows() -> Iterator[RowResult]:
        for number, row in sorted(set(invalid_rows(intake, checked.findings))):
            sheet = intake.sheets[number]
            yield RowResult(sheet.name, row, Status.INVALID, file=sheet.file)

    summary = Summary(
        title=intake.template.title,
        target="",
        run="",
        state="checked",
        started=now(),
        finished=now(),
        counts={k: v for k, v in checked.counts.items() if k == "invalid" and v},
        files=tuple(input_.path.name for input_ in intake.inputs),
    )
    layouts = [source.layout for source in intake.sources]
    files = [input_.facts() for input_ in intake.inputs]
    run_report = RunReport(layouts, rows, checked.findings, summary)
    return report_files(files, run_report, report)
