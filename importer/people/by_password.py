"""Signing in with a name and a password; slower after each failure.

An attempt counts as failed before its password is looked at, so that many at once are no way round.

Whoever fails under somebody else's name shall not keep them out. So a browser in which a person has
signed in before counts by itself, and nobody else's failures slow it. All others count by name and
address together; by address, for who tries many names; and by name, for who has many addresses:
that only after a hundred failures, the most that NIST SP 800-63B allows for one account.
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
from importer.people.devices import known_device
from importer.people.refused import WAY_OUT, SignInRefused
from importer.people.secret import hash_of
from importer.visitor import By, Role, Visitor

OF_ONE, OF_ADDRESS, OF_NAME = Slowing(free=5), Slowing(free=20), Slowing(free=100)
"""Of one browser, or of a name at one address; many people may sign in from one address."""

ONE_NETWORK = 64
"""The bits that addresses of one IPv6 network have in common."""


def sign_in(store: Store, name: str, password: str, address: str, device: str = "") -> Visitor:
    """Return who signs in with this password; `device` is the cookie of their browser.

    Raises SignInRefused.
    """
    known = known_as(name)
    with store.reading() as connection:
        found = people.person(connection, known)
    slowed = _slowed(known, _network(address), known_device(found, device))
    _count(store, slowed)
    if not passwords.fits(password, found.password if found else None) or found is None:
        _note_refusal(store, known, found)
        raise SignInRefused
    _succeeded(store, found, password, slowed)
    return Visitor(found.name, found.role, By.SESSION)


def _slowed(name: str, network: str, device: str) -> dict[str, Slowing]:
    """Return what an attempt counts against: first what its success clears."""
    if device:
        return {f"device {device}": OF_ONE}
    return {
        f"name {name} at {network}": OF_ONE,
        f"address {network}": OF_ADDRESS,
        f"name {name}": OF_NAME,
    }


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
    theirs, *shared = map(hash_of, slowed)
    with store.writing(WAY_OUT) as connection:
        failed.forget(connection, theirs)
        for about in shared:
            failed.one_less(connection, about)
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
