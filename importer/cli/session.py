"""Where settings are and which target is meant in, the open journal and target out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.settings import Settings


@dataclass(frozen=True, slots=True)
class Session:
    """The settings of one command and its open journal."""

    settings: Settings
    journal: Journal


@contextmanager
def session(config: Path | None) -> Iterator[Session]:
    """Load the settings, open the journal, close it in the end. Raises UsageError."""
    from importer.journal import Journal
    from importer.settings import load

    settings = load(config).settings
    journal = Journal(settings.journal)
    try:
        yield Session(settings, journal)
    finally:
        journal.close()


def connector(
    config: Path | None, target: str, *, rate: int | None = None, jobs: int = 4
) -> Connector:
    """What connects with a target, for a command that needs no journal. Raises UsageError."""
    from importer.connect import Connector
    from importer.settings import load

    return Connector(load(config).settings, target, rate, jobs)
