"""Prepare a run: open its files and its target, take the lease, and give the run its plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import StoppedEarly, UsageError
from importer.finding_codes import FindingCode
from importer.journal import Journal, Lease, Run, RunPlan, RunSpec, RunTarget
from importer.journal.stage import Stage
from importer.model import Finding, RunState, Severity, Status
from importer.options import Options, ReportTo
from importer.pipeline.progress import Progress
from importer.pipeline.request import Connect, ImportRequest
from importer.pipeline.results import Preview
from importer.pipeline.steps.changes import ChangePlanner
from importer.pipeline.steps.findings import reading_order
from importer.pipeline.steps.intake import Intake, collector_resting
from importer.pipeline.steps.opening import open_intake
from importer.pipeline.steps.prune import PrunePlanner
from importer.pipeline.steps.resolve import resolve_files
from importer.pipeline.steps.spool import Spool
from importer.pipeline.steps.staging import KeptLive, StageSink
from importer.plan import Guard
from importer.plan.guard import mass_words
from importer.read import is_frame
from importer.targets.protocol import Target
from importer.way_out import way_out


class RunPlanner(Protocol):
    """Gives a run its plan."""

    def plan(self, progress: Progress) -> Preview:
        """Plan the run; after this the journal alone suffices to finish it.

        Raises UsageError, or StoppedEarly where the target cannot be asked.
        """
        ...


class PreparedRun(Struct, frozen=True):
    """A run that the journal knows and that has the lease of its target, not planned yet."""

    run: Run
    target: Target
    planner: RunPlanner


def prepare_import(
    request: ImportRequest, lease: Lease, report_to: ReportTo, *, uncompared: bool = False
) -> PreparedRun:
    """Open the files and the target; for `uncompared` see RunSpec.

    Raises UsageError or TargetLocked.
    """
    options, journal = request.options, lease.journal
    intake = open_intake(request.files, options)
    target = request.connect(intake.template.systems, intake.template.options)
    spec = _spec(intake, options, report_to)
    spec.uncompared = uncompared
    to = RunTarget(
        target=request.target,
        identity=target.identity,
        system=target.system,
        template=intake.template.name,
    )
    run = begin(lease, to, spec)
    return PreparedRun(run, target, ImportPlanner(run, intake, target, journal))


def prepare_import_again(run: Run, connect: Connect, journal: Journal) -> PreparedRun:
    """Prepare a run that ended before it had its plan, from the same files.

    Raises UsageError where a file has changed.
    """
    _refuse_frames(run)
    options = run.spec.options
    intake = open_intake(run.spec.paths, options)
    for input_, known in zip(intake.inputs, run.spec.files, strict=True):
        if input_.sha256 != known.sha256:
            raise UsageError(
                f"{input_.path} has changed since run {run.name} began, and nothing of it was "
                f"sent: {way_out('import it anew with `importer run`', 'upload it anew')}."
            )
    journal.forget(run.name)
    target = connect([run.system], intake.template.options)
    return PreparedRun(run, target, ImportPlanner(run, intake, target, journal))


def _refuse_frames(run: Run) -> None:
    if any(is_frame(file.format) for file in run.spec.files):
        raise UsageError(
            f"Run {run.name} ended before it had its plan, and its rows are in a DataFrame of "
            "the program that began it: nothing was sent, so run it again there."
        )


def begin(lease: Lease, to: RunTarget, spec: RunSpec) -> Run:
    """Enter a run in the journal and take the lease of its target. Raises TargetLocked."""
    run = lease.journal.begin(to, spec)
    try:
        lease.take(run)
    except BaseException:
        lease.journal.discard(run.name)
        raise
    return run


def make_plan(prepared: PreparedRun, journal: Journal, progress: Progress) -> Preview:
    """Give a run its plan.

    Raises UsageError, with the run forgotten, or StoppedEarly where the target cannot be asked.
    """
    run = prepared.run
    try:
        with collector_resting():
            return prepared.planner.plan(progress)
    except UsageError:
        journal.forget(run.name)
        journal.discard(run.name)
        raise
    except StoppedEarly as stop:
        journal.forget(run.name)
        run.end(RunState.INTERRUPTED, str(stop), stop.code)
        journal.save(run)
        raise


def keep_plan(run: Run, plan: RunPlan, journal: Journal) -> None:
    """Note that a run has its plan: from here on the journal alone suffices to finish it."""
    journal.drop_live(run.name)
    run.plan, run.state, run.finished = plan, RunState.PLANNED, None
    run.why = run.stop = ""
    journal.save(run)


class ImportPlanner(Struct):
    """Plans the import of files."""

    run: Run
    intake: Intake
    target: Target
    journal: Journal

    def plan(self, progress: Progress) -> Preview:
        """Read, check, look up and plan; see RunPlanner."""
        with closing(Stage()) as stage:
            changes, held = self._planned(stage, Spool(), progress)
            self.journal.add_findings(self.run.name, changes.resolution.findings)
            objects = stage.hand_over(self.journal, self.run.name)
        layouts = (source.layout for source in self.intake.sources)
        keep_plan(self.run, RunPlan(tuple(layouts)), self.journal)
        return self._preview(changes, [*changes.resolution.findings, *held], objects)

    def _planned(
        self, stage: Stage, spool: Spool, progress: Progress
    ) -> tuple[ChangePlanner, list[Finding]]:
        """Plan the run on a stage; returns what the guard holds, too."""
        name, options = self.run.name, self.run.spec.options
        resolution = resolve_files(
            self.intake,
            KeptLive(self.target, self.run, stage, self.journal),
            strict=options.strict,
            sink=StageSink(stage, spool),
            prune=options.prune,
            progress=progress,
        )
        self._refuse_changed()
        progress.stage("Planning", len(self.intake.registry.entities))
        guard = Guard(options.mass_rows, options.mass_share, options.mass_alone)
        changes = ChangePlanner(stage, name, resolution, spool, guard)
        resolution.add(list(changes.plan(progress.advance)))
        held = [*self._prune(changes), *self._hold(changes)]
        stage.invalidate_rows(resolution.invalid)
        return changes, held

    def _refuse_changed(self) -> None:
        """Refuse to mix the rows of two states of a file. Raises UsageError."""
        for input_ in self.intake.inputs:
            if input_.has_changed():
                raise UsageError(
                    f"{input_.path} was changed or removed while it was read; nothing was "
                    "sent. Save and close it, then import it again."
                )

    def _prune(self, changes: ChangePlanner) -> Iterator[Finding]:
        """Delete what the files do not name in the scopes to prune."""
        options = self.run.spec.options
        if options.prune:
            findings = changes.resolution.findings
            in_error = any(map(_may_name_more, findings))
            planner = PrunePlanner(changes, options.prune, in_error, options.allow_mass_change)
            yield from planner.plan()

    def _hold(self, changes: ChangePlanner) -> Iterator[Finding]:
        """Hold rows that change too much at once, until a user has looked at the plan."""
        options = self.run.spec.options
        if options.allow_mass_change:
            return
        for mass in changes.guard.over(changes.resolution.live.names.values()):
            why = mass_words(mass, self.intake.template)
            changes.stage.hold(mass.rows, why)
            sheet = self.intake.sheets[mass.rows[0][0]]
            yield Finding(FindingCode.MASS_CHANGE, why, sheet.place(0), Severity.WARNING)

    def _preview(
        self,
        changes: ChangePlanner,
        findings: list[Finding],
        objects: Mapping[tuple[str, str], int],
    ) -> Preview:
        invalid = changes.resolution.invalid
        counts = changes.actions.counts(invalid)
        if invalid:
            counts[Status.INVALID.value] = len(invalid)
        findings = sorted(findings, key=reading_order)
        return Preview(self.run.target, counts, findings, dict(objects))


_NAME_MORE = frozenset(
    {
        FindingCode.ONLY_UNKNOWN,
        FindingCode.CUT_OFF,
        FindingCode.CLOSED_EARLY,
        FindingCode.ROWS_IN_A_CELL,
        FindingCode.BROKEN_ROW,
    }
)
"""Findings without which there might be more rows."""


def _may_name_more(finding: Finding) -> bool:
    """Return whether rows, which may name what seems to be gone, are not imported."""
    return finding.severity is Severity.ERROR or finding.code in _NAME_MORE


def _spec(intake: Intake, options: Options, report_to: ReportTo) -> RunSpec:
    template = intake.template
    named = options.template or template.name
    if Path(named).is_dir():
        named = str(Path(named).resolve())
    return RunSpec(
        title=template.title,
        files=[input_.as_file() for input_ in intake.inputs],
        options=replace(options, template=named),
        system_options=template.options,
        types={name: kind.type for name, kind in template.kinds.items() if kind.type},
        report_to=report_to,
    )
