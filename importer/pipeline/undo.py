"""`undo`: revert what a run did, as a run of its own; what has drifted since is kept."""

from __future__ import annotations

from importer.journal import Journal, Lease
from importer.options import ReportTo
from importer.pipeline.execution import Approval, Began, execute, finish, no_one
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.results import RunResult
from importer.pipeline.steps.prepare_undo import UndoRequest, prepare_undo

__all__ = ["UndoRequest", "undo"]


def undo(
    request: UndoRequest,
    *,
    journal: Journal,
    report: ReportTo,
    progress: Progress | None = None,
    approval: Approval | None = None,
    began: Began = no_one,
) -> RunResult:
    """Undo a run; `began` is told what the run is called that does it.

    Raises UsageError where the journal has no such run, or one that is not at its end, or
    TargetLocked; a target that cannot be asked makes the run `interrupted`.
    """
    progress = progress or NoProgress()
    with Lease(journal, progress.report) as lease:
        prepared = prepare_undo(request, lease, report)
        began(prepared.run.name)
        sent = execute(prepared, lease, progress, approval or Approval())
    return finish(journal, prepared.run.name, report, progress, sent=sent)
