"""Where settings are and which target is meant in, the open journal and target out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
    from importer.settings import load

    settings = load(config).settings
    with closing(open_journal(settings.journal)) as journal:
        yield Session(settings, journal)


def open_journal(where: str) -> Journal:
    """The journal at a path or a database URL. Raises UsageError, never with a password in it."""
    from sqlalchemy.exc import SQLAlchemyError

    from importer.errors import UsageError
    from importer.journal import Journal

    try:
        return Journal(where)
    except UsageError as error:
        words = str(error).replace(where, without_password(where))
    except (OSError, ImportError, SQLAlchemyError) as error:
        words = f"The journal {without_password(where)} cannot be opened: {error}."
    raise UsageError(f"{words} IMPORTER_JOURNAL names another place.")


def without_password(journal: str) -> str:
    """A journal's path, or its address with `***` for the password."""
    password = urlsplit(journal).password if "://" in journal else None
    return journal.replace(f":{password}@", ":***@") if password else journal


def connector(
    config: Path | None, target: str, *, rate: int | None = None, jobs: int = 4
) -> Connector:
    """What connects with a target, for a command that needs no journal. Raises UsageError."""
    from importer.connect import Connector
    from importer.settings import load

    return Connector(load(config).settings, target, rate, jobs)
