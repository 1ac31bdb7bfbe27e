"""Tokens of the API, as the journal has them: by their hash, each with a name of its person's."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import Connection, bindparam, or_, select

from importer.journal.clock import CLOCK
from importer.journal.people_tables import PEOPLE, TOKENS
from importer.visitor import By, Role, Visitor

NOTED = 60.0
"""Seconds within which a further use is not noted: a program asks often."""

_OF_PERSON = TOKENS.c.person == bindparam("of_person")
_ADD = TOKENS.insert().values(added=CLOCK)
_ALL = select(TOKENS).order_by(TOKENS.c.person, TOKENS.c.name)
_REVOKE = TOKENS.delete().where(_OF_PERSON, TOKENS.c.name == bindparam("of_name"))
_REVOKE_ALL = TOKENS.delete().where(_OF_PERSON)
_FIND = (
    select(PEOPLE.c.name, PEOPLE.c.role, TOKENS.c.hash)
    .join_from(TOKENS, PEOPLE, PEOPLE.c.name == TOKENS.c.person)
    .where(TOKENS.c.hash == bindparam("this_one"))
)
_STALE = select(TOKENS.c.hash).where(
    TOKENS.c.hash == bindparam("this_one"),
    or_(TOKENS.c.used.is_(None), CLOCK - TOKENS.c.used > NOTED),
)
_USE = TOKENS.update().where(TOKENS.c.hash == bindparam("this_one")).values(used=CLOCK)


class Token(Struct, frozen=True):
    """A token without its secret; `used` is when it was last used, to the minute."""

    person: str
    name: str
    added: float
    used: float | None


def add(connection: Connection, hash_: str, person: str, name: str) -> None:
    """Add a token. Raises IntegrityError where the person has one of this name."""
    connection.execute(_ADD, {"hash": hash_, "person": person, "name": name})


def tokens(connection: Connection) -> list[Token]:
    """Return all tokens by person and name."""
    rows = connection.execute(_ALL)
    return [Token(row.person, row.name, row.added, row.used) for row in rows]


def visitor_of(connection: Connection, hash_: str) -> Visitor | None:
    """Return whose token this is, with the role that the person has now."""
    row = connection.execute(_FIND, {"this_one": hash_}).first()
    return Visitor(row.name, Role(row.role), By.TOKEN) if row else None


def is_stale(connection: Connection, hash_: str) -> bool:
    """Whether the last use that is noted is a while ago."""
    return connection.execute(_STALE, {"this_one": hash_}).first() is not None


def use(connection: Connection, hash_: str) -> None:
    """Note that a token is used."""
    connection.execute(_USE, {"this_one": hash_})


def revoke(connection: Connection, person: str, name: str) -> bool:
    """Drop a token; False where there is none of this name."""
    gone = connection.execute(_REVOKE, {"of_person": person, "of_name": name})
    return gone.rowcount == 1


def revoke_all(connection: Connection, person: str) -> None:
    """Drop all tokens of a person."""
    connection.execute(_REVOKE_ALL, {"of_person": person})
