"""How a target is signed in to: by a token, a user and a password, or a token from a command."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Timer

from importer.errors import CredentialsRefused

LONGEST = 60
"""Seconds that a command may take to print a token."""

LONGEST_TOKEN = 1 << 16
"""Bytes of a token, at most."""

_PRINTED: set[str] = set()


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
    user, password = _value(user_and_password[0]), _stated(user_and_password[1])
    if token := _value(key):
        return SignIn(key, token)
    if user and password:
        return SignIn(" and ".join(user_and_password), password, user)
    if words := _value(command):
        return SignIn(command, "", renew=partial(token_of, words, command))
    return None


def token_of(command: str, variable: str) -> str:
    """Return what a command prints; it is run without a shell, and reads nothing.

    Raises CredentialsRefused, which says nothing of what was printed: it may be a secret.
    """
    try:
        status, printed = _run(shlex.split(command))
    except FileNotFoundError:
        why = "there is no such program"
    except ValueError:
        why = "its quotation marks do not match"
    except OSError as error:
        why = f"it cannot be run ({error.strerror})"
    else:
        token = printed.decode("utf-8", "replace").strip()
        usable = token.isascii() and token.isprintable() and len(printed) <= LONGEST_TOKEN
        if status == 0 and token and usable:
            _PRINTED.add(token)
            return token
        seen = "no text" if not token else "a text" if usable else "something that is no token"
        why = f"it ended with status {status} and {seen}"
    raise CredentialsRefused(f"The command in {variable} gave no token: {why}.")


def printed_tokens() -> frozenset[str]:
    """Return every token that a command has printed to this process, expired ones too.

    They stand in no variable, and must be masked all the same.
    """
    return frozenset(_PRINTED)


def _run(words: list[str]) -> tuple[int, bytes]:
    """Run a command in a process group of its own; return its status and the start of its text.

    What it has begun is ended with it, after a minute at the latest.
    """
    with subprocess.Popen(  # noqa: S603 - the user's own command, from the environment
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        ends = Timer(LONGEST, _end, [process.pid])
        ends.start()
        try:
            printed = process.stdout.read(LONGEST_TOKEN + 1) if process.stdout else b""
            if len(printed) > LONGEST_TOKEN:
                _end(process.pid)
            return process.wait(), printed
        finally:
            ends.cancel()
            _end(process.pid)


def _end(group: int) -> None:
    """End whatever is left of a process group."""
    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)


def _value(variable: str) -> str:
    return _stated(variable).strip()


def _stated(variable: str) -> str:
    return os.environ.get(variable, "") if variable else ""
