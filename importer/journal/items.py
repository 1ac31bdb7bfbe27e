"""The items of a run and their plan: what changes, what is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any

from sqlalchemy import bindparam, select

from importer.journal.item import Item, entity_no, item_no, key_of, key_text
from importer.journal.journal import Journal
from importer.journal.serialize import pack_change, unpack_change
from importer.journal.statement import Statement
from importer.journal.tables import ITEMS, THIS_RUN
from importer.journal.unchanged import unchanged_items
from importer.model import Action, Status

COLUMNS = tuple(column.name for column in ITEMS.columns)
STATUS = {status.value: status for status in Status}
_ACTION = {action.value: action for action in Action}

_OF_RUN = ITEMS.c.run == THIS_RUN
_NUMBERED = ITEMS.c.no == bindparam("n_no")
_IN_ROW_ORDER = ITEMS.select().where(_OF_RUN).order_by(ITEMS.c.sheet, ITEMS.c.row, ITEMS.c.no)
_HOLD_ROW = (
    ITEMS.update()
    .where(_OF_RUN, ITEMS.c.state == Status.PENDING)
    .where(ITEMS.c.sheet == bindparam("n_sheet"), ITEMS.c.row == bindparam("n_row"))
    .values(state=Status.HELD, message=bindparam("why"))
)
_KEEP_BACK = (
    ITEMS.update()
    .where(_OF_RUN, _NUMBERED)
    .values(state=Status.HELD, message=bindparam("why"), change=None)
)
_HELD = (
    select(ITEMS.c.sheet, ITEMS.c.row, ITEMS.c.message)
    .where(_OF_RUN, ITEMS.c.state == Status.HELD, ITEMS.c.change.is_not(None))
    .order_by(ITEMS.c.sheet, ITEMS.c.row)
    .distinct()
)
_RELEASE = (
    ITEMS.update()
    .where(_OF_RUN, ITEMS.c.state == Status.HELD, ITEMS.c.change.is_not(None))
    .values(state=Status.PENDING, message="")
)
ADD = Statement(ITEMS.insert(), *COLUMNS)


class Items:
    """The items of one run, while it is planned and looked at.

    With a `stage` those of which there is nothing to send, nor to say, are noted there.
    """

    def __init__(self, journal: Journal, run: str, stage: Journal | None = None) -> None:
        self._store = journal.store
        self._stage = (stage or journal).store
        self._run = run

    def add(self, items: Iterable[Item]) -> None:
        """Note items, once they are planned."""
        to_stage: list[tuple[Any, ...]] = []
        to_journal: list[tuple[Any, ...]] = []
        for item in items:
            row = (self._run, *item_values(item))
            (to_stage if _nothing_to_say(item) else to_journal).append(row)
        for store, rows in ((self._store, to_journal), (self._stage, to_stage)):
            if rows:
                with store.writing() as connection:
                    ADD.run_many(connection, rows)

    def in_row_order(self) -> Iterator[Item]:
        """Yield all items in the order of the rows that made them."""
        with self._store.reading() as connection:
            rows = connection.execute(_IN_ROW_ORDER, {"this_run": self._run})
            unchanged = unchanged_items(self._store, self._run)
            yield from merge(map(item_of, rows), unchanged, key=_in_order)

    def entities(self) -> Iterator[tuple[Item, Item | None]]:
        """Yield each entity, with the item of its relations where it has one."""
        main: Item | None = None
        for item in self.in_row_order():
            if item.is_relations and main is not None:
                yield main, item
                main = None
                continue
            if main is not None:
                yield main, None
            main = item
        if main is not None:
            yield main, None

    def hold(self, rows: Iterable[tuple[int, int]], why: str) -> None:
        """Hold what rows (sheet, row) would send, until it is released."""
        of_run = {"this_run": self._run, "why": why}
        held = [{**of_run, "n_sheet": sheet, "n_row": row} for sheet, row in rows]
        with self._store.writing() as connection:
            connection.execute(_HOLD_ROW, held)

    def keep_back(self, entities: Mapping[int, str]) -> None:
        """Hold entities, by number, for good; the values say why."""
        kept = [
            {"this_run": self._run, "n_no": item_no(entity), "why": why}
            for entity, why in entities.items()
        ]
        for store in (self._store, self._stage) if kept else ():
            with store.writing() as connection:
                connection.execute(_KEEP_BACK, kept)

    def held(self) -> Iterator[tuple[int, int, str]]:
        """Yield the rows (sheet, row) that the guard holds, with why."""
        with self._store.reading() as connection:
            for row in connection.execute(_HELD, {"this_run": self._run}):
                yield row.sheet, row.row, row.message

    def release(self) -> None:
        """Let what the guard holds be sent after all; what is held for good has no change."""
        with self._store.writing() as connection:
            connection.execute(_RELEASE, {"this_run": self._run})


def _nothing_to_say(item: Item) -> bool:
    unchanged = item.state is Status.UNCHANGED and item.change is None
    return unchanged and not (item.message or item.is_relations)


def _in_order(item: Item) -> tuple[int, int, int]:
    return item.sheet, item.row, item.no


def item_values(item: Item) -> tuple[Any, ...]:
    """Return an item as the values of the table's columns from `no` on, in their order."""
    return (
        item.no,
        item.sheet,
        item.row,
        item.kind,
        key_text(item.key) or None,
        item.level,
        item.state,
        item.action,
        item.id,
        item.message,
        item.doubts,
        None,
        pack_change(item.change) if item.change else None,
    )


def item_of(values: Sequence[Any], *, shown: bool = True) -> Item:
    """Return the item of the values of the table's columns, with what a plan shows if `shown`."""
    _, no, sheet, row, kind, key, level, state, action, id_, message, doubts, _, change = values
    entity, is_relations = entity_no(no)
    return Item(
        entity=entity,
        is_relations=is_relations,
        sheet=sheet,
        row=row,
        kind=kind,
        key=key_of(key or ""),
        level=level,
        state=STATUS[state],
        action=_ACTION[action] if action else None,
        id=id_,
        message=message,
        doubts=doubts,
        change=unpack_change(change, shown=shown) if change else None,
    )
