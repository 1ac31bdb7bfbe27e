"""The audit log, as the pages write and show it; nothing changes or drops a line of it."""

from __future__ import annotations

from importer.journal import audit
from importer.journal.audit import NO_END, AuditAction, Detail, Entry
from importer.journal.store import Store
from importer.people.refused import WAY_OUT
from importer.visitor import Visitor


def record(
    store: Store,
    visitor: Visitor,
    action: AuditAction,
    about: str = "",
    detail: Detail | None = None,
) -> None:
    """Write down what a visitor did."""
    with store.writing(WAY_OUT) as connection:
        audit.append(connection, visitor, action, about, detail)


def newest(store: Store, most: int = 100, before: int = NO_END) -> list[Entry]:
    """Return the newest lines before number `before`, the newest first."""
    with store.reading() as connection:
        return audit.newest(connection, most, before)


def of_page(store: Store, about: str, most: int = 100) -> list[Entry]:
    """Return the newest lines about one page, the newest first."""
    with store.reading() as connection:
        return audit.of_page(connection, about, most)
