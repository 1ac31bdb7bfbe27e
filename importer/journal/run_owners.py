"""Who began which run on the page, and how much of a run is sent, level by level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, func, select

from importer.journal.store import Store
from importer.journal.tables import HOLDS, ITEMS, THIS_RUN
from importer.journal.upload_tables import RUN_OWNERS
from importer.model import Status

_OF = select(RUN_OWNERS.c.run, RUN_OWNERS.c.owner, RUN_OWNERS.c.upload)
_WAITS = func.sum(case((ITEMS.c.state == Status.PENDING, 1), else_=0))
_LEVELS = (
    select(ITEMS.c.level, ITEMS.c.kind, func.count(), _WAITS)
    .where(
        ITEMS.c.run == THIS_RUN,
        ITEMS.c.change.is_not(None),
        ITEMS.c.state != Status.HELD,
        ITEMS.c.level.is_not(None),
    )
    .group_by(ITEMS.c.level, ITEMS.c.kind)
    .order_by(ITEMS.c.level, ITEMS.c.kind)
)
_CANCELLED = select(HOLDS.c.cancelled).where(HOLDS.c.run == THIS_RUN)


@dataclass(frozen=True, slots=True)
class RunOwner:
    """Who began a run, and for which upload."""

    owner: str
    upload: str


def note_owner(store: Store, run: str, owner: str, upload: str) -> None:
    """Note who began a run."""
    with store.writing() as connection:
        row = {"run": run, "owner": owner, "upload": upload}
        connection.execute(RUN_OWNERS.insert(), [row])


def owners(store: Store) -> dict[str, RunOwner]:
    """Return who began each run that was begun on the page."""
    with store.reading() as connection:
        return {row.run: RunOwner(row.owner, row.upload) for row in connection.execute(_OF)}


def sent_by_level(store: Store, run: str) -> list[tuple[int, str, int, int]]:
    """Return level, kind, how many are sent, and how many there are, level by level."""
    with store.reading() as connection:
        rows = connection.execute(_LEVELS, {"this_run": run}).all()
    return [(level, kind, total - waiting, total) for level, kind, total, waiting in rows]


def is_cancelled(store: Store, run: str) -> bool:
    """Return whether the process that sends a run was asked to stop."""
    with store.reading() as connection:
        found: Iterable[int] = connection.execute(_CANCELLED, {"this_run": run}).scalars()
        return any(found)
