"""Start the sandbox as the settings have it: its database, the form of its answers, its assets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from importer.errors import UsageError

if TYPE_CHECKING:
    from importer.sandbox import Sandbox
    from importer.sandbox.seed import Seed
    from importer.settings import TargetSettings


def started(database: Path, target: TargetSettings) -> Sandbox:
    """Return the sandbox on its database, running. Raises UsageError."""
    import sqlite3

    from importer.sandbox import Variants, start

    assets = seeds(target.assets)
    try:
        return start(database, variants=Variants(target.updates), assets=assets)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(
            f"The sandbox's database {database} cannot be used ({error}). Remove the file to "
            "begin with an empty sandbox."
        ) from None


def seeds(file: str | Path) -> list[Seed]:
    """Return the assets in a file of the sandbox's, none without a file. Raises UsageError."""
    from importer.sandbox.seed import SeedError, read_assets

    try:
        return read_assets(Path(file).expanduser()) if file else []
    except SeedError as error:
        raise UsageError(str(error)) from None
