"""What a run reads and plans waits in a database of its own process until the run has its plan.

Then it goes into the journal in the order of the rows, many of them packed together. Of a process
that ends before that nothing counts: the files are read again.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby
from typing import Any, TypeAlias

from msgspec import Raw, Struct
from msgspec.structs import replace

from importer.journal.item import Item, item_no, key_text
from importer.journal.journal import Journal
from importer.journal.named_items import ADD_NAMED, named_row
from importer.journal.planned_rows import (
    INVALID,
    ROWS_A_CHUNK,
    SKIPPED,
    VALID,
    Packed,
    PlannedItem,
    PlannedRow,
    add_chunk,
)
from importer.journal.serialize import pack_apart
from importer.journal.settled import Settled, write_settled
from importer.journal.store import Store
from importer.journal.tables import LIVE
from importer.model import Status
from importer.sorted_file import SortedFile

Place = tuple[int, int]
"""The number of a sheet, and a row of it."""


class _Row(Struct, frozen=True, array_like=True):
    """A row that was read."""

    sheet: int
    row: int
    skipped: bool


class _Planned(Struct, frozen=True, array_like=True):
    """An item as it is planned, and what `pack_apart` returns of its change."""

    sheet: int
    row: int
    item: PlannedItem
    change: tuple[Raw, Raw] | None


class _Merged(Struct, frozen=True, array_like=True):
    """A row that states an entity, by the number of its item, which another row made."""

    sheet: int
    row: int
    no: int


_Entry: TypeAlias = _Row | _Planned | _Merged


def _place(entry: _Entry) -> Place:
    return entry.sheet, entry.row


def _place_of_item(entry: _Planned) -> tuple[int, int, int]:
    return entry.sheet, entry.row, entry.item.no


def _place_of_merged(entry: _Merged) -> tuple[int, int, int]:
    return entry.sheet, entry.row, entry.no


class Stage(Journal):
    """What one run has read and planned so far; it is also where live entities are kept."""

    passing = True

    def __init__(self) -> None:
        self.store = Store.of_process((LIVE,))
        self._rows = SortedFile(_Row, _place)
        self._items = SortedFile(_Planned, _place_of_item)
        self._merged = SortedFile(_Merged, _place_of_merged)
        self._invalid: Set[Place] = frozenset()
        self._asked: set[tuple[str, str]] = set()
        self._again: set[int] = set()
        self._held: dict[Place, str] = {}
        self._kept: dict[int, str] = {}

    def add_rows(self, rows: Iterable[Place], *, skipped: bool = False) -> None:
        """Note the rows that need an outcome, or those that are left out."""
        self._rows.add(_Row(*at, skipped) for at in rows)

    def invalidate_rows(self, rows: Set[Place]) -> None:
        """Note the rows that failed the checks: these and no others."""
        self._invalid = rows

    def add_merged(self, rows: Iterable[tuple[int, int, int]]) -> None:
        """Note rows (sheet, row) that state an entity, by its number, which another row made."""
        merged = [_Merged(sheet, row, item_no(no)) for sheet, row, no in rows]
        self._again.update(one.no for one in merged)
        self._merged.add(merged)

    def add_items(self, items: Sequence[Item]) -> None:
        """Note items, once they are planned."""
        self._items.add([self._noted(item) for item in items])

    def _noted(self, item: Item) -> _Planned:
        """Return an item to keep. Raises ValueError for one that waits with no change."""
        if item.state is Status.PENDING and item.change is None:
            raise ValueError(f"Item {item.no} of row {item.row} waits and has nothing to send.")
        key, change = key_text(item.key), None
        if item.is_relations:
            self._asked.add((item.kind, key))
        if item.change:
            for pointer in item.change.open_pointers():
                self._asked.add((pointer.kind, key_text(pointer.key)))
            sent, shown = pack_apart(item.change)
            change = Raw(sent), Raw(shown)
        planned = PlannedItem(
            item.no, item.kind, key, item.level, item.state, item.action, item.id, item.message
        )
        return _Planned(item.sheet, item.row, planned, change)

    def hold(self, rows: Iterable[Place], why: str) -> None:
        """Hold what rows would send, until it is released; the first reason stays."""
        for at in rows:
            self._held.setdefault(at, why)

    def keep_back(self, entities: Mapping[int, str]) -> None:
        """Hold entities, by number, for good; the values say why."""
        self._kept.update({item_no(entity): why for entity, why in entities.items()})

    def hand_over(self, journal: Journal, run: str) -> Counter[tuple[str, str]]:
        """Write the plan into a journal; return how many objects change, by kind and action.

        Raises ValueError where a row, an item or what a row merges is there twice.
        """
        writer = _Writer(journal, run)
        entries: tuple[Iterable[_Entry], ...] = self._rows, self._items, self._merged
        every = heapq.merge(*entries, key=_place)
        for at, some in groupby(every, _place):
            row, changes = self._row(at, some)
            writer.add(row, changes, self._held.get(at))
            for item in row.items:
                if item.no in self._again or (item.kind, item.key) in self._asked:
                    writer.name(row, item)
        writer.flush()
        return writer.objects

    def _row(self, at: Place, entries: Iterable[_Entry]) -> tuple[PlannedRow, list[Packed]]:
        """Return a row as it is planned in the end, and the changes that are sent."""
        mark, items, changes, merged = VALID, [], [], []
        for entry in entries:
            if isinstance(entry, _Planned):
                item = self._in_the_end(entry.item)
                items.append(item)
                if item.sends and entry.change:
                    sent, shown = entry.change
                    changes.append((bytes(sent), bytes(shown)))
            elif isinstance(entry, _Merged):
                merged.append(entry.no)
            elif entry.skipped:
                mark = SKIPPED
        if at in self._invalid:
            mark = INVALID
        return PlannedRow(*at, mark, items, merged), changes

    def _in_the_end(self, item: PlannedItem) -> PlannedItem:
        why = self._kept.get(item.no)
        return item if why is None else replace(item, state=Status.HELD, message=why)


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
