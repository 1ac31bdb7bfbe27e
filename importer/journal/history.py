"""What earlier runs did: the rows and entities of one, and how long ago a target was changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import Executable, bindparam, func, select

from importer.journal.clock import CLOCK
from importer.journal.item import entity_no
from importer.journal.items import Items
from importer.journal.journal import Journal
from importer.journal.planned_rows import Plan
from importer.journal.tables import BATCHES, RUNS
from importer.model import Status

_ON_TARGET = select(RUNS.c.run).where(RUNS.c.identity == bindparam("target"))
_LAST_ANSWER = select(func.max(BATCHES.c.settled)).where(BATCHES.c.run.in_(_ON_TARGET))
_SECONDS_SINCE = select(CLOCK - _LAST_ANSWER.scalar_subquery())


def rows_of(journal: Journal, run: str) -> Iterator[tuple[int, int]]:
    """Yield the rows (sheet number, row) that a run has outcomes for, in order."""
    for rows in Plan(journal.store, run).rows():
        yield from ((row.sheet, row.row) for row in rows)


def merged_rows_of(journal: Journal, run: str) -> Iterator[tuple[int, int, int]]:
    """Yield the rows that state an entity which another row made, with its number."""
    for row in chain.from_iterable(Plan(journal.store, run).rows()):
        yield from ((row.sheet, row.row, entity_no(no)[0]) for no in row.merged)


def new_ids(journal: Journal, identity: str) -> dict[str, str]:
    """Return old id -> new id of what was deleted and created again by an undo."""
    found: dict[str, str] = {}
    for run in reversed(journal.runs()):
        if run.identity == identity and run.spec.undoes:
            found.update(_restored(journal, run.name))
    return {old: _last(found, old) for old in found}


def _restored(journal: Journal, run: str) -> Iterator[tuple[str, str]]:
    for item, _ in Items(journal, run).entities():
        old = item.change.restores if item.change else None
        if item.state is Status.CREATED and item.id and old and old != item.id:
            yield old, item.id


def _last(found: dict[str, str], old: str) -> str:
    while old in found:
        old = found[old]
    return old


def seconds_since_change(journal: Journal, identity: str) -> float | None:
    """Return the seconds since a target last answered a batch, None where none was sent."""
    [(found,)] = _read(journal, _SECONDS_SINCE, target=identity)
    return None if found is None else float(found)


def _read(journal: Journal, query: Executable, **which: str) -> Iterator[Any]:
    with journal.store.reading() as connection:
        yield from connection.execute(query, which)
