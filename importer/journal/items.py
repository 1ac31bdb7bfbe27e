"""The items of a run with their plan and what became of each: in order, and held or released."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from importer.journal.item import Item
from importer.journal.journal import Journal
from importer.journal.planned_rows import Plan
from importer.journal.settled import settled_among
from importer.journal.store import Store
from importer.journal.tables import OUTCOMES, THIS_RUN

_BY_GUARD = (OUTCOMES.c.run == THIS_RUN, OUTCOMES.c.guard == 1)
_HELD = select(OUTCOMES.c.no).where(*_BY_GUARD)
_RELEASE = OUTCOMES.delete().where(*_BY_GUARD)


class Items:
    """The items of one run that has its plan."""

    def __init__(self, journal: Journal, run: str) -> None:
        self._store = journal.store
        self._run = run
        self._plan = Plan(journal.store, run)

    def in_row_order(self) -> Iterator[Item]:
        """Yield all items in the order of the rows that made them."""
        for items in self._plan.items():
            yield from with_outcomes(self._store, self._run, items)

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

    def held(self) -> Iterator[tuple[int, int, str]]:
        """Yield the rows (sheet, row) that the guard holds, with why."""
        with self._store.reading() as connection:
            numbers = set(connection.execute(_HELD, {"this_run": self._run}).scalars())
        items = self.in_row_order() if numbers else ()
        yield from dict.fromkeys((*one.row_no, one.message) for one in items if one.no in numbers)

    def release(self) -> None:
        """Let what the guard holds be sent after all."""
        with self._store.writing() as connection:
            connection.execute(_RELEASE, {"this_run": self._run})


def with_outcomes(store: Store, run: str, items: list[Item]) -> list[Item]:
    """Give items of a run the outcomes that they have by now; returns them."""
    numbers = [item.no for item in items if item.change is not None]
    with store.reading() as connection:
        settled = settled_among(connection, run, numbers)
    for item in items if settled else ():
        if outcome := settled.get(item.no):
            item.state, item.message = outcome.state, outcome.message
            item.id = outcome.id or item.id
    return items
