"""Follows a call while it lasts, and raises what the caller's own function has raised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from importer.api.progress import Follower, Tell, follower

if TYPE_CHECKING:
    from importer.session import Connector


@contextmanager
def followed(progress: bool | Tell | None, connect: Connector | None = None) -> Iterator[Follower]:
    """Follow a call; a run that is broken off by the caller's function ends with what it raised."""
    found = follower(progress)
    if connect:
        connect.announce = found.report
    try:
        yield found
    except KeyboardInterrupt:
        if found.raised:
            raise found.raised from None
        raise
    finally:
        found.close()
    if found.raised:
        raise found.raised
