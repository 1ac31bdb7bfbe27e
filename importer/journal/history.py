"""A run that has been in, its rows and what it did to each of its entities out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.journal.items import Items
from importer.journal.journal import SEPARATOR, Item, Journal
from importer.journal.serialize import unpack
from importer.model import Key, Status


def rows(journal: Journal, run: str) -> Iterator[tuple[int, int]]:
    """The rows (sheet number, row) that a run answers for, in order."""
    from importer.journal.tables import ROWS

    query = ROWS.select().where(ROWS.c.run == run).order_by(ROWS.c.sheet, ROWS.c.row)
    for row in _read(journal, query):
        yield row.sheet, row.row


def merged(journal: Journal, run: str) -> Iterator[tuple[int, int, int]]:
    """The rows that state an item which another row has stated first, with its number."""
    from importer.journal.tables import MERGED

    for row in _read(journal, MERGED.select().where(MERGED.c.run == run)):
        yield row.sheet, row.row, row.no


def successors(journal: Journal, identity: str) -> dict[str, str]:
    """The id of what was deleted -> the id it was given when an undo brought it back."""
    found: dict[str, str] = {}
    for run in reversed(journal.runs()):
        if run.identity == identity and "undoes" in run.facts:
            found.update(_brought_back(journal, run.run))
    return {old: _last(found, old) for old in found}


def _brought_back(journal: Journal, run: str) -> Iterator[tuple[str, str]]:
    for item, _ in entities(journal, run):
        made = item.id and item.change and item.state == Status.CREATED
        old = unpack(item.change or b"{}").get("restores") if made else None
        if old and item.id and old != item.id:
            yield old, item.id


def _last(found: dict[str, str], old: str) -> str:
    while old in found:
        old = found[old]
    return old


def age(journal: Journal, identity: str) -> float | None:
    """Seconds since a target last answered to a batch, None where it was sent none."""
    from sqlalchemy import func, select

    from importer.journal.tables import BATCHES, RUNS

    mine = select(RUNS.c.run).where(RUNS.c.identity == identity)
    last = select(func.max(BATCHES.c.settled)).where(BATCHES.c.run.in_(mine)).scalar_subquery()
    found = [row for (row,) in _read(journal, select(journal.store.clock() - last))]
    return None if found[0] is None else float(found[0])


def entities(journal: Journal, run: str) -> Iterator[tuple[Item, Item | None]]:
    """Each entity of a run, with the item of its relations among its own kind if it has one."""
    main: Item | None = None
    for item in Items(journal, run).changes():
        if item.no % 2 and main is not None:
            yield main, item
            main = None
            continue
        if main is not None:
            yield main, None
        main = item
    if main is not None:
        yield main, None


def key_of(item: Item) -> Key:
    """The key of an item."""
    return tuple((item.key or "").split(SEPARATOR))


def _read(journal: Journal, query: Any) -> Iterator[Any]:
    with journal.store.reading() as connection:
        yield from connection.execute(query)
