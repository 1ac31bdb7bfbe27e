"""One-time links: whoever opens one is signed in as the account of the system."""

from __future__ import annotations

from importer.journal import audit, links
from importer.journal.audit import AuditAction
from importer.journal.store import Store
from importer.people.refused import WAY_OUT
from importer.people.secret import hash_of, new_link
from importer.visitor import By, Role, Visitor

TEN_MINUTES = 600.0

LONGEST = 80
"""Characters of the account's name that are kept."""


def system_account(by: By) -> Visitor:
    """Return the account of the system that this process runs under, as an admin.

    No person can be called so: what the account owns would else be theirs.
    """
    from getpass import getuser

    try:
        name = getuser()
    except (KeyError, OSError):  # a number without a name, in a container say
        return Visitor("system account", Role.ADMIN, by)
    return Visitor(f"{name[:LONGEST]} (system account)", Role.ADMIN, by)


def make(store: Store, seconds: float | None = TEN_MINUTES) -> str:
    """Return the secret of a new link for the system's account; None: it lasts until it is used."""
    secret, visitor = new_link(), system_account(By.LOOPBACK)
    with store.writing(WAY_OUT) as connection:
        links.add(connection, hash_of(secret), visitor, seconds)
        audit.append(connection, visitor, AuditAction.LINK_MADE)
    return secret


def take(store: Store, secret: str) -> Visitor | None:
    """Use a link; return whom it signs in, None where it is none, is used or is too old."""
    with store.writing(WAY_OUT) as connection:
        return links.take(connection, hash_of(secret))
