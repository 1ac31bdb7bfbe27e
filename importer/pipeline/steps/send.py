"""Send what a run has planned: settle batches in doubt first, then send what waits."""

from __future__ import annotations

from importer.errors import StoppedEarly
from importer.journal import Lease, Outbox, Run
from importer.pipeline.progress import SENDING, Progress
from importer.pipeline.steps.approved import ApprovedRows
from importer.plan import unmet
from importer.send import STOP_AFTER, ChangeBuilder, Pace, Sender
from importer.targets.protocol import Target


def send_all(
    run: Run,
    target: Target,
    lease: Lease,
    progress: Progress,
    approved: ApprovedRows | None = None,
) -> StoppedEarly | None:
    """Settle what is in doubt and send what waits; returns what stopped it, where something did.

    Of rows that were `approved`, those that are stale are held first.
    """
    outbox = Outbox(lease)
    done, total = outbox.progress()
    progress.stage(SENDING, total - done)
    builder = ChangeBuilder(outbox, run.spec.types, [sheet.name for sheet in run.sheets])
    sender = Sender(outbox, target, builder, unmet, _pace(run, target), progress)
    try:
        sender.settle_doubts()
        if approved:
            approved.hold_stale(target, outbox)
        sender.send()
    except StoppedEarly as stop:
        return stop
    return None


def _pace(run: Run, target: Target) -> Pace:
    asked = run.spec.options
    return Pace(
        batch_size=asked.batch_size or target.batch_size,
        jobs=asked.jobs,
        landing=asked.landing,
        verify=asked.verify,
        stop_after=STOP_AFTER if asked.stop_after is None else asked.stop_after,
    )
