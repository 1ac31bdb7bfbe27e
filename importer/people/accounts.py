"""Add people and remove them, change their roles and passwords; their sign-ins end with that."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from importer.errors import UsageError
from importer.journal import audit, former_owner, people, shares, sign_ins, tokens
from importer.journal.audit import AuditAction
from importer.journal.people import Person
from importer.journal.people_tables import NAME_LENGTH
from importer.journal.store import Store
from importer.people import passwords
from importer.people.refused import WAY_OUT
from importer.visitor import Role, Visitor

_NAME = re.compile(r"[\w.@+-]+")


def known_as(name: str) -> str:
    """Return the form in which a name is kept: `Anna` and `anna` are one person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def add(store: Store, by: Visitor, name: str, role: Role, password: str | None) -> Person:
    """Add a person; without a password, one whom a proxy or a provider recognises.

    What somebody of this name owned before does not become theirs: a request of who was removed,
    or a task, may have ended later. Raises UsageError.
    """
    known = _good_name(name)
    if password is not None:
        passwords.demand_good(password, known)
    hash_ = None if password is None else passwords.hashed(password)
    try:
        with store.writing(WAY_OUT) as connection:
            people.add(connection, known, role, hash_)
            former_owner.give_up(connection, known)
            audit.append(connection, by, AuditAction.PERSON_ADDED, known, {"role": role})
            return _person(connection, known)
    except IntegrityError:
        raise UsageError(_taken(known)) from None


def demand_new(store: Store, name: str) -> None:
    """Raise UsageError where a person cannot be called so, before anybody is asked for more."""
    known = _good_name(name)
    if person(store, known) is not None:
        raise UsageError(_taken(known))


def demand_known(store: Store, name: str) -> None:
    """Raise UsageError where there is no such person, before anybody is asked for more."""
    with store.reading() as connection:
        _person(connection, name)


def all_people(store: Store) -> list[Person]:
    """Return all people by name."""
    with store.reading() as connection:
        return people.people(connection)


def person(store: Store, name: str) -> Person | None:
    """Return the person of this name, None where there is none."""
    with store.reading() as connection:
        return people.person(connection, known_as(name))


def change_role(store: Store, by: Visitor, name: str, role: Role) -> Person:
    """Give a person another role; they sign in again. Raises UsageError."""
    with store.writing(WAY_OUT) as connection:
        found = _person(connection, name)
        people.change_role(connection, found.name, role)
        sign_ins.end_all(connection, found.name)
        detail = {"from": found.role.value, "to": role.value}
        audit.append(connection, by, AuditAction.ROLE_CHANGED, found.name, detail)
        return _person(connection, found.name)


def change_password(store: Store, by: Visitor, name: str, password: str) -> Person:
    """Give a person another password; they sign in again. Raises UsageError."""
    passwords.demand_good(password, known_as(name))
    hash_ = passwords.hashed(password)
    with store.writing(WAY_OUT) as connection:
        found = _person(connection, name)
        people.change_password(connection, found.name, hash_)
        sign_ins.end_all(connection, found.name)
        audit.append(connection, by, AuditAction.PASSWORD_CHANGED, found.name)
        return _person(connection, found.name)


def remove(store: Store, by: Visitor, name: str) -> Person:
    """Remove a person, with their sign-ins, their tokens and what is shared with them.

    Their uploads and runs stay; admins see them, and who they are shared with. Raises UsageError.
    """
    with store.writing(WAY_OUT) as connection:
        found = _person(connection, name)
        sign_ins.end_all(connection, found.name)
        tokens.revoke_all(connection, found.name)
        shares.drop_person(connection, found.name)
        former_owner.give_up(connection, found.name)
        people.remove(connection, found.name)
        audit.append(connection, by, AuditAction.PERSON_REMOVED, found.name)
    return found


def _person(connection: Connection, name: str) -> Person:
    found = people.person(connection, known_as(name))
    if found is None:
        raise UsageError(
            f"There is no person called {known_as(name)}. `importer user list` shows all."
        )
    return found


def _taken(name: str) -> str:
    return f"There is a person called {name} already. `importer user role` changes the role."


def _good_name(name: str) -> str:
    known = known_as(name)
    if not _NAME.fullmatch(known) or len(known) > NAME_LENGTH:
        raise UsageError(
            "The name of a person has letters, digits and . _ - @ + only, "
            f"and {NAME_LENGTH} characters at most."
        )
    return known
