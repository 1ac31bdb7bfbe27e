"""Signing in at a provider: who that says somebody is, and which role they have here with it."""

from __future__ import annotations

from importer.journal import audit, sign_ins, tokens
from importer.journal.audit import AuditAction
from importer.journal.people import Person
from importer.journal.store import Store
from importer.people import accounts
from importer.people.refused import WAY_OUT, NotLetIn
from importer.visitor import By, Role, Visitor


def sign_in(store: Store, name: str, role: Role | None, *, by_claim: bool) -> Visitor:
    """Return who comes back from a provider. Raises NotLetIn, UsageError.

    With `by_claim`, the provider decides on the role, and None is none: it is the person's from
    then on. Without, they have the role with which they were added here.
    """
    known = accounts.known_as(name)
    found = accounts.person(store, known)
    if found and found.password:
        _refuse(store, found, "has a password")
        raise NotLetIn(
            f"{known} signs in here with a password. If that is you, do that; else ask an admin."
        )
    here = found.role if found else None
    given = role if by_claim else here
    if given is None:
        _refuse(store, found, "no role")
        raise NotLetIn(
            f"You are known as {known}, and have no role here. Ask an admin for one: viewer, "
            "importer or admin."
        )
    visitor = Visitor(known, given, By.OIDC)
    _remember(store, found, visitor)
    return visitor


def _remember(store: Store, found: Person | None, visitor: Visitor) -> None:
    """Keep a person with the role they have now, so that things can be shared with them."""
    if found is None:
        accounts.add(store, visitor, visitor.name, visitor.role, None)
    elif found.role is not visitor.role:
        accounts.change_role(store, visitor, found.name, visitor.role)


def _refuse(store: Store, found: Person | None, why: str) -> None:
    """Write it down; who has no role any more is signed out everywhere, their programs too."""
    visitor = Visitor(found.name if found else "", Role.VIEWER, By.OIDC)
    with store.writing(WAY_OUT) as connection:
        if found and not found.password:
            sign_ins.end_all(connection, found.name)
            tokens.revoke_all(connection, found.name)
        audit.append(connection, visitor, AuditAction.SIGN_IN_REFUSED, detail={"why": why})
