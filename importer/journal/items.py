"""The journal as the planner sees it: what was mapped, what is to change, what is kept back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from importer.journal.journal import Item, Journal, item_of, item_row
from importer.model import Status

_FIELDS = ("key", "level", "state", "action", "id", "message", "change", "mapped")


class Items:
    """The items of one run, from the mapping to the plan."""

    def __init__(self, journal: Journal, run: str) -> None:
        self._store = journal.store
        self._run = run

    def mapped(self, size: int = 1000) -> Iterator[list[Item]]:
        """The entities as they were mapped, in order, in pieces."""
        from importer.journal.tables import ITEMS

        last = -1
        while True:
            query = (
                ITEMS.select()
                .where(ITEMS.c.run == self._run, ITEMS.c.no > last, ITEMS.c.mapped.is_not(None))
                .order_by(ITEMS.c.no)
                .limit(size)
            )
            with self._store.reading() as connection:
                items = [item_of(row) for row in connection.execute(query).mappings()]
            if not items:
                return
            yield items
            last = items[-1].no

    def changes(self) -> Iterator[Item]:
        """The items that ask for something or for nothing, in the order of the rows."""
        from importer.journal.tables import ITEMS

        query = ITEMS.select().where(ITEMS.c.run == self._run)
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(ITEMS.c.sheet, ITEMS.c.row, ITEMS.c.no))
            yield from (item_of(row) for row in rows.mappings())

    def hold(self, rows: Iterable[tuple[int, int]], why: str) -> None:
        """Keep back what rows (sheet, row) would send."""
        from sqlalchemy import bindparam

        from importer.journal.tables import ITEMS

        where = (ITEMS.c.run == self._run, ITEMS.c.state == Status.PENDING)
        place = (ITEMS.c.sheet == bindparam("s"), ITEMS.c.row == bindparam("r"))
        values = [{"s": sheet, "r": row} for sheet, row in rows]
        with self._store.writing() as connection:
            held = ITEMS.update().where(*where, *place).values(state=Status.HELD, message=why)
            connection.execute(held, values)

    def keep_back(self, items: Mapping[int, str]) -> None:
        """Never send these items, by number; says why of each."""
        from sqlalchemy import bindparam

        from importer.journal.tables import ITEMS

        where = (ITEMS.c.run == self._run, ITEMS.c.no == bindparam("n"))
        values: Any = {"state": Status.HELD, "message": bindparam("why"), "change": None}
        if items:
            with self._store.writing() as connection:
                kept = [{"n": no, "why": why} for no, why in items.items()]
                connection.execute(ITEMS.update().where(*where).values(**values), kept)

    def release(self) -> None:
        """Send what was kept back, too."""
        from importer.journal.tables import ITEMS

        where = (
            ITEMS.c.run == self._run,
            ITEMS.c.state == Status.HELD,
            ITEMS.c.change.is_not(None),
        )
        with self._store.writing() as connection:
            connection.execute(
                ITEMS.update().where(*where).values(state=Status.PENDING, message="")
            )

    def write(self, items: Sequence[Item], added: Sequence[Item]) -> None:
        """Write what the plan makes of mapped items, and items it adds."""
        from sqlalchemy import bindparam

        from importer.journal.tables import ITEMS

        rows = [{f"n_{name}": value for name, value in _plan_row(item).items()} for item in items]
        with self._store.writing() as connection:
            if rows:
                where = (ITEMS.c.run == self._run, ITEMS.c.no == bindparam("n_no"))
                values: Any = {name: bindparam(f"n_{name}") for name in _FIELDS}
                connection.execute(ITEMS.update().where(*where).values(**values), rows)
            if added:
                connection.execute(
                    ITEMS.insert(), [{"run": self._run, **item_row(item)} for item in added]
                )


def _plan_row(item: Item) -> dict[str, Any]:
    row = item_row(item)
    return {name: row[name] for name in ("no", *_FIELDS)}
