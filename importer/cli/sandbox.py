"""`importer sandbox`: serve the stand-in for all systems until it is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from importer.cli import flags
from importer.cli.console import say
from importer.sandbox import Updates

PORT = 8640


def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 picks a free one.")
    ] = PORT,
    faults: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fail as this TOML file says.", show_default=False),
    ] = None,
    assets: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Begin with the assets in this CSV file (Type, Qualified name, Name).",
            show_default=False,
        ),
    ] = None,
    updates: Annotated[
        Updates | None,
        typer.Option(help="Where answers name what was updated.", show_default=False),
    ] = None,
    config: flags.Config = None,
) -> int:
    """Serve the stand-in for Atlan, Apache Atlas and Trebellar until Ctrl-C."""
    import threading

    from importer.errors import UsageError
    from importer.sandbox import Variants, start
    from importer.sandbox.faults import FaultsError, load_faults
    from importer.session import seeds
    from importer.settings import SANDBOX
    from importer.settings_files import load

    settings = load(config).settings
    database, target = settings.sandbox_database, settings.targets[SANDBOX]
    try:
        running = start(
            database,
            port,
            faults=load_faults(faults) if faults else None,
            variants=Variants(updates or target.updates),
            assets=seeds(assets or target.assets),
        )
    except FaultsError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}); name another with --port."
        ) from None
    with running:
        say(f"The sandbox listens at {running.url} and keeps what it gets in {database}.")
        say(f"  ATLAN_BASE_URL={running.url} ATLAN_API_KEY=sandbox")
        say(f"  ATLAS_BASE_URL={running.url} ATLAS_TOKEN=sandbox")
        say(f"  TREBELLAR_BASE_URL={running.url} TREBELLAR_API_KEY=sandbox")
        say("Ctrl-C ends it.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("")
    return 0
