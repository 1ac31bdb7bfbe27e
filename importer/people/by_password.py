"""Signing in with a name and a password; slower after each failure, by name and by address.

An attempt counts as failed before its password is looked at, so that many at once are no way round.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from importer.journal import audit, failed, people
from importer.journal.audit import AuditAction
from importer.journal.failed import Slowing
from importer.journal.people import Person
from importer.journal.store import Store
from importer.people import passwords
from importer.people.accounts import known_as
from importer.people.refused import WAY_OUT, SignInRefused
from importer.people.secret import hash_of
from importer.visitor import By, Role, Visitor

OF_NAME, OF_ADDRESS = Slowing(free=5), Slowing(free=20)
"""Many people may sign in from one address."""

ONE_NETWORK = 64
"""The bits that addresses of one IPv6 network have in common."""


def sign_in(store: Store, name: str, password: str, address: str) -> Visitor:
    """Return who signs in with this password. Raises SignInRefused."""
    known = known_as(name)
    slowed = {f"address {_network(address)}": OF_ADDRESS, f"name {known}": OF_NAME}
    _count(store, slowed)
    with store.reading() as connection:
        found = people.person(connection, known)
    if not passwords.fits(password, found.password if found else None) or found is None:
        _note_refusal(store, known, found)
        raise SignInRefused
    _succeeded(store, found, password, slowed)
    return Visitor(found.name, found.role, By.SESSION)


def _count(store: Store, slowed: dict[str, Slowing]) -> None:
    """Count an attempt. Raises SignInRefused where it comes too soon after others."""
    counted = False
    while not counted:  # until no other attempt is counted at the same moment
        with store.writing(WAY_OUT) as connection:
            wait = max(failed.waiting(connection, hash_of(about)) for about in slowed)
            if wait > 0:
                raise SignInRefused(wait)
            counted = all(
                failed.count(connection, hash_of(about), slowing)
                for about, slowing in slowed.items()
            )


def _note_refusal(store: Store, name: str, found: Person | None) -> None:
    """Write it down; a name that nobody has is not kept: it may be a password."""
    visitor = Visitor(name if found else "", found.role if found else Role.VIEWER, By.SESSION)
    with store.writing(WAY_OUT) as connection:
        audit.append(connection, visitor, AuditAction.SIGN_IN_REFUSED)


def _succeeded(store: Store, found: Person, password: str, slowed: dict[str, Slowing]) -> None:
    by_address, by_name = map(hash_of, slowed)
    with store.writing(WAY_OUT) as connection:
        failed.forget(connection, by_name)
        failed.one_less(connection, by_address)
        if found.password and passwords.is_outdated(found.password):
            people.change_password(connection, found.name, passwords.hashed(password))


def _network(address: str) -> str:
    """Return an address; of IPv6, the network that somebody has as a whole."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(ip_network((known, ONE_NETWORK), strict=False))
    return address
