"""A new password: asked for twice at a terminal, unseen; else the first line of stdin."""

from __future__ import annotations

import sys

from importer.cli.console import ask_hidden
from importer.errors import UsageError

LONGEST_LINE = 4096


def new_password(name: str) -> str:
    """Return the password that is to be a person's. Raises UsageError where there is none."""
    if sys.stdin.isatty():
        return ask_hidden(f"New password of {name}")
    try:
        line = sys.stdin.buffer.readline(LONGEST_LINE).decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError("The password on stdin is not UTF-8 text.") from None
    password = line.removesuffix("\n").removesuffix("\r")
    if not password:
        raise UsageError("There is no password on stdin, and no terminal to ask for one.")
    return password
