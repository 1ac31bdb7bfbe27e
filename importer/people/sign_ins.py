"""Who is signed in: from signing in to signing out, or to an end by itself."""

from __future__ import annotations

from msgspec import Struct

from importer.journal import audit, sign_ins
from importer.journal.audit import AuditAction
from importer.journal.sign_ins import Limits
from importer.journal.store import Store
from importer.people.refused import WAY_OUT
from importer.people.secret import derived, hash_of, new_key
from importer.visitor import Visitor

NOTED = 60.0
"""Seconds within which a further use is not noted: a page asks often."""


class SignedIn(Struct, frozen=True):
    """A visitor who is signed in. `csrf` goes into forms; `left` is how long the sign-in lasts
    at most, in seconds.
    """

    visitor: Visitor
    csrf: str
    left: float


def begin(store: Store, visitor: Visitor, limits: Limits) -> str:
    """Sign a visitor in; return the secret for the cookie of their browser."""
    key = new_key()
    with store.writing(WAY_OUT) as connection:
        sign_ins.end_old(connection, limits)
        sign_ins.begin(connection, hash_of(key), visitor)
        audit.append(connection, visitor, AuditAction.SIGNED_IN)
    return key


def find(store: Store, key: str, limits: Limits) -> SignedIn | None:
    """Return who is signed in by this secret, None where nobody is; note that it is used."""
    with store.reading() as connection:
        found = sign_ins.find(connection, hash_of(key), limits)
    if found is None:
        return None
    if found.unseen > min(NOTED, limits.idle / 2):
        with store.writing(WAY_OUT) as connection:
            sign_ins.touch(connection, hash_of(key))
    return SignedIn(found.visitor, derived(key, "csrf"), limits.whole - found.age)


def end(store: Store, key: str, visitor: Visitor) -> None:
    """Sign a visitor out."""
    with store.writing(WAY_OUT) as connection:
        sign_ins.end(connection, hash_of(key))
        audit.append(connection, visitor, AuditAction.SIGNED_OUT)
