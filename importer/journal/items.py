"""The items of a run, from mapping to its plan: what was mapped, what changes, what is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any

from sqlalchemy import bindparam, select

from importer.journal.item import Item, MappedEntity, entity_no, item_no, key_of, key_text
from importer.journal.journal import Journal
from importer.journal.serialize import pack_change, pack_mapped, unpack_change, unpack_mapped
from importer.journal.tables import ITEMS, THIS_RUN
from importer.journal.unchanged import unchanged_items
from importer.model import Action, Status

_PLANNED = ("key", "level", "state", "action", "id", "message", "change", "mapped")
"""The columns that planning fills."""

_OF_RUN = ITEMS.c.run == THIS_RUN
_NUMBERED = ITEMS.c.no == bindparam("n_no")
_NOT_PLANNED = (
    ITEMS.select()
    .where(_OF_RUN, ITEMS.c.no > bindparam("last"), ITEMS.c.mapped.is_not(None))
    .order_by(ITEMS.c.no)
    .limit(bindparam("size"))
)
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
_WRITE_PLAN = (
    ITEMS.update()
    .where(_OF_RUN, _NUMBERED)
    .values({name: bindparam(f"n_{name}") for name in _PLANNED})
)


class Items:
    """The items of one run, while it is planned and looked at."""

    def __init__(self, journal: Journal, run: str) -> None:
        self._store = journal.store
        self._run = run

    def add(self, items: Iterable[Item]) -> None:
        """Note items as they are mapped or planned."""
        rows = [{"run": self._run, **item_row(item)} for item in items]
        if rows:
            with self._store.writing() as connection:
                connection.execute(ITEMS.insert(), rows)

    def mapped(self, size: int = 1000) -> Iterator[list[tuple[Item, MappedEntity]]]:
        """Yield the entities that are not planned yet, in order, in lists of at most `size`."""
        last = -1
        while True:
            which = {"this_run": self._run, "last": last, "size": size}
            with self._store.reading() as connection:
                rows = connection.execute(_NOT_PLANNED, which).mappings().all()
            if not rows:
                return
            yield [(item_of(row), unpack_mapped(row["mapped"])) for row in rows]
            last = rows[-1]["no"]

    def in_row_order(self) -> Iterator[Item]:
        """Yield all items in the order of the rows that made them."""
        with self._store.reading() as connection:
            rows = connection.execute(_IN_ROW_ORDER, {"this_run": self._run}).mappings()
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
        if kept:
            with self._store.writing() as connection:
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

    def write_plan(self, items: Sequence[Item], added: Sequence[Item]) -> None:
        """Write what the plan makes of mapped items, and the items that it adds."""
        planned = [{"this_run": self._run, **_plan_row(item)} for item in items]
        with self._store.writing() as connection:
            if planned:
                connection.execute(_WRITE_PLAN, planned)
            if added:
                connection.execute(
                    ITEMS.insert(), [{"run": self._run, **item_row(item)} for item in added]
                )


def _in_order(item: Item) -> tuple[int, int, int]:
    return item.sheet, item.row, item.no


def _plan_row(item: Item) -> dict[str, Any]:
    row = item_row(item)
    return {f"n_{name}": row[name] for name in ("no", *_PLANNED)}


def item_row(item: Item) -> dict[str, Any]:
    """Return an item as a row of the table."""
    return {
        "no": item.no,
        "sheet": item.sheet,
        "row": item.row,
        "kind": item.kind,
        "key": key_text(item.key) or None,
        "level": item.level,
        "state": item.state,
        "action": item.action,
        "id": item.id,
        "message": item.message,
        "doubts": item.doubts,
        "mapped": pack_mapped(item.mapped) if item.mapped else None,
        "change": pack_change(item.change) if item.change else None,
    }


def item_of(row: Any) -> Item:
    """Return the item that a row of the table holds, without what mapping made of it."""
    entity, is_relations = entity_no(row["no"])
    return Item(
        entity=entity,
        is_relations=is_relations,
        sheet=row["sheet"],
        row=row["row"],
        kind=row["kind"],
        key=key_of(row["key"] or ""),
        level=row["level"],
        state=Status(row["state"]),
        action=Action(row["action"]) if row["action"] else None,
        id=row["id"],
        message=row["message"],
        doubts=row["doubts"],
        change=unpack_change(row["change"]) if row["change"] else None,
    )
