"""What a run reads and plans waits in a database of its own process until the run has its plan.

Then it goes into the journal in the order of the rows, many of them packed together. Of a process
that ends before that nothing counts: the files are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, bindparam

from importer.journal.item import Item, item_no, key_text
from importer.journal.journal import Journal
from importer.journal.named_items import ADD_NAMED, named_row
from importer.journal.planned_rows import (
    INVALID,
    ROWS_A_CHUNK,
    SKIPPED,
    STATUS,
    VALID,
    Packed,
    PlannedItem,
    PlannedRow,
    add_chunk,
)
from importer.journal.serialize import pack_apart
from importer.journal.settled import Settled, write_settled
from importer.journal.statement import Statement
from importer.journal.store import Store
from importer.journal.tables import LIVE
from importer.model import Status

_ROW, _ITEM, _ALSO = range(3)
"""What an entry is about: a row itself, an item of it, an entity that another row made."""

_WAITING = Table(
    "waiting",
    MetaData(),
    *(Column(name, Integer, primary_key=True) for name in ("sheet", "row", "what", "no")),
    Column("mark", Integer),
    Column("kind", Text),
    Column("key", Text),
    Column("level", Integer),
    Column("state", Text),
    Column("action", Text),
    Column("id", Text),
    Column("message", Text),
    Column("change", LargeBinary),
    Column("shown", LargeBinary),
    sqlite_with_rowid=False,
)
"""Everything in the order of the rows."""

_PLACE = ("sheet", "row", "what", "no")
_OF_ITEM = ("kind", "key", "level", "state", "action", "id", "message", "change", "shown")
_ADD_ROW = Statement(_WAITING.insert(), *_PLACE, "mark")
_ADD_ITEM = Statement(_WAITING.insert(), *_PLACE, *_OF_ITEM)
_ADD_MERGED = Statement(_WAITING.insert(), *_PLACE)
_IN_ORDER = Statement(_WAITING.select().order_by(*_WAITING.primary_key))
_INVALIDATE = Statement(
    _WAITING.update()
    .where(
        _WAITING.c.sheet == bindparam("n_sheet"),
        _WAITING.c.row == bindparam("n_row"),
        _WAITING.c.what == _ROW,
    )
    .values(mark=INVALID),
    "n_sheet",
    "n_row",
)

Place = tuple[int, int]
"""The number of a sheet, and a row of it."""


class Stage(Journal):
    """What one run has read and planned so far; it is also where live entities are kept."""

    passing = True

    def __init__(self) -> None:
        self.store = Store.of_process((_WAITING, LIVE))
        self._asked: set[tuple[str, str]] = set()
        self._again: set[int] = set()
        self._held: dict[Place, str] = {}
        self._kept: dict[int, str] = {}

    def add_rows(self, rows: Iterable[Place], *, skipped: bool = False) -> None:
        """Note the rows that need an outcome, or those that are left out."""
        mark = SKIPPED if skipped else VALID
        self._write(_ADD_ROW, [(*at, _ROW, -1, mark) for at in rows])

    def invalidate_rows(self, rows: Iterable[Place]) -> None:
        """Note the rows that failed the checks."""
        self._write(_INVALIDATE, list(rows))

    def add_merged(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Note rows (sheet, row) that state an entity, by its number, which another row made."""
        merged = [(sheet, row, _ALSO, item_no(no)) for sheet, row, no in rows]
        self._again.update(no for *_, no in merged)
        self._write(_ADD_MERGED, merged)

    def add_items(self, items: Sequence[Item]) -> None:
        """Note items, once they are planned."""
        for item in items:
            if item.is_relations:
                self._asked.add((item.kind, key_text(item.key)))
            for pointer in item.change.open_pointers() if item.change else ():
                self._asked.add((pointer.kind, key_text(pointer.key)))
        self._write(_ADD_ITEM, list(map(_values, items)))

    def hold(self, rows: Iterable[Place], why: str) -> None:
        """Hold what rows would send, until it is released; the first reason stays."""
        for at in rows:
            self._held.setdefault(at, why)

    def keep_back(self, entities: Mapping[int, str]) -> None:
        """Hold entities, by number, for good; the values say why."""
        self._kept.update({item_no(entity): why for entity, why in entities.items()})

    def hand_over(self, journal: Journal, run: str) -> Counter[tuple[str, str]]:
        """Write the plan into a journal; return how many objects change, by kind and action."""
        writer = _Writer(journal, run)
        for at, mark, items, merged in self._in_order():
            own = [self._planned(item) for item in items]
            row = PlannedRow(*at, mark, [item for item, _ in own], merged)
            writer.add(row, [change for _, change in own if change], self._held.get(at))
            for item in row.items:
                if item.no in self._again or (item.kind, item.key) in self._asked:
                    writer.name(row, item)
        writer.flush()
        return writer.objects

    def _in_order(self) -> Iterator[tuple[Place, int, list[Any], list[int]]]:
        """Yield each row: its place and mark, its items, the numbers of those merged into it."""
        with self.store.reading() as connection:
            found: Any = _IN_ORDER.run(connection)
            for at, entries in groupby(found, itemgetter(0, 1)):
                mark, items, merged = VALID, [], []
                for entry in entries:
                    if entry[2] == _ROW:
                        mark = entry[4]
                    elif entry[2] == _ITEM:
                        items.append(entry)
                    else:
                        merged.append(entry[3])
                yield at, mark, items, merged

    def _planned(self, row: Any) -> tuple[PlannedItem, Packed | None]:
        """Return an item as it is planned in the end, and the change that is sent."""
        _, _, _, no, _, kind, key, level, state, action, id_, message, *change = row
        if no in self._kept:
            state, message = Status.HELD, self._kept[no]
        item = PlannedItem(no, kind, key, level, STATUS[state], action, id_, message)
        return item, (change[0], change[1]) if item.sends else None

    def _write(self, statement: Statement, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            with self.store.writing() as connection:
                statement.run_many(connection, rows)


class _Writer:
    """Writes a plan into the journal, chunk by chunk."""

    def __init__(self, journal: Journal, run: str) -> None:
        self.objects: Counter[tuple[str, str]] = Counter()
        self._store = journal.store
        self._run = run
        self._no = 0
        self._rows: list[PlannedRow] = []
        self._changes: list[Packed] = []
        self._named: list[tuple[Any, ...]] = []
        self._held: list[Settled] = []

    def add(self, row: PlannedRow, changes: Sequence[Packed], held: str | None) -> None:
        """Add a row, its changes, and why the guard holds it where it does."""
        if self._rows and (len(self._rows) == ROWS_A_CHUNK or self._rows[0].sheet != row.sheet):
            self.flush()
        self._rows.append(row)
        self._changes += changes
        for item in row.items if changes else ():
            if item.sends:
                self._note(item, held)

    def _note(self, item: PlannedItem, held: str | None) -> None:
        if item.no % 2 == 0:  # the others are relations: see `item_no`
            self.objects[item.kind, str(item.action)] += 1
        if held is not None:
            self._held.append(Settled(item.no, Status.HELD, item.id, held, guard=True))

    def name(self, row: PlannedRow, item: PlannedItem) -> None:
        """Let an entity of a row be found by its kind and key, and by its number."""
        if item.no % 2 == 0:
            self._named.append(named_row(self._run, row, item))

    def flush(self) -> None:
        """Write what was added."""
        if not self._rows:
            return
        self._no += 1
        with self._store.writing() as connection:
            add_chunk(connection, self._run, self._no, self._rows, self._changes)
            ADD_NAMED.run_many(connection, self._named)
            write_settled(connection, self._run, self._held)
        for some in (self._rows, self._changes, self._named, self._held):
            some.clear()


def _values(item: Item) -> tuple[Any, ...]:
    """Return an item as the table has it. Raises ValueError for one that waits with no change."""
    if item.state is Status.PENDING and item.change is None:
        raise ValueError(f"Item {item.no} of row {item.row} waits and has nothing to send.")
    return (
        item.sheet,
        item.row,
        _ITEM,
        item.no,
        item.kind,
        key_text(item.key),
        item.level,
        item.state,
        item.action,
        item.id,
        item.message,
        *(pack_apart(item.change) if item.change else (None, None)),
    )
