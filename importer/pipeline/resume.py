"""`resume`: finish a run from the journal alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from importer.errors import JournalLost, StoppedEarly, UsageError
from importer.journal import Journal, Lease, Run
from importer.model import RunState
from importer.options import ReportTo
from importer.pipeline.execution import finish, send
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.request import Connect
from importer.pipeline.results import RunResult
from importer.pipeline.runs import result_of
from importer.pipeline.steps.approved import approved_rows
from importer.pipeline.steps.prepare import PreparedRun, make_plan, prepare_import_again
from importer.pipeline.steps.prepare_undo import prepare_undo_again, refuse_other_target
from importer.targets.protocol import Target
from importer.way_out import way_out


def resume(
    name: str,
    *,
    connect: Connect,
    journal: Journal,
    report: ReportTo,
    progress: Progress | None = None,
    verify: bool = False,
) -> RunResult:
    """Finish a run; one that has ended returns its result again.

    Of held rows that were approved since, those are sent that are as they were planned.
    With `verify`, whatever is sent from now on is read back.
    A run that ended before it had its plan reads its files again. Raises UsageError where the
    journal has no such run, or where such a file has changed, or where it was not yet compared with
    the saved plan that it was given, or TargetLocked, or JournalLost.
    """
    progress = progress or NoProgress()
    run = journal.run(name)
    if run.state.ended:
        return result_of(journal, name)
    with Lease(journal, progress.report) as lease:
        lease.take(run)
        run = journal.run(name)  # as the process that had the lease before has left it
        if verify:
            run.spec = replace(run.spec, options=replace(run.spec.options, verify=True))
        same = _to_the_same(run, connect)
        sent = not run.state.ended and _finish_sending(run, same, lease, progress)
    return finish(journal, name, report, progress, sent=sent)


def _to_the_same(run: Run, connect: Connect) -> Connect:
    """Return what connects to the target of a run. It raises UsageError where that is another."""

    def connected(systems: Sequence[str], options: Mapping[str, Any]) -> Target:
        target = connect(systems, options)
        refuse_other_target(run, target, run.target)
        return target

    return connected


def _finish_sending(run: Run, connect: Connect, lease: Lease, progress: Progress) -> bool:
    """Plan the run where it has no plan, and send it; False where it could not be planned."""
    _refuse_uncompared(run, lease.journal)
    if run.plan:
        approved = approved_rows(run, lease.journal)
        target = connect([run.system], run.spec.system_options)
        send(run, target, lease, progress, approved)
        return True
    prepared = _prepare_again(run, connect, lease.journal)
    try:
        make_plan(prepared, lease.journal, progress)
    except JournalLost:
        raise  # the journal may not say that the run stopped
    except StoppedEarly:
        return False
    send(prepared.run, prepared.target, lease, progress)
    return True


def _refuse_uncompared(run: Run, journal: Journal) -> None:
    """Give a run up that a saved plan allows, and that was not compared with it yet."""
    if run.spec.uncompared:
        why = (
            f"Run {run.name} stopped before it was compared with its saved plan, and nothing was "
            f"sent: {way_out('run it again, with --plan', 'plan it anew')}."
        )
        run.end(RunState.ABANDONED, why)
        journal.save(run)
        raise UsageError(why)


def _prepare_again(run: Run, connect: Connect, journal: Journal) -> PreparedRun:
    again = prepare_undo_again if run.spec.undoes else prepare_import_again
    return again(run, connect, journal)
