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

WEIGHED = 72
"""So many characters are weighed: what is good by then is good."""

GOOD = 3
"""The least of zxcvbn's scores, 0 to 4, that a password may have: 10^8 guesses at least."""


def demand_good(password: str, name: str) -> None:
    """Raise UsageError for a password that is too easily guessed, and never repeat it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"A password has {SHORTEST} characters or more, {LONGEST} at most.")
    named = len(name) >= TELLING and name in password.casefold()
    if named or len(set(password)) < SHORTEST // 2 or _score(password, name) < GOOD:
        raise UsageError(
            "This password is easily guessed: it is a common one, or made of such words, of the "
            "name, of dates, or of what lies side by side on a keyboard. Several words that do "
            "not belong together are better."
        )


def _score(password: str, name: str) -> int:
    """Return how hard a password is to guess for somebody who knows common ones and the name."""
    from zxcvbn import zxcvbn

    score: int = zxcvbn(password[:WEIGHED], user_inputs=[name, "importer"])["score"]
    return score


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
