"""Whether a process sends a run at this moment; ask it to stop, or give up a run without one."""

from __future__ import annotations

from sqlalchemy import bindparam

from importer.journal.journal import Journal
from importer.journal.lease import Lease
from importer.journal.lease_row import LeaseRow, lease_of
from importer.journal.run import Run
from importer.journal.tables import HOLDS
from importer.model import RunState

_CANCEL = HOLDS.update().where(HOLDS.c.owner == bindparam("of_process")).values(cancelled=1)


def state_of(journal: Journal, run: Run) -> RunState:
    """Return a run's state; one whose process ended in the middle of it is interrupted."""
    under_way = run.state in (RunState.MAPPING, RunState.SENDING)
    return RunState.INTERRUPTED if under_way and not _living(journal, run) else run.state


def cancel(journal: Journal, run: str) -> bool:
    """Ask the process that sends a run to stop after the batches in flight; False if none does."""
    known = journal.run(run)
    row = None if known.state.ended else _living(journal, known)
    if row is None:
        return False
    with journal.store.writing() as connection:
        connection.execute(_CANCEL, {"of_process": row.owner})
    return True


def abandon(journal: Journal, name: str) -> None:
    """Give up a run that no process sends; what is in doubt stays unknown. Raises TargetLocked."""
    run = journal.run(name)
    row = lease_of(journal, run.identity)
    with Lease(journal) as lease:
        if row is None or row.run == name:  # else another run has the target, and none sends this
            lease.take(run)
        journal.abandon(name)


def _living(journal: Journal, run: Run) -> LeaseRow | None:
    """Return the lease of a run whose process is alive."""
    row = lease_of(journal, run.identity)
    return row if row and row.run == run.name and not row.ended else None
