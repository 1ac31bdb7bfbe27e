"""An embedded stand-in for real systems, for trials and tests; it imports nothing of ours.

The sandbox answers the requests of an import as strictly as the real systems do: Atlan's metadata
API under `/api/meta`, Apache Atlas 2.1's under `/api/atlas/v2`, Trebellar's under `/api/v2`. Each
system has entities of its own. Everything is stored in one SQLite file, each request is a
transaction, and it listens on 127.0.0.1 only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.sandbox.variants import USUAL, Refusals, Updates, Variants

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from importer.sandbox.faults import Faults
    from importer.sandbox.seed import Seed
    from importer.sandbox.server import RecordedRequest, Sandbox

__all__ = [
    "SYSTEMS",
    "RecordedRequest",
    "Refusals",
    "Sandbox",
    "Updates",
    "Variants",
    "serve",
    "start",
]

SYSTEMS = ("atlan", "atlas", "trebellar")
"""The systems that it stands in for."""


def start(
    database: Path | None = None,
    port: int = 0,
    *,
    record: bool = False,
    faults: Faults | None = None,
    variants: Variants = USUAL,
    assets: Sequence[Seed] = (),
) -> Sandbox:
    """Start a sandbox in a thread and return it once it accepts connections.

    Without `database` it stores everything in a temporary file, which is removed when it is closed.
    Port 0 is any free port. With `record` every request is kept in its `requests`. `faults`
    (importer.sandbox.faults) are injected into requests; `variants` say what it does where real
    systems differ from one another. `assets` (importer.sandbox.seed) are in it from the beginning.
    Raises OSError where the port is taken, sqlite3.Error where the file is not a database.
    """
    from importer.sandbox import server

    return server.start(
        database, port, record=record, faults=faults, variants=variants, assets=assets
    )


def serve(database: Path, port: int) -> None:
    """Run a sandbox in the foreground until it is interrupted; raises what `start` raises."""
    from importer.sandbox import server

    server.serve(database, port)


def __getattr__(name: str) -> object:
    """Load the classes at first use only: uvicorn is slow to import."""
    if name in {"RecordedRequest", "Sandbox"}:
        from importer.sandbox import server

        return getattr(server, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
