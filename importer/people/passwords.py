"""Passwords: which are taken, and their argon2 hashes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from importer.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 512
TELLING = 4
"""From so many characters on, a name in a password makes it easy to guess."""


def demand_good(password: str, name: str) -> None:
    """Raise UsageError for a password that is too easily guessed, and never repeat it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"A password has {SHORTEST} characters or more, {LONGEST} at most.")
    named = len(name) >= TELLING and name in password.casefold()
    if named or len(set(password)) < SHORTEST // 2:
        raise UsageError(
            "This password is easily guessed: write more different characters, without the name."
        )


def hashed(password: str) -> str:
    """Return the hash of a password."""
    return _hasher().hash(password)


def fits(password: str, hash_: str | None) -> bool:
    """Whether a password belongs to a hash; without one it takes as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        return False
    try:
        return _hasher().verify(hash_ or _nobodys(), password) and hash_ is not None
    except (InvalidHashError, VerificationError):
        return False


def is_outdated(hash_: str) -> bool:
    """Whether a hash was made in a way that is not used any more."""
    return _hasher().check_needs_rehash(hash_)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """Return the hash of a password that nobody has."""
    from importer.people.secret import new_key

    return hashed(new_key())
