"""A database file in, a running stand-in for Atlan and Trebellar out; it knows nothing of importer.

The sandbox answers the calls an import makes as strictly as the real systems do: Atlan's metadata
API under `/api/meta`, Trebellar's under `/api/v2`. Everything it holds is in one SQLite file, every
request is one transaction, and it listens on 127.0.0.1 only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from importer.sandbox.faults import Faults
    from importer.sandbox.server import Recorded, Running

__all__ = ["Recorded", "Running", "serve", "start"]


def start(
    database: Path | None = None,
    port: int = 0,
    *,
    record: bool = False,
    faults: Faults | None = None,
) -> Running:
    """Start the stand-in in a thread of its own; return when it accepts connections.

    Without `database` it holds its entities in a temporary file, gone when it is closed. Port 0 is
    any free port. With `record` every request is kept in `requests` of what is returned; `faults`
    (importer.sandbox.faults) strike requests on purpose.
    Raises OSError where the port is taken.
    """
    from importer.sandbox import server

    return server.start(database, port, record=record, faults=faults)


def serve(database: Path, port: int) -> None:
    """Run the stand-in in the foreground until it is interrupted."""
    from importer.sandbox import server

    server.serve(database, port)


def __getattr__(name: str) -> object:
    """Load the classes only where they are asked for: uvicorn is slow to import."""
    if name in {"Recorded", "Running"}:
        from importer.sandbox import server

        return getattr(server, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
