"""A run's rows and items in, one outcome for every row out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from importer.journal.journal import SEPARATOR, Journal, Run, key_label
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
    for row, items in _joined(journal, run.run):
        sheet = sheets[row.sheet]
        status, message, identity = _combined(items, valid=bool(row.valid))
        if status is Status.BLOCKED and not message:
            message = _blocker(items, sheets, row.sheet)
        name = _name(items) if row.row < 0 else ""
        yield RowResult(sheet["name"], row.row, status, message, identity, sheet["file"], name)


def _name(items: list[Any]) -> str:
    """What something is called that no row names."""
    return " > ".join((_main(items).key or "").split(SEPARATOR)) if items else ""


def blocked_by(key: str, row: int, sheet: str | None) -> str:
    """What a blocked row says of the row that blocks it; `sheet` is None where it is the same."""
    where = f"row {row}" + (f" of {sheet}" if sheet else "")
    return f"`{key_label(key)}` ({where}) was not imported."


def _blocker(items: list[Any], sheets: list[dict[str, str]], sheet: int) -> str:
    bad = next(item for item in items if item.state == Status.INVALID)
    elsewhere = sheets[bad.at_sheet]["name"] if bad.at_sheet != sheet else None
    return blocked_by(bad.key or "", bad.at_row, elsewhere)


def counts(rows: Iterable[RowResult]) -> dict[str, int]:
    """Rows by outcome, in the order of Status; only those there are."""
    counted = Counter(row.status for row in rows)
    return {status.value: counted[status] for status in Status if counted[status]}


def _joined(journal: Journal, run: str) -> Iterator[tuple[Any, list[Any]]]:
    """Each row with its items: those it made itself, then those another row stated first.

    Rows and items are read side by side, each in the rows' order.
    """
    from sqlalchemy import and_, literal, select, union_all

    from importer.journal.tables import ITEMS, MERGED, ROWS

    at = (ITEMS.c.sheet.label("at_sheet"), ITEMS.c.row.label("at_row"))
    facts = (ITEMS.c.no, ITEMS.c.state, ITEMS.c.id, ITEMS.c.message, ITEMS.c.key, *at)
    own = select(ITEMS.c.sheet, ITEMS.c.row, literal(0).label("again"), *facts)
    same = and_(ITEMS.c.run == MERGED.c.run, ITEMS.c.no == MERGED.c.no)
    stated = select(MERGED.c.sheet, MERGED.c.row, literal(1), *facts).join(ITEMS, same)
    items = union_all(own.where(ITEMS.c.run == run), stated.where(MERGED.c.run == run)).subquery()
    in_order = select(items).order_by(items.c.sheet, items.c.row, items.c.again, items.c.no)
    rows = select(ROWS).where(ROWS.c.run == run).order_by(ROWS.c.sheet, ROWS.c.row)
    with journal.store.reading() as one, journal.store.reading() as other:
        yield from _side_by_side(one.execute(rows), other.execute(in_order))


def _side_by_side(rows: Iterable[Any], items: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each row with its items; both come in the order of sheet and row."""
    grouped = groupby(items, key=lambda item: (item.sheet, item.row))
    where, found = next(grouped, (None, iter(())))
    for row in rows:
        while where is not None and where < (row.sheet, row.row):
            where, found = next(grouped, (None, iter(())))
        yield row, list(found) if where == (row.sheet, row.row) else []


def _combined(items: list[Any], *, valid: bool) -> tuple[Status, str, str]:
    """One outcome of the items that a row made: the worst, or what was done."""
    if not valid:
        return Status.INVALID, "", _id(items)
    if not items:
        return Status.UNCHANGED, "", ""
    states = [(_state(item), item) for item in items]
    for worst in _WORST:
        bad = next((item for state, item in states if state is worst), None)
        if bad is not None:
            return worst, _partly(items, bad), _id(items)
    return _done(items, states), "", _id(items)


def _partly(items: list[Any], bad: Any) -> str:
    """What is said of an item; of relations that wait for others, that the row itself made it."""
    main = Status(_main(items).state)
    message = bad.message or ""
    if bad.no % 2 == 0 or main not in FINE or Status(bad.state) is not Status.BLOCKED:
        return message
    done = "was there already" if main is Status.UNCHANGED else f"was {main.value}"
    return f"The row itself {done}, but not all it names could be linked to it: {message}"


def _state(item: Any) -> Status:
    """What an item comes to for its row; what is invalid elsewhere blocks a row that is right."""
    state = Status(item.state)
    return Status.BLOCKED if item.again and state is Status.INVALID else state


def _main(items: list[Any]) -> Any:
    """The item that stands for the row: the first that it made itself."""
    return next(item for item in items if item.no % 2 == 0)


def _id(items: list[Any]) -> str:
    return (_main(items).id or "") if items else ""


def _done(items: list[Any], states: list[tuple[Status, Any]]) -> Status:
    main = _main(items)
    status = Status(main.state)
    others = {state for state, item in states if item is not main} & (FINE - {Status.UNCHANGED})
    return Status.UPDATED if status is Status.UNCHANGED and others else status
