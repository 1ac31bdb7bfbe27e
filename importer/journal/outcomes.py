"""The outcome of every row of a run, combined from the outcomes of the items that it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from importer.journal.item import key_of
from importer.journal.journal import Journal
from importer.journal.named_items import NamedItem, by_number
from importer.journal.planned_rows import INVALID, SKIPPED, Plan, PlannedItem, PlannedRow
from importer.journal.run import Run
from importer.journal.settled import Settled, settled_among
from importer.model import CHANGED, FINE, Key, RowResult, SheetLayout, Status

_WORST = (
    Status.INVALID,
    Status.REJECTED,
    Status.BLOCKED,
    Status.UNKNOWN,
    Status.HELD,
    Status.PENDING,
)


class _RowItem(Struct, frozen=True):
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


Objects: TypeAlias = Counter[tuple[str, str]]
"""How many objects there are, by kind and outcome: one row may make several of them."""


def results(
    journal: Journal,
    run: Run,
    sheets: Sequence[int] | None = None,
    *,
    objects: Objects | None = None,
) -> Iterator[RowResult]:
    """Yield the outcome of every row, sheet by sheet, in order; only of `sheets` where given.

    What is in the target as the rows say is added to `objects`.
    """
    for some in results_by_chunk(journal, run, sheets, objects=objects):
        yield from (result for result, _ in some)


def results_by_chunk(
    journal: Journal,
    run: Run,
    sheets: Sequence[int] | None = None,
    *,
    objects: Objects | None = None,
) -> Iterator[list[tuple[RowResult, int]]]:
    """Yield what `results` does, chunk by chunk of the plan, with how many changes a row sends."""
    for rows in _rows(journal, run.name, sheets):
        if objects is not None:
            for row, items in rows:
                _count(row, items, objects)
        yield [
            (_result(run, row, items), sum([item.sends for item in row.items]))
            for row, items in rows
        ]


def _result(run: Run, row: PlannedRow, items: list[_RowItem]) -> RowResult:
    sheet = run.sheets[row.sheet]
    status, message = _combined(items, row.mark) if row.mark != SKIPPED else _LEFT_OUT
    if status is Status.BLOCKED and not message:
        message = _blocker(items, run.sheets, row.sheet)
    identity, key = (_main(items).id, _main(items).key) if items else ("", ())
    name = " > ".join(key) if row.row < 0 else ""
    return RowResult(sheet.name, row.row, status, message, identity, sheet.file, name, key)


_LEFT_OUT = (Status.SKIPPED, "")


def _count(row: PlannedRow, items: Sequence[_RowItem], objects: Objects) -> None:
    for planned, item in zip(row.items, items, strict=False):  # its own items come first
        if not item.is_relations and item.state in FINE:
            objects[planned.kind, item.state.value] += 1


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
) -> Iterator[list[tuple[PlannedRow, list[_RowItem]]]]:
    """Yield the rows of each chunk with their items: their own, then merged ones."""
    for rows in Plan(journal.store, run).rows(sheets):
        sent = [item.no for row in rows for item in row.items if item.sends]
        again = sorted({no for row in rows for no in row.merged})
        with journal.store.reading() as connection:
            settled = settled_among(connection, run, sent)
            others = by_number(connection, run, again)
        yield [(row, _items(row, settled, others)) for row in rows]


def _items(
    row: PlannedRow, settled: Mapping[int, Settled], others: Mapping[int, NamedItem]
) -> list[_RowItem]:
    at = row.sheet, row.row
    own = [_own(item, settled.get(item.no), at) for item in row.items]
    return own + [_other(others[no]) for no in row.merged if no in others]


def _own(item: PlannedItem, settled: Settled | None, at: tuple[int, int]) -> _RowItem:
    state, identity, message = item.state, item.id, item.message
    if settled:
        state, identity, message = settled.state, settled.id or identity, settled.message
    key = key_of(item.key)
    return _RowItem(bool(item.no % 2), state, identity or "", message, key, at, elsewhere=False)


def _other(item: NamedItem) -> _RowItem:
    at = item.sheet, item.row
    return _RowItem(False, item.state, item.id or "", item.message, item.key, at, elsewhere=True)


def _combined(items: list[_RowItem], mark: int) -> tuple[Status, str]:
    """Return the outcome and message of a row: the worst of its items, or what was done."""
    if mark == INVALID:
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
