"""`importer sandbox`: serve the stand-in for both systems until it is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from importer.cli import flags
from importer.cli.console import say

PORT = 8640


def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 picks a free one.")
    ] = PORT,
    faults: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail as this TOML file says.", show_default=False),
    ] = None,
    config: flags.Config = None,
) -> int:
    """Serve the stand-in for Atlan and Trebellar until Ctrl-C."""
    import threading

    from importer.errors import UsageError
    from importer.sandbox import start
    from importer.sandbox.faults import FaultsError, load_faults
    from importer.settings import load

    database = load(config).settings.sandbox_database
    try:
        running = start(database, port, faults=load_faults(faults) if faults else None)
    except FaultsError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}); name another with --port."
        ) from None
    with running:
        say(f"The sandbox listens at {running.url} and keeps what it gets in {database}.")
        say(f"  ATLAN_BASE_URL={running.url} ATLAN_API_KEY=sandbox")
        say(f"  TREBELLAR_BASE_URL={running.url} TREBELLAR_API_KEY=sandbox")
        say("Ctrl-C ends it.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("")
    return 0
