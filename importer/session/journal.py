"""The settings and the journal of one command, page or job: opened, and closed in the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.credentials import without_password
from importer.errors import UsageError
from importer.settings import Settings
from importer.settings_files import load

if TYPE_CHECKING:
    from importer.journal import Journal


class Session(Struct, frozen=True):
    """The settings and the open journal of one command, page or job."""

    settings: Settings
    journal: Journal


@contextmanager
def open_session(config: Path | None, *, allow_http: bool = False) -> Iterator[Session]:
    """Load the settings and open the journal; close it in the end. Raises UsageError."""
    settings = load(config, allow_http=allow_http).settings
    with closing(open_journal(settings.journal)) as journal:
        journal.store.lease = settings.lease
        yield Session(settings, journal)


def open_journal(where: str) -> Journal:
    """Return the journal at a path or a database URL.

    Raises UsageError, whose message never has a password.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from importer.journal import Journal

    try:
        return Journal(where)
    except UsageError as error:
        words = str(error).replace(where, without_password(where))
    except (OSError, ImportError, SQLAlchemyError) as error:
        words = f"The journal {without_password(where)} cannot be opened: {error}."
    raise UsageError(f"{words} IMPORTER_JOURNAL names another place.")
