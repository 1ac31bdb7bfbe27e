"""How many objects of each kind a run is about: one row may make several of them."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Column, ColumnElement, func, select

from importer.journal.journal import Journal
from importer.journal.tables import ITEMS, THIS_RUN
from importer.journal.unchanged import unchanged_items
from importer.model import FINE, Status

_IS_ENTITY = ITEMS.c.no % 2 == 0  # the others are relations: see `item_no`


def objects_made(journal: Journal, run: str) -> dict[tuple[str, str], int]:
    """Count what is in the target as its rows say, by kind and outcome."""
    found = _counted(journal, run, ITEMS.c.state, ITEMS.c.state.in_([*FINE]))
    same = Counter(item.kind for item in unchanged_items(journal.store, run))
    for kind, number in same.items():
        there = kind, Status.UNCHANGED.value
        found[there] = found.get(there, 0) + number
    return found


def objects_planned(journal: Journal, run: str) -> dict[tuple[str, str], int]:
    """Count what a run is about to change, by kind and action."""
    return _counted(journal, run, ITEMS.c.action, ITEMS.c.change.is_not(None))


def _counted(
    journal: Journal, run: str, what: Column[str], wanted: ColumnElement[bool]
) -> dict[tuple[str, str], int]:
    of_run = select(ITEMS.c.kind, what, func.count()).where(ITEMS.c.run == THIS_RUN, _IS_ENTITY)
    query = of_run.where(wanted).group_by(ITEMS.c.kind, what).order_by(func.min(ITEMS.c.no))
    with journal.store.reading() as connection:
        return {(kind, done): n for kind, done, n in connection.execute(query, {"this_run": run})}
