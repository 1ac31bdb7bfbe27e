"""Names the way out of a mistake for its reader: by a command, or by what a page has.

It is said where the mistake is seen, deep below what knows who reads it: that is set around all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ON_PAGE = ContextVar("read on a page", default=False)


@contextmanager
def read_on_page() -> Iterator[None]:
    """Let what is said be for who reads it on a page, as long as the block lasts."""
    before = _ON_PAGE.set(True)
    try:
        yield
    finally:
        _ON_PAGE.reset(before)


def way_out(command: str, page: str = "") -> str:
    """Return the way out for who has a command line, or for who reads it on a page."""
    return command if has_commands() else page


def has_commands() -> bool:
    """Return whether who reads what is said has a command line."""
    return not _ON_PAGE.get()
