"""The lease: the right of one run to change a target, whichever processes share the journal.

A lease is a row of the journal that its process keeps renewing. A run that finds the row of a
process that has ended takes it over; one that finds a living process is refused. All times are the
database's.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Connection, bindparam
from sqlalchemy.exc import IntegrityError

from importer.errors import Cancelled, JournalLost, LeaseLost, TargetLocked
from importer.journal.clock import CLOCK
from importer.journal.journal import Journal
from importer.journal.lease_row import (
    OF_TARGET,
    LeaseRow,
    in_doubt,
    is_cancelled,
    lease_of,
    locked,
)
from importer.journal.process import this_process
from importer.journal.run import Run
from importer.journal.serialize import pack
from importer.journal.statement import Statement
from importer.journal.store import BEGIN_AGAIN
from importer.journal.tables import HOLDS
from importer.now import utc_now

RENEWALS = 3
"""How often a lease is renewed within its duration."""

_OF_PROCESS = (OF_TARGET, HOLDS.c.owner == bindparam("of_process"))
_TAKE = HOLDS.insert().values(until=CLOCK + bindparam("seconds"))
_TAKE_OVER = (
    HOLDS.update()
    .where(*_OF_PROCESS, HOLDS.c.until == bindparam("ended"))
    .values(until=CLOCK + bindparam("seconds"))
)
_RENEW = Statement(
    HOLDS.update().where(*_OF_PROCESS).values(until=CLOCK + bindparam("seconds")),
    "of_target",
    "of_process",
    "seconds",
)
_CLOSE = HOLDS.delete().where(*_OF_PROCESS)
_CLOSE_IN_DOUBT = HOLDS.update().where(*_OF_PROCESS).values(until=0.0, cancelled=0)


@dataclass
class Lease:
    """The right of one run to change one target, from `take` to `close`.

    `report` gets a line where it waits. Every write about what is sent goes through `claim`, so
    that a process which stood still while another took over writes, and sends, nothing more.
    `duration` is in seconds, by default the journal's.
    """

    journal: Journal
    report: Callable[[str], None] = lambda _words: None
    sleep: Callable[[float], None] = time.sleep
    duration: float = 0.0
    run: str = ""
    identity: str = ""
    _owner: str = field(default_factory=lambda: secrets.token_hex(8))
    _claimed: float = 0.0
    _renewer: threading.Thread | None = None
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.duration = self.duration or self.journal.store.lease

    def take(self, run: Run) -> None:
        """Take the lease of the run's target. Raises TargetLocked where another run has it."""
        seen: LeaseRow | None = None
        while not self._insert(run):
            row = lease_of(self.journal, run.identity)
            if row is None:
                continue
            if not row.ended:
                self._wait(row, seen, run)
                seen = row
            elif self._take_over(row, run):
                break
        self.run, self.identity = run.name, run.identity
        self._renewer = threading.Thread(target=self._keep_alive, daemon=True, name="lease")
        self._renewer.start()

    def claim(self, connection: Connection) -> None:
        """Renew the lease within a transaction. Raises LeaseLost where it is another's now."""
        if not self._renew(connection):
            raise LeaseLost(
                f"Another process took over run {self.run} while this one stood still: nothing "
                "more is sent from here."
            )
        self._claimed = _seconds()

    def heed_cancel(self, connection: Connection) -> None:
        """Raise Cancelled where a user asked the run to stop."""
        if is_cancelled(connection, self.identity):
            raise Cancelled(f"Cancelled. `importer resume {self.run}` sends the rest.")

    def sure(self) -> bool:
        """Whether no other process can have taken over since the last claim, even after a sleep."""
        return _seconds() - self._claimed < self.duration / 2

    def close(self) -> None:
        """Give the lease back; a run with a batch in doubt keeps its target until it is resumed."""
        self._closed.set()
        if self._renewer is None:
            return
        self._renewer.join()
        self._renewer = None
        closing = _CLOSE_IN_DOUBT if self.journal.in_doubt(self.run) else _CLOSE
        with self.journal.store.writing() as connection:
            connection.execute(closing, self._mine())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _insert(self, run: Run) -> bool:
        try:
            with self.journal.store.writing(BEGIN_AGAIN) as connection:
                connection.execute(_TAKE, self._row(run))
        except IntegrityError:
            return False
        return True

    def _row(self, run: Run) -> dict[str, Any]:
        return {
            "identity": run.identity,
            "run": run.name,
            "owner": self._owner,
            "holder": pack(this_process().as_json()),
            "since": utc_now(),
            "seconds": self.duration,
            "cancelled": 0,
        }

    def _wait(self, row: LeaseRow, seen: LeaseRow | None, run: Run) -> None:
        """Wait for the lease of a process that cannot be seen from this machine to end."""
        renewed = seen is not None and (seen.owner, seen.until) != (row.owner, row.until)
        if renewed or row.process.beside(this_process()):
            raise TargetLocked(locked(row, run))
        if seen is None:
            self.report(
                f"{run.target} was last held by run {row.run} ({row.process}); waiting up to "
                f"{row.left:.0f} s to see whether it is still there."
            )
        self.sleep(row.left + 1)

    def _take_over(self, row: LeaseRow, run: Run) -> bool:
        """Take the lease of a process that has ended; False where another run was faster."""
        if row.run != run.name and self.journal.in_doubt(row.run):
            raise TargetLocked(in_doubt(row, run))
        was = {"of_target": row.identity, "of_process": row.owner, "ended": row.until}
        with self.journal.store.writing(BEGIN_AGAIN) as connection:
            taken = connection.execute(_TAKE_OVER, was | self._row(run))
        if row.run != run.name:
            self.journal.interrupt(row.run, f"{row.process} ended without a word.")
        return taken.rowcount == 1

    def _renew(self, connection: Connection) -> bool:
        renewed = _RENEW.run(connection, self.identity, self._owner, self.duration)
        return renewed.rowcount == 1

    def _mine(self) -> dict[str, str]:
        return {"of_target": self.identity, "of_process": self._owner}

    def _keep_alive(self) -> None:
        """Renew until closed; where the journal cannot be written for long, the lease ends."""
        while not self._closed.wait(self.duration / RENEWALS):
            try:
                with self.journal.store.writing() as connection:
                    self._renew(connection)
            except JournalLost:
                continue


def _seconds() -> float:
    """Return seconds that also pass while the machine sleeps, where the system counts them."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
