"""Tokens of the API: `imp_...`, each with a name, until it is revoked."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError

from importer.errors import UsageError
from importer.journal import audit, people, tokens
from importer.journal.audit import AuditAction
from importer.journal.people_tables import NAME_LENGTH
from importer.journal.store import Store
from importer.journal.tokens import Token
from importer.people.accounts import known_as
from importer.people.refused import WAY_OUT
from importer.people.secret import hash_of, new_key
from importer.visitor import Visitor

PREFIX = "imp_"
_NAME = re.compile(r"[\w .@+-]+")


def add(store: Store, by: Visitor, person: str, name: str) -> str:
    """Return a new token of a person; it is shown once, and not kept. Raises UsageError."""
    known = known_as(person)
    if not _NAME.fullmatch(name) or len(name) > NAME_LENGTH:
        raise UsageError(
            "The name of a token has letters, digits, spaces and . _ - @ + only, "
            f"and {NAME_LENGTH} characters at most."
        )
    token = PREFIX + new_key()
    try:
        with store.writing(WAY_OUT) as connection:
            if people.person(connection, known) is None:
                raise UsageError(
                    f"There is no person called {known}. `importer user list` shows all."
                )
            tokens.add(connection, hash_of(token), known, name)
            audit.append(connection, by, AuditAction.TOKEN_ADDED, known, {"token": name})
    except IntegrityError:
        raise UsageError(f"{known} has a token called {name} already: revoke it first.") from None
    return token


def all_tokens(store: Store) -> list[Token]:
    """Return all tokens by person and name, without what is secret."""
    with store.reading() as connection:
        return tokens.tokens(connection)


def revoke(store: Store, by: Visitor, person: str, name: str) -> None:
    """Let a token be none any more. Raises UsageError."""
    known = known_as(person)
    with store.writing(WAY_OUT) as connection:
        if not tokens.revoke(connection, known, name):
            raise UsageError(
                f"{known} has no token called {name}. `importer user token list` shows all."
            )
        audit.append(connection, by, AuditAction.TOKEN_REVOKED, known, {"token": name})


def visitor_of(store: Store, token: str) -> Visitor | None:
    """Return whose token this is, None where it is none; note that it is used."""
    if not token.startswith(PREFIX):
        return None
    hash_ = hash_of(token)
    with store.reading() as connection:
        found = tokens.visitor_of(connection, hash_)
        stale = found is not None and tokens.is_stale(connection, hash_)
    if stale:
        with store.writing(WAY_OUT) as connection:
            tokens.use(connection, hash_)
    return found
