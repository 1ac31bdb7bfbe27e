"""A target and a run in, the right to change that target out: one run at a time, anywhere.

The right is a row of the journal that its process keeps alive. Who finds the row of a process that
has ended takes it over; who finds one that is alive is refused. All times are the database's.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from importer.errors import Cancelled, JournalLost, LeaseLost, TargetLocked
from importer.journal.journal import Journal, Run, now
from importer.journal.process import Process, gone, this_process
from importer.journal.serialize import pack, unpack

if TYPE_CHECKING:
    from sqlalchemy import Connection

LEASE = 60.0
"""Seconds after which a row that nobody renews is anybody's."""

BEATS = 3
"""How often a row is renewed within a lease."""


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """Who holds a target: `left` are the seconds until its lease ends, by the database's clock."""

    identity: str
    run: str
    owner: str
    holder: Process
    since: str
    until: float
    left: float
    cancelled: bool


@dataclass
class Lease:
    """The right of one run to change one target, from `take` to `close`.

    `told` gets a line where it waits. Every write about what is sent goes through `claim`, so that
    a process which stood still while another took over writes, and sends, nothing more.
    """

    journal: Journal
    told: Callable[[str], None] = lambda _words: None
    sleep: Callable[[float], None] = time.sleep
    lease: float = LEASE
    run: str = ""
    identity: str = ""
    _owner: str = field(default_factory=lambda: secrets.token_hex(8))
    _claimed: float = 0.0
    _beat: threading.Thread | None = None
    _closed: threading.Event = field(default_factory=threading.Event)

    def take(self, run: Run) -> None:
        """Hold the run's target, or raise TargetLocked where another run does."""
        seen: LeaseRow | None = None
        while not self._insert(run):
            held = holder_of(self.journal, run.identity)
            if held is None:
                continue
            if not self._abandoned(held):
                self._wait(held, seen, run)
                seen = held
            elif self._take_over(held, run):
                break
        self.run, self.identity = run.run, run.identity
        self._beat = threading.Thread(target=self._keep_alive, daemon=True, name="lease")
        self._beat.start()

    def claim(self, connection: Connection) -> None:
        """Within a transaction: still ours, for one more lease. Raises LeaseLost."""
        if not self._renew(connection):
            raise LeaseLost(
                f"Another process took over run {self.run} while this one stood still: nothing "
                "more is sent from here."
            )
        self._claimed = _ticking()

    def heed(self, connection: Connection) -> None:
        """Raise Cancelled where somebody asked the run to stop."""
        from importer.journal.tables import HOLDS

        mine = HOLDS.c.identity == self.identity
        if connection.execute(HOLDS.select().where(mine)).mappings().one()["cancelled"]:
            raise Cancelled(f"Cancelled. `importer resume {self.run}` sends the rest.")

    def sure(self) -> bool:
        """Whether nobody can have taken over since the last claim, even if this process slept."""
        return _ticking() - self._claimed < self.lease / 2

    def close(self) -> None:
        """Free the target; a run with a batch in doubt keeps it until it is resumed."""
        from importer.journal.tables import HOLDS

        self._closed.set()
        if self._beat is None:
            return
        self._beat.join()
        self._beat = None
        mine = (HOLDS.c.identity == self.identity, HOLDS.c.owner == self._owner)
        kept = self.journal.in_doubt(self.run)
        with self.journal.store.writing() as connection:
            if kept:
                connection.execute(HOLDS.update().where(*mine).values(until=0.0, cancelled=0))
            else:
                connection.execute(HOLDS.delete().where(*mine))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _insert(self, run: Run) -> bool:
        from sqlalchemy.exc import IntegrityError

        from importer.journal.tables import HOLDS

        try:
            with self.journal.store.writing() as connection:
                connection.execute(HOLDS.insert().values(**self._row(run)))
        except IntegrityError:
            return False
        return True

    def _row(self, run: Run) -> dict[str, Any]:
        return {
            "identity": run.identity,
            "run": run.run,
            "owner": self._owner,
            "holder": pack(this_process().as_json()),
            "since": now(),
            "until": self.journal.store.clock() + self.lease,
            "cancelled": 0,
        }

    @staticmethod
    def _abandoned(held: LeaseRow) -> bool:
        return held.left <= 0 or gone(held.holder, this_process())

    def _wait(self, held: LeaseRow, seen: LeaseRow | None, run: Run) -> None:
        """Wait for the lease of a process that cannot be seen from here; it may renew it."""
        renewed = seen is not None and (seen.owner, seen.until) != (held.owner, held.until)
        if renewed or held.holder.beside(this_process()):
            raise TargetLocked(_busy(held, run))
        if seen is None:
            self.told(
                f"{run.target} was last held by run {held.run} ({held.holder}); waiting up to "
                f"{held.left:.0f} s to see whether it is still there."
            )
        self.sleep(held.left + 1)

    def _take_over(self, held: LeaseRow, run: Run) -> bool:
        """Take a row whose process has ended; False where somebody else was faster."""
        from importer.journal.tables import HOLDS

        if held.run != run.run and self.journal.in_doubt(held.run):
            raise TargetLocked(_kept(held, run))
        was = (
            HOLDS.c.identity == held.identity,
            HOLDS.c.owner == held.owner,
            HOLDS.c.until == held.until,
        )
        with self.journal.store.writing() as connection:
            taken = connection.execute(HOLDS.update().where(*was).values(**self._row(run)))
        if held.run != run.run:
            self.journal.interrupt(held.run, f"{held.holder} ended without a word.")
        return taken.rowcount == 1

    def _renew(self, connection: Connection) -> bool:
        from importer.journal.tables import HOLDS

        mine = (HOLDS.c.identity == self.identity, HOLDS.c.owner == self._owner)
        until = self.journal.store.clock() + self.lease
        return connection.execute(HOLDS.update().where(*mine).values(until=until)).rowcount == 1

    def _keep_alive(self) -> None:
        """Renew until closed; where the journal cannot be written for a while, the lease ends."""
        while not self._closed.wait(self.lease / BEATS):
            try:
                with self.journal.store.writing() as connection:
                    self._renew(connection)
            except JournalLost:
                continue


def holder_of(journal: Journal, identity: str) -> LeaseRow | None:
    """Who holds a target, if anybody."""
    from importer.journal.tables import HOLDS

    left = (HOLDS.c.until - journal.store.clock()).label("left")
    query = HOLDS.select().add_columns(left).where(HOLDS.c.identity == identity)
    with journal.store.reading() as connection:
        row = connection.execute(query).mappings().first()
    if row is None:
        return None
    fields = {name: row[name] for name in ("identity", "run", "owner", "since", "until")}
    holder = Process(**unpack(row["holder"]))
    return LeaseRow(
        **fields, holder=holder, left=float(row["left"]), cancelled=bool(row["cancelled"])
    )


def state_of(journal: Journal, run: Run) -> str:
    """A run's state: one whose process has ended in the middle of it is interrupted."""
    left = run.state in ("mapping", "sending") and _sent_by(journal, run) is None
    return "interrupted" if left else run.state


def _sent_by(journal: Journal, run: Run) -> LeaseRow | None:
    """The living process that is at a run."""
    held = holder_of(journal, run.identity)
    mine = held is not None and held.run == run.run and held.left > 0
    return held if held and mine and not gone(held.holder, this_process()) else None


def cancel(journal: Journal, run: str) -> bool:
    """Ask the process that sends a run to stop after the batches in flight; False if none does."""
    from importer.journal.tables import HOLDS

    held = _sent_by(journal, journal.run(run))
    if held is None:
        return False
    with journal.store.writing() as connection:
        connection.execute(HOLDS.update().where(HOLDS.c.owner == held.owner).values(cancelled=1))
    return True


def free(journal: Journal, run: str) -> None:
    """Give up a run that nobody sends: what is in doubt stays unknown. Raises TargetLocked."""
    this = journal.run(run)
    held = holder_of(journal, this.identity)
    with Lease(journal) as hold:
        if held is None or held.run == run:  # else the target is another's, and nobody sends this
            hold.take(this)
        journal.abandon(run)


def _busy(held: LeaseRow, run: Run) -> str:
    return (
        f"{run.target} is held by run {held.run} since {held.since} ({held.holder}). Wait until it "
        f"is done, or end it with `importer runs {held.run} --cancel`."
    )


def _kept(held: LeaseRow, run: Run) -> str:
    return (
        f"Run {held.run} was interrupted while {run.target} had not answered yet. First "
        f"`importer resume {held.run}`, which looks it up; or give that run up with "
        f"`importer runs {held.run} --abandon`."
    )


def _ticking() -> float:
    """Seconds that also pass while the machine sleeps, where the system counts them."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
