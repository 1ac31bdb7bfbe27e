"""A lease as the journal has it, to read which run has a target, and since when."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from importer.journal.clock import CLOCK
from importer.journal.journal import Journal
from importer.journal.process import Process, gone, this_process
from importer.journal.run import Run
from importer.journal.serialize import unpack
from importer.journal.statement import Statement
from importer.journal.tables import HOLDS
from importer.way_out import way_out

ON_ITS_PAGE = "cancel it on its page"
OF_TARGET = HOLDS.c.identity == bindparam("of_target")
"""The lease of one target."""

_CANCELLED = Statement(select(HOLDS.c.cancelled).where(OF_TARGET), "of_target")
_ON_TARGET = HOLDS.select().add_columns((HOLDS.c.until - CLOCK).label("left")).where(OF_TARGET)


class LeaseRow(Struct, frozen=True):
    """A lease as the journal has it: `left` is in seconds, by the database's clock."""

    identity: str
    run: str
    owner: str
    process: Process
    since: str
    until: float
    left: float
    cancelled: bool

    @property
    def ended(self) -> bool:
        """Whether it has run out, or its process has ended."""
        return self.left <= 0 or gone(self.process, this_process())


def lease_of(journal: Journal, identity: str) -> LeaseRow | None:
    """Return the lease of a target, None where no run has it."""
    with journal.store.reading() as connection:
        row = connection.execute(_ON_TARGET, {"of_target": identity}).mappings().first()
    if row is None:
        return None
    fields = {name: row[name] for name in ("identity", "run", "owner", "since", "until")}
    process = Process(**unpack(row["holder"]))
    left_over, cancelled = float(row["left"]), bool(row["cancelled"])
    return LeaseRow(**fields, process=process, left=left_over, cancelled=cancelled)


def is_cancelled(connection: Connection, identity: str) -> bool:
    """Whether a user asked the run that has a target to stop."""
    rows = _CANCELLED.run(connection, identity).fetchall()
    return any(cancelled for (cancelled,) in rows)


def locked(row: LeaseRow, run: Run) -> str:
    """Return the words for a run whose target another run has."""
    return (
        f"{run.target} is held by run {row.run} since {row.since} ({row.process}). Wait until it "
        f"is done, or {way_out(f'end it with `importer runs {row.run} --cancel`', ON_ITS_PAGE)}."
    )


def in_doubt(row: LeaseRow, run: Run) -> str:
    """Return the words for a run whose target waits for the look-up of another run."""
    return f"Run {row.run} was interrupted while {run.target} had not answered yet. " + way_out(
        f"First `importer resume {row.run}`, which looks it up; or give that run up with "
        f"`importer runs {row.run} --abandon`.",
        "Let that run go on first, on its page: it looks that up.",
    )
