"""Prepare the run that undoes another one."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import UsageError
from importer.journal import Journal, Lease, Run, RunSpec, RunTarget
from importer.options import ReportTo
from importer.pipeline.request import Connect
from importer.pipeline.steps.prepare import PreparedRun, begin
from importer.pipeline.steps.reverse import UndoPlanner, refuse_dropped
from importer.targets.protocol import Target
from importer.template import find
from importer.way_out import way_out


class UndoRequest(Struct, frozen=True):
    """Which run to undo, in which target: its name in the settings.

    `history` is the journal that has the run. `batch_size` and `jobs` replace those of the run.
    """

    run: str
    target: str
    connect: Connect
    history: Journal
    batch_size: int | None = None
    jobs: int | None = None


def prepare_undo(request: UndoRequest, lease: Lease, report_to: ReportTo) -> PreparedRun:
    """Enter the run that undoes another one. Raises UsageError or TargetLocked."""
    undone = request.history.run(request.run)
    _refuse_open(undone)
    refuse_dropped(request.history, undone)
    target = request.connect([undone.system], undone.spec.system_options)
    refuse_other_target(undone, target, request.target)
    to = RunTarget(
        target=request.target,
        identity=target.identity,
        system=undone.system,
        template=undone.template,
    )
    run = begin(lease, to, _spec(undone, request, report_to))
    return _prepared(run, undone, target, request.history, lease.journal)


def prepare_undo_again(run: Run, connect: Connect, journal: Journal) -> PreparedRun:
    """Prepare a run that undoes another one and ended before it had its plan."""
    journal.forget(run.name)
    target = connect([run.system], run.spec.system_options)
    return _prepared(run, journal.run(run.spec.undoes), target, journal, journal)


def _spec(undone: Run, request: UndoRequest, report_to: ReportTo) -> RunSpec:
    asked = undone.spec.options
    options = replace(
        asked,
        batch_size=request.batch_size or asked.batch_size,
        jobs=request.jobs or asked.jobs,
        verify=False,
    )
    title = f"Undo of {undone.name}: {undone.spec.title.rpartition(': ')[2]}"
    return replace(
        undone.spec, title=title, options=options, report_to=report_to, undoes=undone.name
    )


def _prepared(
    run: Run, undone: Run, target: Target, history: Journal, journal: Journal
) -> PreparedRun:
    template = find(undone.spec.options.template or undone.template)
    return PreparedRun(run, target, UndoPlanner(history, undone, journal, run, template, target))


def _refuse_open(undone: Run) -> None:
    if not undone.plan:
        raise UsageError(f"Run {undone.name} has sent nothing: there is nothing to undo.")
    if not undone.state.ended:
        raise UsageError(
            f"Run {undone.name} is not at its end. "
            + way_out(
                f"First `importer resume {undone.name}`, or give up what is left of it with "
                f"`importer runs {undone.name} --abandon`.",
                "Let it go on first.",
            )
        )


def refuse_other_target(undone: Run, target: Target, name: str) -> None:
    """Refuse a target that is not where a run went. Raises UsageError."""
    if target.identity != undone.identity:
        raise UsageError(
            f"Run {undone.name} went to {undone.identity}; the target {name} is "
            f"{target.identity} now."
        )
