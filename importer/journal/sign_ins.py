"""Who is signed in, as the journal has it: one row a browser, by the hash of its secret."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from importer.journal.clock import CLOCK
from importer.journal.people_tables import PEOPLE, SIGN_INS
from importer.visitor import By, Role, Visitor

_THIS = SIGN_INS.c.hash == bindparam("this_one")
_OLD = (CLOCK - SIGN_INS.c.began > bindparam("whole")) | (
    CLOCK - SIGN_INS.c.seen > bindparam("idle")
)
_BEGIN = SIGN_INS.insert().values(began=CLOCK, seen=CLOCK)
_FIND = (
    select(
        SIGN_INS,
        PEOPLE.c.role.label("now"),
        (CLOCK - SIGN_INS.c.began).label("age"),
        (CLOCK - SIGN_INS.c.seen).label("unseen"),
    )
    .outerjoin(PEOPLE, PEOPLE.c.name == SIGN_INS.c.person)
    .where(_THIS, ~_OLD)
)
_TOUCH = SIGN_INS.update().where(_THIS).values(seen=CLOCK)
_END = SIGN_INS.delete().where(_THIS)
_END_ALL = SIGN_INS.delete().where(SIGN_INS.c.person == bindparam("of_person"))
_END_OLD = SIGN_INS.delete().where(_OLD)


OF_PEOPLE = frozenset({By.SESSION, By.OIDC})
"""Ways to sign in as one of the people whom the journal has."""


class Limits(Struct, frozen=True):
    """How long a sign-in lasts, in seconds: since it was last used, and as a whole."""

    idle: float = 8 * 3600.0
    whole: float = 24 * 3600.0


class Found(Struct, frozen=True):
    """A sign-in that has not ended: whose it is, its age and how long it was not used."""

    visitor: Visitor
    age: float
    unseen: float


def begin(connection: Connection, hash_: str, visitor: Visitor) -> None:
    """Note that a visitor is signed in."""
    row = {"person": visitor.name, "role": visitor.role, "by": visitor.by}
    connection.execute(_BEGIN, {"hash": hash_, **row})


def find(connection: Connection, hash_: str, limits: Limits) -> Found | None:
    """Return who is signed in by this secret; the role of a person is the one they have now."""
    which = {"this_one": hash_, "idle": limits.idle, "whole": limits.whole}
    row = connection.execute(_FIND, which).first()
    if row is None:
        return None
    by = By(row.by)
    role = row.now if by in OF_PEOPLE else row.role
    if role is None:  # a person who was removed
        return None
    return Found(Visitor(row.person, Role(role), by), row.age, row.unseen)


def touch(connection: Connection, hash_: str) -> None:
    """Note that a sign-in is used."""
    connection.execute(_TOUCH, {"this_one": hash_})


def end(connection: Connection, hash_: str) -> None:
    """End one sign-in."""
    connection.execute(_END, {"this_one": hash_})


def end_all(connection: Connection, person: str) -> None:
    """End all sign-ins of a person."""
    connection.execute(_END_ALL, {"of_person": person})


def end_old(connection: Connection, limits: Limits) -> None:
    """Drop those that have ended by themselves."""
    connection.execute(_END_OLD, {"idle": limits.idle, "whole": limits.whole})
