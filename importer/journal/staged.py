"""What a run reads and plans waits in a database of its own process until it has its plan.

What may be sent, or has to be said, is in the journal already; with the plan come the rows, and
those that are as they should be are packed together. Of a process that ends before nothing counts:
the files are read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select

from importer.journal.items import ADD
from importer.journal.journal import ADD_MERGED, ADD_ROW, VALID, Journal
from importer.journal.statement import Statement
from importer.journal.store import Store
from importer.journal.tables import FINDINGS, ITEMS, LIVE, MERGED, ROWS, THIS_RUN
from importer.journal.unchanged import (
    ROWS_A_CHUNK,
    MergedInto,
    UnchangedEntity,
    UnchangedRow,
    add_chunk,
)
from importer.model import Status
from importer.pieces import pieces

AT_ONCE = 500
"""How many rows of a table are written in one transaction."""

STAGED = (ROWS, ITEMS, MERGED, LIVE, FINDINGS)
"""The tables that a run fills before it has its plan."""

_ROWS = ROWS.select().where(ROWS.c.run == THIS_RUN).order_by(ROWS.c.sheet, ROWS.c.row)
_ITEMS = (
    ITEMS.select().where(ITEMS.c.run == THIS_RUN).order_by(ITEMS.c.sheet, ITEMS.c.row, ITEMS.c.no)
)
_MERGED = (
    select(MERGED, ITEMS.c.state, ITEMS.c.id)
    .outerjoin(ITEMS, (ITEMS.c.run == MERGED.c.run) & (ITEMS.c.no == MERGED.c.no))
    .where(MERGED.c.run == THIS_RUN)
    .order_by(MERGED.c.sheet, MERGED.c.row, MERGED.c.no)
)
_SHEET_AND_ROW: list[tuple[Select[Any], Callable[[Any], tuple[int, int]]]] = [
    (_ROWS, itemgetter(1, 2)),
    (_ITEMS, itemgetter(2, 3)),
    (_MERGED, itemgetter(1, 2)),
]
"""What is staged, and where its sheet and row stand."""
_TO_SAY = (
    select(ITEMS.c.sheet, ITEMS.c.row)
    .where(ITEMS.c.run == THIS_RUN)
    .order_by(ITEMS.c.sheet, ITEMS.c.row)
    .distinct()
)
_STATED_AGAIN = select(MERGED.c.no).where(MERGED.c.run == THIS_RUN).distinct()
_FINDINGS = FINDINGS.select().where(FINDINGS.c.run == THIS_RUN).order_by(FINDINGS.c.no)


_ADD_FINDING = Statement(FINDINGS.insert(), *(column.name for column in FINDINGS.columns))


@contextmanager
def staged(journal: Journal) -> Iterator[Journal]:
    """Open the place for what a run of a journal reads; a passing journal is one itself."""
    if journal.passing:
        yield journal
        return
    with closing(Journal.of(Store.of_process(STAGED))) as found:
        yield found


def hand_over(stage: Journal, journal: Journal, run: str) -> None:
    """Write into the journal what was staged of a run."""
    if stage is not journal:
        _HandOver(stage, journal, run).write()


@dataclass(slots=True)
class _HandOver:
    """Copies a run, row by row; `again` are the items that further rows state.

    What is to be sent, or said, is in the journal already: its rows are only copied.
    """

    stage: Journal
    journal: Journal
    run: str
    again: set[int] = field(default_factory=set)
    waiting: dict[Statement, list[tuple[Any, ...]]] = field(default_factory=dict)
    unchanged: list[UnchangedRow] = field(default_factory=list)
    chunks: int = 0

    def write(self) -> None:
        which = {"this_run": self.run}
        with self.stage.store.reading() as reading:
            self.again = set(reading.execute(_STATED_AGAIN, which).scalars())
            with self.journal.store.reading() as journal:
                staged = (
                    _by_row(reading.execute(query, which), at) for query, at in _SHEET_AND_ROW
                )
                to_say = _by_row(journal.execute(_TO_SAY, which), itemgetter(0, 1))
                for at, (row, own, others, busy) in _in_step(*staged, to_say):
                    self._take(at, row, own, others, busy=bool(busy))
            for some in pieces(reading.execute(_FINDINGS, which), AT_ONCE):
                self._insert(_ADD_FINDING, some)
        self._flush(least=1)
        self._pack()

    def _take(
        self, at: tuple[int, int], row: list[Any], own: list[Any], others: list[Any], *, busy: bool
    ) -> None:
        valid = bool(row) and row[0].valid == VALID
        if valid and not busy and self._is_unchanged(own, others):
            entities = [UnchangedEntity(i.no, i.kind, i.key, i.level, i.id) for i in own]
            merged = [MergedInto(one.no, one.id) for one in others]
            self.unchanged.append(UnchangedRow(*at, entities, merged))
            if len(self.unchanged) == ROWS_A_CHUNK:
                self._pack()
            return
        stated = [tuple(one)[: len(MERGED.columns)] for one in others]
        for statement, some in ((ADD_ROW, row), (ADD, own), (ADD_MERGED, stated)):
            self.waiting.setdefault(statement, []).extend(some)
        self._flush(AT_ONCE)

    def _is_unchanged(self, own: Sequence[Any], others: Sequence[Any]) -> bool:
        """Return whether nothing is to be sent or said of a row, nor of what it states again."""
        if any(one.state != Status.UNCHANGED for one in (*own, *others)):
            return False  # kept back, say
        return not any(item.no in self.again for item in own)

    def _flush(self, least: int) -> None:
        for statement, rows in self.waiting.items():
            if len(rows) >= least:
                self._insert(statement, rows)
                rows.clear()

    def _insert(self, statement: Statement, rows: Sequence[Any]) -> None:
        with self.journal.store.writing() as connection:
            statement.run_many(connection, rows)

    def _pack(self) -> None:
        if self.unchanged:
            self.chunks += 1
            with self.journal.store.writing() as connection:
                add_chunk(connection, self.run, self.chunks, self.unchanged)
            self.unchanged.clear()


def _by_row(
    found: Iterable[Any], at: Callable[[Any], tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[Any]]]:
    grouped = groupby(found, key=at)
    return ((at, list(some)) for at, some in grouped)


def _in_step(
    *tables: Iterator[tuple[tuple[int, int], list[Any]]],
) -> Iterator[tuple[tuple[int, int], list[list[Any]]]]:
    """Yield each place with what each table has there; all are in the order of the rows."""
    heads = [next(one, None) for one in tables]
    while any(heads):
        at = min(head[0] for head in heads if head)
        here = [head is not None and head[0] == at for head in heads]
        yield at, [head[1] if head and mine else [] for head, mine in zip(heads, here, strict=True)]
        heads = [
            next(table, None) if mine else head
            for table, head, mine in zip(tables, heads, here, strict=True)
        ]
