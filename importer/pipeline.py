"""Files in, a checked, planned, sent and reported run out: the whole flow on one page.

read, map and check are put together in `intake`, order and plan in `planning`; from the plan on
everything goes through the journal, so that any process can finish what another began.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from importer.directory import Directory, wanted
from importer.errors import ReportNotWritten, StoppedEarly, UsageError
from importer.intake import Intake, Nowhere, collector_resting, open_intake, rows_in_error
from importer.journal import Journal, Outbox, Run, counts, results
from importer.journal.journal import now
from importer.model import Finding, RowResult, Severity, Status
from importer.order import Levels, Resolver
from importer.plan import has_landed
from importer.planning import JournalSink, Planning, kind_types
from importer.report import Summary
from importer.reporting import report_files, report_run
from importer.results import (
    Checked,
    Connect,
    Nobody,
    Options,
    Preview,
    ReportTo,
    Result,
    Watch,
    strictly,
)
from importer.send import Sender
from importer.send.prepare import Preparer
from importer.targets.protocol import Live, Target

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

Confirm = Callable[[Preview], bool]
T = TypeVar("T")


def check(
    files: Sequence[Path],
    options: Options,
    connect: Connect | None = None,
    report: ReportTo | None = None,
) -> Checked:
    """Read, map and check the files; nothing is sent.

    With a target, references and names are looked up in it; without one, what is not in the files
    is a warning. Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    intake = open_intake(files, options.template, options.only)
    target = connect(intake.template.system, intake.template.options) if connect else None
    with collector_resting():
        findings = _check(intake, options, target)
        checked = _checked(intake, findings)
    if report and report.wanted:
        _report_check(intake, checked, report)
    return checked


def _check(intake: Intake, options: Options, target: Target | None) -> list[Finding]:
    """Read, map and check everything; look up in the target, if there is one, what is elsewhere."""
    directory = Directory(intake.template)
    intake.read(Nowhere(), target.names() if target else None)
    if target:
        for live in target.survey(wanted(intake.template, intake.registry)):
            directory.add(live)
    return _resolved(intake, directory, options, looked_up=target is not None)[1]


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

    Raises UsageError where there is no such run, or it ended before it had its plan.
    """
    this = journal.run(name)
    if this.state in ("finished", "abandoned"):
        return result(journal, name)
    if this.state == "mapping":
        files = " ".join(file["path"] for file in this.facts["files"])
        raise UsageError(f"Run {name} ended before it had its plan: run {files} again.")
    system = connect(this.system, this.facts["options"])
    return _finish(this, system, journal, report, watch or Nobody())


def prepare(
    files: Sequence[Path],
    options: Options,
    *,
    target: str,
    connect: Connect,
    journal: Journal,
    watch: Watch | None = None,
) -> tuple[Run, Preview, Target]:
    """Read, map, check, order and plan: after this the journal alone suffices to finish the run."""
    watch = watch or Nobody()
    intake = open_intake(files, options.template, options.only)
    system = connect(intake.template.system, intake.template.options)
    this = _begin(journal, intake, options, target, system)
    sink = JournalSink(journal, this.run)
    watch.stage("Reading", None)
    intake.read(sink, system.names())
    directory = Directory(intake.template)
    watch.stage("Looking up", None)
    survey = system.survey(wanted(intake.template, intake.registry))
    for some in _pieces(survey, 500):
        journal.add_live(this.run, _known(directory, some))
    resolver, findings = _resolved(intake, directory, options, looked_up=True)
    watch.stage("Planning", None)
    planning = Planning(
        journal,
        this.run,
        intake,
        directory,
        resolver,
        sink.rules,
        Levels(intake.template),
    )
    findings += planning.plan()
    journal.add_findings(this.run, findings)
    journal.invalidate_rows(this.run, _invalid_rows(intake, findings))
    journal.drop_live(this.run)
    this.state = "planned"
    this.facts |= _facts(intake)
    journal.save(this)
    return this, _preview(intake, findings, planning, target), system


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
    """What became of a run, as the journal has it."""
    this = journal.run(name)
    return Result(
        run=name,
        target=this.target,
        state=this.state,
        counts=counts(results(journal, this)) if "sheets" in this.facts else {},
        findings=journal.findings(name),
        reports=[],
        why=this.why,
        files=[file["name"] for file in this.facts["files"]],
        started=this.started,
        finished=this.finished,
    )


def write_reports(journal: Journal, name: str, report: ReportTo) -> list[Path]:
    """Write a run's reports (again). Raises ReportNotWritten."""
    this = journal.run(name)
    reports = report_run(journal, this, report)
    if this.state == "finished" and this.why:
        this.why = ""  # a finished run lacked nothing but its report
        journal.save(this)
    return reports


def _finish(this: Run, system: Target, journal: Journal, report: ReportTo, watch: Watch) -> Result:
    stop = send(this, system, journal, watch)
    this.state = "interrupted" if stop else "finished"
    this.why = str(stop) if stop else ""
    this.finished = now()
    journal.save(this)
    watch.stage("Writing the report", None)
    try:
        reports = report_run(journal, this, report)
    except ReportNotWritten as error:
        reports, this.why = [], f"{error} `importer runs {this.run} --report PATH` writes it later."
        journal.save(this)
    found = result(journal, this.run)
    found.reports = reports
    return found


def _begin(journal: Journal, intake: Intake, options: Options, target: str, system: Target) -> Run:
    template = intake.template
    facts = {
        "title": template.title,
        "files": [_file(input_) for input_ in intake.inputs],
        "options": template.options,
        "types": kind_types(template.kinds),
        "batch_size": options.batch_size,
        "jobs": options.jobs,
        "template_folder": str(template.folder),
    }
    return journal.begin(
        target=target,
        identity=system.identity,
        system=template.system,
        template=template.name,
        facts=facts,
    )


def _file(input_: Any) -> dict[str, Any]:
    return {
        "path": str(input_.path.resolve()),
        "name": input_.path.name,
        "sha256": input_.sha256,
        "format": input_.format,
        "guess": input_.guess,
        "dialect": asdict(input_.dialect) if input_.dialect else None,
    }


def _facts(intake: Intake) -> dict[str, Any]:
    return {
        "sheets": [{"name": sheet.name, "file": sheet.file} for sheet in intake.sheets],
        "layouts": [asdict(source.layout) for source in intake.sources],
    }


def _known(directory: Directory, some: Sequence[Live]) -> Sequence[Live]:
    for live in some:
        directory.add(live)
    return some


def _resolved(
    intake: Intake, directory: Directory, options: Options, *, looked_up: bool
) -> tuple[Resolver, list[Finding]]:
    """Resolve all references; the rows that any error makes invalid are marked as such."""
    resolver = Resolver(
        intake.template, intake.registry, directory.index, intake.sheets, looked_up=looked_up
    )
    findings = intake.findings + list(resolver.resolve())
    if options.strict:
        findings = strictly(findings)
    bad = set(_invalid_rows(intake, findings))
    for record in intake.registry.records:
        if (record.sheet, record.row) in bad:
            record.valid = False
    return resolver, findings


def _invalid_rows(intake: Intake, findings: Iterable[Finding]) -> Iterator[tuple[int, int]]:
    """Sheet number and row of every row in error; a header in error is every row of its sheet."""
    sheets = {(sheet.file, sheet.name): sheet for sheet in intake.sheets}
    refused = {sheet.no for sheet in intake.sheets if sheet.refused}
    for file, name, row in rows_in_error(list(findings)):
        sheet = sheets.get((file, name))
        if sheet is not None and row > sheet.header.row:
            yield sheet.no, row
        elif sheet is not None:
            refused.add(sheet.no)
    for record in intake.registry.records:
        if record.sheet in refused:
            yield record.sheet, record.row


def _checked(intake: Intake, findings: list[Finding]) -> Checked:
    total = sum(source.count for source in intake.sources)
    invalid = len(set(_invalid_rows(intake, findings)))
    return Checked(
        template=intake.template.name,
        sheets=[
            {"name": s.sheet.name, "kind": s.sheet.rule.name, "rows": s.count}
            for s in intake.sources
        ],
        counts={"rows": total, "valid": total - invalid, "invalid": invalid},
        findings=sorted(findings, key=_row_order),
        guesses=[f"{i.path.name}: {i.guess}" for i in intake.inputs if i.guess],
    )


def _row_order(finding: Finding) -> tuple[Any, ...]:
    rank = [Severity.ERROR, Severity.WARNING, Severity.INFO].index(finding.severity)
    place = finding.place
    return (place.file, place.sheet, place.row, place.column, rank)


def _report_check(intake: Intake, checked: Checked, report: ReportTo) -> None:
    numbers = {(sheet.file, sheet.name): sheet.no for sheet in intake.sheets}
    invalid = {
        (place.file, place.sheet, place.row)
        for place in (f.place for f in checked.findings if f.severity is Severity.ERROR)
        if (place.file, place.sheet) in numbers
    }

    def rows() -> Iterator[RowResult]:
        for file, sheet, row in sorted(invalid):
            yield RowResult(sheet, row, Status.INVALID, file=file)

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
    files = [_file(input_) for input_ in intake.inputs]
    report_files(files, layouts, rows, checked.findings, summary, report)


def _preview(intake: Intake, findings: list[Finding], planning: Planning, target: str) -> Preview:
    invalid = set(_invalid_rows(intake, findings))
    counted = Counter(
        action.value for where, action in planning.actions.items() if where not in invalid
    )
    if invalid:
        counted[Status.INVALID.value] = len(invalid)
    return Preview(target, dict(counted), sorted(findings, key=_row_order))


def _pieces(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` values, one after the other."""
    iterator = iter(values)
    while piece := list(islice(iterator, size)):
        yield piece
