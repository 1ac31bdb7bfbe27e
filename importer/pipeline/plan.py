"""`plan`: what a run would do, row by row: everything but the sending.

The run is prepared in a journal of its own and sent to a dry run of the target, so that what a plan
says of a row is what the run will do, as long as the target accepts what it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.journal import Items, Journal, Lease, Run
from importer.journal.outcomes import Objects, results_by_chunk
from importer.journal.planned_rows import Plan
from importer.journal.store import Store
from importer.journal.tables import PLANNING
from importer.mapping.key_text import show
from importer.model import Finding, RowResult, Status
from importer.options import ReportTo
from importer.pipeline.progress import DryRunProgress, NoProgress, Progress
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import PlannedRows, PlanResult, RowLine
from importer.pipeline.saved_plan import save_plan
from importer.pipeline.steps.prepare import PreparedRun, make_plan, prepare_import
from importer.pipeline.steps.prepare_undo import UndoRequest, prepare_undo
from importer.pipeline.steps.send import send_all
from importer.plan.guard import BY_COMMAND
from importer.targets.dry_run import DryRunTarget
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
    send_all(run, DryRunTarget(prepared.target), lease, DryRunProgress(progress))
    found = _Outcomes()
    found.read(journal, run)
    return PlanResult(
        target=run.target,
        counts=dict(found.counts),
        changes=found.rows,
        findings=[*preview.findings, *found.blocked],
        saved=saved,
        objects=dict(found.objects),
        held=held,
        held_for=reasons,
    )


class _Outcomes(Struct):
    """What became of the rows in the dry run."""

    counts: Counter[str] = field(default_factory=Counter)
    objects: Objects = field(default_factory=Counter)
    blocked: list[Finding] = field(default_factory=list)
    rows: PlannedRows = field(default_factory=PlannedRows)

    def read(self, journal: Journal, run: Run) -> None:
        """Read them from the journal."""
        chunks = results_by_chunk(journal, run, objects=self.objects)
        changes = Plan(journal.store, run.name).packed_changes()
        for some, packed in zip(chunks, changes, strict=True):
            self.counts.update(_action(row) for row, _ in some)
            self.blocked += _blocked(row for row, _ in some)
            self.rows.add(list(_listed(some)), *packed)


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


def _blocked(rows: Iterable[RowResult]) -> Iterator[Finding]:
    for row in rows:
        if row.status is Status.BLOCKED:
            yield Finding(FindingCode.BLOCKED, row.message, row.place)


def _listed(rows: Iterable[tuple[RowResult, int]]) -> Iterator[RowLine]:
    """Yield the rows that a plan lists; the numbers say how many of the changes are a row's own."""
    first = 0
    for row, number in rows:
        if row.status not in _NOT_LISTED:
            place = row.file, row.sheet, row.row
            yield RowLine(*place, _action(row), show(row.key), first, first + number)
        first += number
