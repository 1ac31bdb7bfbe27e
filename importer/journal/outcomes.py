"""A run's rows and items in, one outcome for every row out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from importer.journal.journal import Journal, Run
from importer.model import FINE, RowResult, Status

_WORST = (
    Status.INVALID,
    Status.REJECTED,
    Status.BLOCKED,
    Status.UNKNOWN,
    Status.HELD,
    Status.PENDING,
)


def results(journal: Journal, run: Run) -> Iterator[RowResult]:
    """What became of every row, sheet by sheet, in order."""
    sheets = run.facts["sheets"]
    for (sheet, row), found in groupby(_joined(journal, run.run), key=lambda r: (r.sheet, r.row)):
        rows = list(found)
        name, file = sheets[sheet]["name"], sheets[sheet]["file"]
        status, message, identity = _combined(rows)
        yield RowResult(name, row, status, message, identity, file)


def counts(rows: Iterable[RowResult]) -> dict[str, int]:
    """Rows by outcome, in the order of Status; only those there are."""
    counted = Counter(row.status for row in rows)
    return {status.value: counted[status] for status in Status if counted[status]}


def _joined(journal: Journal, run: str) -> Iterator[Any]:
    """Each row with each of its items; a row without items comes once, with none."""
    from sqlalchemy import and_, literal, or_, select, union_all

    from importer.journal.tables import ITEMS, MERGED, ROWS

    own = select(ITEMS.c.sheet, ITEMS.c.row, ITEMS.c.no).where(ITEMS.c.run == run)
    also = select(MERGED.c.sheet, MERGED.c.row, MERGED.c.no).where(MERGED.c.run == run)
    stated = union_all(own, also).subquery()
    same = and_(ITEMS.c.run == run, ITEMS.c.no == stated.c.no)
    query = (
        select(
            ROWS.c.sheet,
            ROWS.c.row,
            ROWS.c.valid,
            ITEMS.c.no,
            ITEMS.c.state,
            ITEMS.c.id,
            ITEMS.c.message,
            ITEMS.c.row.label("first_row"),
        )
        .select_from(
            ROWS.outerjoin(
                stated, and_(stated.c.sheet == ROWS.c.sheet, stated.c.row == ROWS.c.row)
            ).outerjoin(ITEMS, same)
        )
        .where(ROWS.c.run == run, or_(ITEMS.c.no.is_(None), literal(value=True)))
        .order_by(ROWS.c.sheet, ROWS.c.row, ITEMS.c.no)
    )
    with journal.store.reading() as connection:
        yield from connection.execute(query)


def _combined(rows: list[Any]) -> tuple[Status, str, str]:
    """One outcome of the items that a row made: the worst, or what was done."""
    items = [row for row in rows if row.no is not None]
    if not rows[0].valid:
        return Status.INVALID, "", _id(items)
    if not items:
        return Status.UNCHANGED, "", ""
    states = [(Status(item.state), item) for item in items]
    for worst in _WORST:
        bad = next((item for state, item in states if state is worst), None)
        if bad is not None:
            return worst, bad.message or "", _id(items)
    return _done(items, states), "", _id(items)


def _main(items: list[Any]) -> Any:
    """The item that stands for the row: the last one mapped is what its sheet is about."""
    own = [item for item in items if item.no % 2 == 0]
    return own[0]


def _id(items: list[Any]) -> str:
    return (_main(items).id or "") if items else ""


def _done(items: list[Any], states: list[tuple[Status, Any]]) -> Status:
    main = _main(items)
    status = Status(main.state)
    others = {state for state, item in states if item is not main} & (FINE - {Status.UNCHANGED})
    return Status.UPDATED if status is Status.UNCHANGED and others else status
