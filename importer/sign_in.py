"""How a target is signed in to: by a token, a user and a password, or a token from a command."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from importer.errors import CredentialsRefused

LONGEST = 60
"""Seconds that a command may take to print a token."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What proves who we are to a target.

    `secret` is a token or, with a `user`, a password. `variables` names where it comes from, for
    messages. `renew` gets a new token, where there is a way to.
    """

    variables: str
    secret: str = field(repr=False)
    user: str = ""
    renew: Callable[[], str] | None = None


def from_environment(key: str, user_and_password: tuple[str, str], command: str) -> SignIn | None:
    """Return the first way to sign in of which the variables with these names are set.

    A command is run only for the first request. None where nothing is set.
    """
    user, password = map(_value, user_and_password)
    if token := _value(key):
        return SignIn(key, token)
    if user and password:
        return SignIn(" and ".join(user_and_password), password, user)
    if words := _value(command):
        return SignIn(command, "", renew=partial(token_of, words, command))
    return None


def token_of(command: str, variable: str) -> str:
    """Return what a command prints; it is run without a shell.

    Raises CredentialsRefused, which says nothing of what was printed: it may be a secret.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, from the environment
            shlex.split(command), capture_output=True, timeout=LONGEST, check=False, text=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        why = f"it cannot be run ({type(error).__name__})"
    else:
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.strip()
        printed = "a text" if done.stdout.strip() else "no text"
        why = f"it ended with status {done.returncode} and {printed}"
    raise CredentialsRefused(f"The command in {variable} gave no token: {why}.")


def _value(variable: str) -> str:
    return os.environ.get(variable, "").strip() if variable else ""
