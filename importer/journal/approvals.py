"""Approvals: who let through which of the rows that the guard held, to be sent as planned.

An approval names the items that were held when it was given; each is approved once at most.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from importer.journal.clock import CLOCK
from importer.journal.item import Item
from importer.journal.items import Items
from importer.journal.journal import MANY, Journal
from importer.journal.serialize import pack, unpack
from importer.journal.store import Store
from importer.journal.tables import APPROVALS, OUTCOMES, RUNS, THIS_RUN
from importer.model import RunState
from importer.pieces import pieces
from importer.visitor import Visitor

_NOT_SENT = (
    select(RUNS.c.run)
    .where(RUNS.c.run.in_(select(APPROVALS.c.run)))
    .where(RUNS.c.state.not_in([state for state in RunState if state.ended]))
    .order_by(RUNS.c.no)
)
_OF_RUN = APPROVALS.c.run == THIS_RUN
_ALL = APPROVALS.select().where(_OF_RUN).order_by(APPROVALS.c.no)
_GIVEN = APPROVALS.insert().values(at=CLOCK)
_OPEN_AGAIN = (
    RUNS.update()
    .where(RUNS.c.run == THIS_RUN, RUNS.c.state == RunState.FINISHED)
    .values(state=RunState.PLANNED, why="", finished=None)
)
_BY_GUARD = (OUTCOMES.c.run == THIS_RUN, OUTCOMES.c.guard == 1)
_HELD = select(OUTCOMES.c.no).where(*_BY_GUARD).order_by(OUTCOMES.c.no)
_RELEASE = OUTCOMES.delete().where(
    *_BY_GUARD, OUTCOMES.c.no.in_(bindparam("numbers", expanding=True))
)


class Approval(Struct, frozen=True):
    """Who approved how many rows, and when: seconds since 1970; `items` are their numbers."""

    who: str
    at: float
    rows: int
    items: tuple[int, ...]


def approve(journal: Journal, run: str, who: Visitor) -> int:
    """Approve what the guard holds of a finished run, which is open again with that.

    Returns how many rows that is: none where nothing is held, or the run is not finished.
    """
    rows = {item.no: item.row_no for item in held_items(journal, run)}
    with journal.store.writing() as connection:
        opened = connection.execute(_OPEN_AGAIN, {"this_run": run}).rowcount
        held = _waiting(connection, run) if opened else []
        if not held:
            connection.rollback()
            return 0
        count = len({rows[no] for no in held})
        _write(connection, run, who, count, held)
    return count


def _write(connection: Connection, run: str, who: Visitor, rows: int, numbers: list[int]) -> None:
    no = len(connection.execute(_ALL, {"this_run": run}).all()) + 1
    given = {"run": run, "no": no, "who": who.name, "by": who.by, "rows": rows}
    connection.execute(_GIVEN, {**given, "items": pack(numbers)})
    for some in pieces(numbers, MANY):
        connection.execute(_RELEASE, {"this_run": run, "numbers": some})


def _waiting(connection: Connection, run: str) -> list[int]:
    """Return the numbers of the items that the guard holds."""
    return list(connection.execute(_HELD, {"this_run": run}).scalars())


def _given(connection: Connection, run: str) -> list[Approval]:
    rows = connection.execute(_ALL, {"this_run": run})
    return [Approval(row.who, row.at, row.rows, tuple(unpack(row.items))) for row in rows]


def approvals(store: Store, run: str) -> list[Approval]:
    """Return the approvals of a run, in order."""
    with store.reading() as connection:
        return _given(connection, run)


def approved_runs(store: Store) -> list[str]:
    """Return the runs that are open, for somebody has approved what they held; the oldest first."""
    with store.reading() as connection:
        return list(connection.execute(_NOT_SENT).scalars())


def held_items(journal: Journal, run: str) -> Iterator[Item]:
    """Yield what can be approved of a run, in the order of the rows."""
    with journal.store.reading() as connection:
        numbers = set(_waiting(connection, run))
    items = Items(journal, run).in_row_order() if numbers else iter(())
    yield from (item for item in items if item.no in numbers)
