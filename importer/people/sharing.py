"""Sharing a page with a person or with a role."""

from __future__ import annotations

from importer.errors import UsageError
from importer.journal import audit, people, shares
from importer.journal.audit import AuditAction
from importer.journal.shares import Share, ShareWith
from importer.journal.store import Store
from importer.people.accounts import known_as
from importer.people.refused import WAY_OUT
from importer.visitor import Role, Visitor


def share(store: Store, by: Visitor, about: str, to: ShareWith, name: str) -> None:
    """Share the page called `about` with a person or a role. Raises UsageError."""
    with store.writing(WAY_OUT) as connection:
        known = known_as(name)
        if to is ShareWith.ROLE and known not in list(Role):
            raise UsageError(f"There is no role {known}; there are: {', '.join(Role)}.")
        if to is ShareWith.PERSON and people.person(connection, known) is None:
            raise UsageError(f"There is no person called {known}.")
        shares.add(connection, Share(about, to, known, by.name))
        audit.append(connection, by, AuditAction.SHARED, about, {to.value: known})


def end(store: Store, by: Visitor, about: str, to: ShareWith, name: str) -> None:
    """Share a page with a person or a role no more."""
    with store.writing(WAY_OUT) as connection:
        shares.end(connection, Share(about, to, known_as(name)))
        audit.append(connection, by, AuditAction.SHARE_ENDED, about, {to.value: known_as(name)})


def shares_of(store: Store, about: str) -> list[Share]:
    """Return with whom a page is shared."""
    with store.reading() as connection:
        return shares.of_page(connection, about)


def shared_with(store: Store, visitor: Visitor) -> set[str]:
    """Return the names of the pages that are shared with a visitor."""
    with store.reading() as connection:
        return shares.pages_with(connection, visitor)
