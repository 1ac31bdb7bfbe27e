"""Retention: the rows and before-images of old runs are dropped; who ran what, and counts, stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection, select

from importer.journal.clock import CLOCK
from importer.journal.journal import Journal
from importer.journal.serialize import pack, unpack
from importer.journal.store import Store
from importer.journal.tables import (
    BATCHES,
    CHUNKS,
    DROPPED,
    HOLDS,
    OF_RUN,
    PLANNED,
    RUNS,
    THIS_RUN,
)
from importer.model import RunState

_ENDED = RUNS.c.state.in_([state for state in RunState if state.ended])
_WHOLE = RUNS.c.run.not_in(select(DROPPED.c.run))
_BY_AGE = select(RUNS.c.run, RUNS.c.state, RUNS.c.identity, RUNS.c.finished, _WHOLE.label("whole"))
_LOCK = RUNS.update().where(RUNS.c.run == THIS_RUN, _ENDED).values(no=RUNS.c.no)
_SUMMARY = select(DROPPED.c.summary).where(DROPPED.c.run == THIS_RUN)
_OF_RUN = [table.delete().where(table.c.run == THIS_RUN) for table in (BATCHES, *OF_RUN)]
_LOST = CHUNKS.delete().where(CHUNKS.c.sha256.not_in(select(PLANNED.c.sha256)))


class RunSummary(Struct, frozen=True):
    """What stays known of a run: rows by outcome, those of the files alone, and its objects.

    `objects` are kind, outcome and number.
    """

    counts: dict[str, int]
    of_files: dict[str, int]
    objects: list[tuple[str, str, int]]


class Keep(Struct, frozen=True):
    """How long runs are kept whole: for so many days, and so many of them; 0: no limit."""

    days: int = 0
    runs: int = 0

    def oldest(self, now: dt.datetime) -> str:
        """Return the end of the oldest run that is kept, as the journal writes times."""
        return (now - dt.timedelta(days=self.days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def old_runs(store: Store, keep: Keep, now: dt.datetime) -> list[str]:
    """Return the runs to drop, the oldest first: none that is open, nor a target's newest."""
    found: list[str] = []
    seen: set[str] = set()
    with store.reading() as connection:
        rows = connection.execute(_BY_AGE.order_by(RUNS.c.no.desc())).all()
    for number, row in enumerate(rows):
        if not RunState(row.state).ended:
            continue
        newest = row.identity not in seen
        seen.add(row.identity)
        many = 0 < keep.runs <= number
        old = keep.days and (row.finished or "9") < keep.oldest(now)
        if row.whole and not newest and (many or old):
            found.append(row.run)
    return found[::-1]


def drop(journal: Journal, run: str, summary: RunSummary) -> bool:
    """Drop all but the line of a run that has ended; False where it is open after all."""
    with journal.store.writing() as connection:
        if not connection.execute(_LOCK, {"this_run": run}).rowcount:
            return False
        row = {"run": run, "at": CLOCK, "summary": pack(asdict(summary))}
        connection.execute(DROPPED.insert().values(row))
        for statement in _OF_RUN:
            connection.execute(statement, {"this_run": run})
    return True


def give_back(store: Store) -> None:
    """Drop what no run needs any more, and give its space back where nothing is being sent."""
    with store.writing() as connection:
        _lock_chunks(connection)
        connection.execute(_LOST)
    with store.reading() as connection:
        idle = not connection.execute(select(HOLDS.c.run)).first()
    if idle:
        store.give_back()


def _lock_chunks(connection: Connection) -> None:
    """Let nobody refer to a chunk while those that nobody refers to are dropped."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE chunks IN EXCLUSIVE MODE")


def summary_of(store: Store, run: str) -> RunSummary | None:
    """Return what is left of a run, None where it is whole."""
    with store.reading() as connection:
        data = connection.execute(_SUMMARY, {"this_run": run}).scalar()
    return _summary(data) if data is not None else None


def _summary(data: bytes) -> RunSummary:
    raw: dict[str, Any] = unpack(data)
    objects: Iterator[tuple[str, str, int]] = ((kind, did, n) for kind, did, n in raw["objects"])
    return RunSummary(raw["counts"], raw["of_files"], list(objects))
