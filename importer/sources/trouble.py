"""What goes wrong at a source, said to people: what, where, and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from importer.credentials import without_credentials
from importer.errors import ImporterError
from importer.sources.source import SourceUnreachable

QUERY = re.compile(r"\?[^\s?'\"<>()]*=[^\s'\"<>()]*")
"""The query of an address: it may let its holder in."""

LONGEST = 300
"""Signs of what a library says of its trouble."""

NOT_THERE = "there is no such file or folder; make it, or correct the address"
REFUSED = "it may not be read or written with the permissions or credentials that are set"
NO_ANSWER = "it did not answer in time; try again later"


class ContentChanged(Exception):
    """A file of a store is not what it was: what SourceChanged says of the file it is about."""


@contextmanager
def answering(address: str) -> Iterator[None]:
    """Turn whatever a store raises into SourceUnreachable; what is said already stays as it is.

    Each store's libraries have exceptions of their own, so that no list of them would be complete.
    """
    try:
        yield
    except (ImporterError, ContentChanged):
        raise
    except Exception as error:  # see above
        raise SourceUnreachable(f"{address} cannot be used: {reason_of(error)}.") from error


def reason_of(error: Exception) -> str:
    """Return what went wrong, in one line, without credentials and queries of addresses."""
    if isinstance(error, FileNotFoundError):
        return NOT_THERE
    if isinstance(error, PermissionError):
        return REFUSED
    if isinstance(error, TimeoutError):
        return NO_ANSWER
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    shown = QUERY.sub("?***", without_credentials(str(text)))
    line = " ".join(shown.split())[:LONGEST]
    return line.rstrip(".")
