"""The people of the page, as the journal has them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from importer.journal.clock import CLOCK
from importer.journal.people_tables import PEOPLE
from importer.visitor import Role

_NAMED = PEOPLE.c.name == bindparam("of_person")
_ADD = PEOPLE.insert().values(added=CLOCK)
_CHANGE = PEOPLE.update().where(_NAMED)
_REMOVE = PEOPLE.delete().where(_NAMED)
_ALL = select(PEOPLE).order_by(PEOPLE.c.name)
_ONE = select(PEOPLE).where(_NAMED)


class Person(Struct, frozen=True):
    """A person; `password` is a hash, None for one who does not sign in with a password."""

    name: str
    role: Role
    password: str | None
    added: float


def add(connection: Connection, name: str, role: Role, password: str | None) -> None:
    """Add a person. Raises IntegrityError where the name is taken."""
    connection.execute(_ADD, {"name": name, "role": role, "password": password})


def person(connection: Connection, name: str) -> Person | None:
    """Return the person of this name."""
    row = connection.execute(_ONE, {"of_person": name}).first()
    return _person(row) if row else None


def people(connection: Connection) -> list[Person]:
    """Return all people by name."""
    return [_person(row) for row in connection.execute(_ALL)]


def change_role(connection: Connection, name: str, role: Role) -> None:
    """Give a person another role."""
    connection.execute(_CHANGE, {"of_person": name, "role": role})


def change_password(connection: Connection, name: str, password: str | None) -> None:
    """Give a person another password, by its hash."""
    connection.execute(_CHANGE, {"of_person": name, "password": password})


def remove(connection: Connection, name: str) -> None:
    """Remove a person."""
    connection.execute(_REMOVE, {"of_person": name})


def _person(row: Any) -> Person:
    return Person(row.name, Role(row.role), row.password, row.added)
