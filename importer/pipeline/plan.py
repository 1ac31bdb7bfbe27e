"""`plan`: what a run would do, row by row: everything but the sending.

The run is prepared in a journal of its own and sent to a dry run of the target, so that what a plan
says of a row is what the run will do, as long as the target accepts what it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from importer.finding_codes import FindingCode
from importer.journal import Items, Journal, Lease, Run, results
from importer.journal.outcomes import Objects
from importer.journal.store import Store
from importer.journal.tables import PLANNING
from importer.mapping.key_text import show
from importer.model import Finding, RowResult, Status
from importer.options import ReportTo
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import PlannedRow, PlanResult
from importer.pipeline.saved_plan import save_plan
from importer.pipeline.steps.prepare import PreparedRun, make_plan, prepare_import
from importer.pipeline.steps.prepare_undo import UndoRequest, prepare_undo
from importer.pipeline.steps.send import send_all
from importer.plan.guard import BY_COMMAND
from importer.targets.dry_run import DryRunTarget
from importer.targets.planned_change import FieldDiff
from importer.targets.protocol import OUTCOME_OF

ACTION_OF = {status: action.value for action, status in OUTCOME_OF.items()}
"""The outcome of a dry run -> the action that a plan shows."""

LONGER_THAN_ANY_PLAN = 7 * 24 * 3600.0
"""Seconds after which the lease of a plan would be renewed."""

_NOT_LISTED = frozenset(
    {Status.INVALID, Status.BLOCKED, Status.HELD, Status.MERGED, Status.SKIPPED}
)


def plan(
    request: ImportRequest, *, save: bool = False, progress: Progress | None = None
) -> PlanResult:
    """Read, check and compare with the target; nothing is sent, and no run is left behind.

    With `save` the result has the saved plan. Raises UsageError, or StoppedEarly where the target
    cannot be asked.
    """
    with _temporary_journal() as lease:
        prepared = prepare_import(request, lease, ReportTo())
        return _dry_run(prepared, lease, progress or NoProgress(), save=save)


def plan_undo(request: UndoRequest, *, progress: Progress | None = None) -> PlanResult:
    """Show what an undo would do; nothing is sent.

    Raises UsageError, or StoppedEarly where the target cannot be asked.
    """
    with _temporary_journal() as lease:
        prepared = prepare_undo(request, lease, ReportTo())
        return _dry_run(prepared, lease, progress or NoProgress(), save=False)


@contextmanager
def _temporary_journal() -> Iterator[Lease]:
    with (
        closing(Journal.of(Store.of_process(PLANNING))) as journal,
        Lease(journal, duration=LONGER_THAN_ANY_PLAN) as lease,
    ):
        yield lease


def _dry_run(prepared: PreparedRun, lease: Lease, progress: Progress, *, save: bool) -> PlanResult:
    run, journal = prepared.run, lease.journal
    preview = make_plan(prepared, journal, progress)
    held, reasons = _held(run, Items(journal, run.name))
    Items(journal, run.name).release()
    saved = save_plan(journal, run) if save else None
    send_all(run, DryRunTarget(prepared.target), lease, NoProgress())
    objects: Objects = Counter()
    rows = list(results(journal, run, objects=objects))
    counts = Counter(_action(row) for row in rows)
    findings = [*preview.findings, *_blocked(rows)]
    planned, made = list(_planned(journal, run, rows)), dict(objects)
    return PlanResult(run.target, dict(counts), planned, findings, saved, made, held, reasons)


def _held(run: Run, items: Items) -> tuple[frozenset[tuple[str, str, int]], tuple[str, ...]]:
    """Return the rows that the guard holds, and why, each reason once."""
    found = list(items.held())
    rows = ((run.sheets[sheet], row) for sheet, row, _ in found)
    reasons = dict.fromkeys(
        why.removesuffix(BY_COMMAND).removesuffix(".") + "." for _, _, why in found
    )
    return frozenset((sheet.file, sheet.name, row) for sheet, row in rows), tuple(reasons)


def _action(row: RowResult) -> str:
    return ACTION_OF.get(row.status, row.status.value)


def _blocked(rows: Sequence[RowResult]) -> Iterator[Finding]:
    for row in rows:
        if row.status is Status.BLOCKED:
            yield Finding(FindingCode.BLOCKED, row.message, row.place)


def _planned(journal: Journal, run: Run, rows: Sequence[RowResult]) -> Iterator[PlannedRow]:
    changes = _changes(journal, run)
    for row in rows:
        if row.status not in _NOT_LISTED:
            key, fields = changes.get((row.file, row.sheet, row.row), ("", {}))
            yield PlannedRow(row.file, row.sheet, row.row, _action(row), key, fields)


def _changes(
    journal: Journal, run: Run
) -> dict[tuple[str, str, int], tuple[str, dict[str, FieldDiff]]]:
    """Return file, sheet and row -> the key of what it is about, and its diffs by heading."""
    found: dict[tuple[str, str, int], tuple[str, dict[str, FieldDiff]]] = {}
    for item in Items(journal, run.name).in_row_order():
        sheet = run.sheets[item.sheet]
        place = (sheet.file, sheet.name, item.row)
        _, fields = found.setdefault(place, (show(item.key), {}))
        for diff in item.change.fields.values() if item.change else ():
            fields[diff.heading] = diff
    return found
