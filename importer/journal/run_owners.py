"""Who began which run on the page, and whether it was asked to stop."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import select

from importer.journal.store import Store
from importer.journal.tables import HOLDS, THIS_RUN
from importer.journal.upload_tables import RUN_OWNERS

_OF = select(RUN_OWNERS.c.run, RUN_OWNERS.c.owner, RUN_OWNERS.c.upload)
_CANCELLED = select(HOLDS.c.cancelled).where(HOLDS.c.run == THIS_RUN)


class RunOwner(Struct, frozen=True):
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


def is_cancelled(store: Store, run: str) -> bool:
    """Return whether the process that sends a run was asked to stop."""
    with store.reading() as connection:
        found: Iterable[int] = connection.execute(_CANCELLED, {"this_run": run}).scalars()
        return any(found)
