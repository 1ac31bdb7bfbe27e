"""`run`: check and plan files, send what is right, report every row."""

from __future__ import annotations

from importer.journal import Journal, Lease, Run
from importer.options import ReportTo
from importer.pipeline.execution import Approval, Began, execute, finish, no_one
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import Preview, RunResult
from importer.pipeline.steps.prepare import make_plan, prepare_import
from importer.tracing import span


def run(
    request: ImportRequest,
    *,
    journal: Journal,
    report: ReportTo,
    progress: Progress | None = None,
    approval: Approval | None = None,
    began: Began = no_one,
) -> RunResult:
    """Import files and write back what became of every row.

    With a saved plan exactly that is sent, or nothing. `began` is told what the run is called.
    Raises UsageError before anything is sent, or TargetLocked; a target that cannot be asked, or
    stops in mid-run, makes the run `interrupted`.
    """
    progress, approval = progress or NoProgress(), approval or Approval()
    with Lease(journal, progress.report) as lease:
        with span("read", importer__target=request.target):
            uncompared = approval.saved is not None
            prepared = prepare_import(request, lease, report, uncompared=uncompared)
        began(prepared.run.name)
        sent = execute(prepared, lease, progress, approval)
    return finish(journal, prepared.run.name, report, progress, sent=sent)


def prepare(
    request: ImportRequest,
    *,
    journal: Journal,
    report: ReportTo,
    progress: Progress | None = None,
) -> tuple[Run, Preview]:
    """Do everything up to the plan; `resume` sends it. Raises as `run`, or StoppedEarly."""
    progress = progress or NoProgress()
    with Lease(journal, progress.report) as lease:
        prepared = prepare_import(request, lease, report)
        return prepared.run, make_plan(prepared, journal, progress)
