"""What became of the items of a run: one line for each that was sent, held or given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ClauseElement

from importer.journal.numbers import NUMBERS, among, at_once
from importer.journal.planned_rows import STATUS
from importer.journal.statement import Statement
from importer.journal.tables import OUTCOMES, THIS_RUN
from importer.model import Status

_OF_RUN = OUTCOMES.c.run == THIS_RUN
_SETTLED = Statement(
    select(
        OUTCOMES.c.no, OUTCOMES.c.state, OUTCOMES.c.id, OUTCOMES.c.message, OUTCOMES.c.guard
    ).where(_OF_RUN, among(OUTCOMES.c.no)),
    "this_run",
    *NUMBERS,
)
_COUNT = select(func.count()).where(_OF_RUN, OUTCOMES.c.state != Status.PENDING)


def _replacing(dialect: str) -> ClauseElement:
    """Return the statement that writes an outcome over the one before."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # takes long to load

        insert: Any = postgresql.insert(OUTCOMES)
    else:
        from sqlalchemy.dialects import sqlite

        insert = sqlite.insert(OUTCOMES)
    filled = ("state", "id", "message", "guard")
    written: ClauseElement = insert.on_conflict_do_update(
        index_elements=["run", "no"], set_={name: insert.excluded[name] for name in filled}
    )
    return written


_WRITE = Statement(_replacing, *(column.name for column in OUTCOMES.columns))


class Settled(Struct, frozen=True):
    """The outcome of one item, by its number in the journal; `guard` holds it until its release."""

    no: int
    state: Status
    id: str | None = None
    message: str = ""
    guard: bool = False


def write_settled(connection: Connection, run: str, items: Iterable[Settled]) -> None:
    """Record outcomes; each replaces the one before."""
    _WRITE.run_many(
        connection, [(run, one.no, one.state, one.id, one.message, int(one.guard)) for one in items]
    )


def settled_among(connection: Connection, run: str, numbers: Sequence[int]) -> dict[int, Settled]:
    """Return the outcomes of items, by number; those that have none are left out."""
    found: dict[int, Settled] = {}
    for some in at_once(numbers):
        for no, state, id_, message, guard in _SETTLED.run(connection, run, *some).fetchall():
            found[no] = Settled(no, STATUS[state], id_, message, bool(guard))
    return found


def settled_count(connection: Connection, run: str) -> int:
    """Return how many items have an outcome, and are not to be sent again."""
    return int(connection.execute(_COUNT, {"this_run": run}).scalar_one())
