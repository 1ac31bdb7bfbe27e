"""The outcome of every row of a run, combined from the outcomes of the items that it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, bindparam, literal, select, union_all

from importer.journal.item import key_of
from importer.journal.items import STATUS
from importer.journal.journal import SKIPPED, VALID, Journal
from importer.journal.run import Run
from importer.journal.tables import ITEMS, MERGED, ROWS, THIS_RUN
from importer.journal.unchanged import unchanged_rows
from importer.model import CHANGED, FINE, Key, RowResult, SheetLayout, Status

_WORST = (
    Status.INVALID,
    Status.REJECTED,
    Status.BLOCKED,
    Status.UNKNOWN,
    Status.HELD,
    Status.PENDING,
)


def _items_query() -> Select[Any]:
    """Return the query of a run's items by row: those that it made, then those it merged into."""
    at = (ITEMS.c.sheet.label("at_sheet"), ITEMS.c.row.label("at_row"))
    columns = (ITEMS.c.no, ITEMS.c.state, ITEMS.c.id, ITEMS.c.message, ITEMS.c.key, *at)
    own = select(ITEMS.c.sheet, ITEMS.c.row, literal(0).label("again"), *columns)
    same = and_(ITEMS.c.run == MERGED.c.run, ITEMS.c.no == MERGED.c.no)
    merged = select(MERGED.c.sheet, MERGED.c.row, literal(1), *columns).join(ITEMS, same)
    mine = own.where(ITEMS.c.run == THIS_RUN), merged.where(MERGED.c.run == THIS_RUN)
    items = union_all(*mine).subquery()
    return select(items).order_by(items.c.sheet, items.c.row, items.c.again, items.c.no)


_SHEETS = bindparam("sheets", expanding=True, type_=Integer)
_ROWS = select(ROWS).where(ROWS.c.run == THIS_RUN).order_by(ROWS.c.sheet, ROWS.c.row)
_ROWS_OF_SHEETS = _ROWS.where(ROWS.c.sheet.in_(_SHEETS))
_ITEMS = _items_query()
_ITEMS_OF_SHEETS = _ITEMS.where(_ITEMS.selected_columns.sheet.in_(_SHEETS))


class _RowItem(NamedTuple):
    """One item of a row; `elsewhere` says that another row (`at`: sheet, row) made it first."""

    is_relations: bool
    state: Status
    id: str
    message: str
    key: Key
    at: tuple[int, int]
    elsewhere: bool

    @property
    def status(self) -> Status:
        """Its outcome for the row: what is invalid elsewhere blocks a row that is right."""
        invalid = self.elsewhere and self.state is Status.INVALID
        return Status.BLOCKED if invalid else self.state

    @property
    def alone_says(self) -> tuple[Status, str]:
        """Return outcome and message of a row that made this entity and nothing else."""
        return self.state, self.message if self.state in _WORST else ""


def results(journal: Journal, run: Run, sheets: Sequence[int] | None = None) -> Iterator[RowResult]:
    """Yield the outcome of every row, sheet by sheet, in order; only of `sheets` where given."""
    for at, valid, items in _rows(journal, run.name, sheets):
        sheet = run.sheets[at[0]]
        status, message = _combined(items, valid) if valid != SKIPPED else (Status.SKIPPED, "")
        if status is Status.BLOCKED and not message:
            message = _blocker(items, run.sheets, at[0])
        identity, key = (_main(items).id, _main(items).key) if items else ("", ())
        name = " > ".join(key) if at[1] < 0 else ""
        yield RowResult(sheet.name, at[1], status, message, identity, sheet.file, name, key)


def counts(rows: Iterable[RowResult]) -> dict[str, int]:
    """Count rows by outcome, in the order of Status; outcomes without rows are left out."""
    counted = Counter(row.status for row in rows)
    return {status.value: counted[status] for status in Status if counted[status]}


def blocked_by(key: Key, row: int, sheet: str | None) -> str:
    """Return the message of a blocked row; `sheet` is that of the blocker, None for the same."""
    where = f"row {row}" + (f" of {sheet}" if sheet else "")
    return f"`{key[-1] if key else ''}` ({where}) is not imported."


def _blocker(items: list[_RowItem], sheets: Sequence[SheetLayout], sheet: int) -> str:
    bad = next(item for item in items if item.state is Status.INVALID)
    elsewhere = sheets[bad.at[0]].name if bad.at[0] != sheet else None
    return blocked_by(bad.key, bad.at[1], elsewhere)


def _rows(
    journal: Journal, run: str, sheets: Sequence[int] | None
) -> Iterator[tuple[tuple[int, int], int, list[_RowItem]]]:
    """Yield each row, its mark in the table, and its items: its own, then merged ones.

    Rows and items are read in step, both in the order of the rows, and those that are packed.
    """
    of_rows, of_items = (_ROWS, _ITEMS) if sheets is None else (_ROWS_OF_SHEETS, _ITEMS_OF_SHEETS)
    which = {"this_run": run} | ({} if sheets is None else {"sheets": list(sheets)})
    with journal.store.reading() as one, journal.store.reading() as other:
        found = _in_step(one.execute(of_rows, which), other.execute(of_items, which))
        yield from merge(found, _packed(journal, run, sheets), key=itemgetter(0))


def _packed(
    journal: Journal, run: str, sheets: Sequence[int] | None
) -> Iterator[tuple[tuple[int, int], int, list[_RowItem]]]:
    for row in unchanged_rows(journal.store, run):
        if sheets is None or row.sheet in sheets:
            at = row.sheet, row.row
            item = _RowItem(False, Status.UNCHANGED, row.id, "", (), at, not row.entities)
            yield at, VALID, [item] if row.entities or row.merged else []


def _in_step(
    rows: Iterable[Any], items: Iterable[Any]
) -> Iterator[tuple[tuple[int, int], int, list[_RowItem]]]:
    grouped = groupby(items, key=itemgetter(0, 1))
    where, found = next(grouped, (None, iter(())))
    for row in rows:
        at = (row.sheet, row.row)
        while where is not None and where < at:
            where, found = next(grouped, (None, iter(())))
        yield at, row.valid, [_item(one) for one in found] if where == at else []


def _item(values: Iterable[Any]) -> _RowItem:
    """Return the item of a row of the query."""
    _, _, again, no, state, identity, message, key, sheet, row = values
    at, known = (sheet, row), key_of(key or "")
    is_relations = bool(no % 2)
    return _RowItem(
        is_relations, STATUS[state], identity or "", message or "", known, at, bool(again)
    )


def _combined(items: list[_RowItem], valid: int) -> tuple[Status, str]:
    """Return the outcome and message of a row: the worst of its items, or what was done."""
    if not valid:
        return Status.INVALID, ""
    if not items:
        return Status.UNCHANGED, ""
    if len(items) == 1 and not (items[0].elsewhere or items[0].is_relations):
        return items[0].alone_says
    for worst in _WORST:
        bad = next((item for item in items if item.status is worst), None)
        if bad is not None:
            return worst, _message(items, bad)
    return _done(items), ""


def _message(items: list[_RowItem], bad: _RowItem) -> str:
    """Return an item's message; of blocked relations also that the row itself is imported.

    The words are true of a plan as well as of a run.
    """
    main = _main(items).state
    if not bad.is_relations or main not in FINE or bad.state is not Status.BLOCKED:
        return bad.message
    done = "there already" if main is Status.UNCHANGED else main.value
    return f"The row itself is {done}, but not linked to all that it names: {bad.message}"


def _main(items: list[_RowItem]) -> _RowItem:
    """Return the item that stands for the row: the first entity."""
    return next(item for item in items if not item.is_relations)


def _done(items: list[_RowItem]) -> Status:
    main = _main(items)
    if all(item.elsewhere for item in items):
        return Status.MERGED
    others = {item.status for item in items if item is not main and not item.elsewhere} & CHANGED
    return Status.UPDATED if main.state is Status.UNCHANGED and others else main.state
