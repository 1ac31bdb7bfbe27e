"""One-time links, as the journal has them: by the hash of their secret, gone once used."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, or_, select

from importer.journal.clock import CLOCK
from importer.journal.people_tables import LINKS
from importer.visitor import By, Role, Visitor

_LASTING = or_(LINKS.c.until.is_(None), LINKS.c.until > CLOCK)
_THIS = LINKS.c.hash == bindparam("this_one")
_ADD = LINKS.insert().values(until=CLOCK + bindparam("seconds"))
_ADD_LASTING = LINKS.insert().values(until=None)
_FIND = select(LINKS).where(_THIS, _LASTING)
_TAKE = LINKS.delete().where(_THIS)
_DROP_OLD = LINKS.delete().where(~_LASTING)


def add(connection: Connection, hash_: str, visitor: Visitor, seconds: float | None) -> None:
    """Note a link for a visitor; without `seconds` it lasts until it is used."""
    row = {"hash": hash_, "person": visitor.name, "role": visitor.role}
    connection.execute(_DROP_OLD)
    if seconds is None:
        connection.execute(_ADD_LASTING, row)
    else:
        connection.execute(_ADD, {**row, "seconds": seconds})


def take(connection: Connection, hash_: str) -> Visitor | None:
    """Use a link; return whom it signs in, None where it is none, is used or is too old."""
    row = connection.execute(_FIND, {"this_one": hash_}).first()
    if row is None or connection.execute(_TAKE, {"this_one": hash_}).rowcount != 1:
        return None
    return Visitor(row.person, Role(row.role), By.LOOPBACK)
