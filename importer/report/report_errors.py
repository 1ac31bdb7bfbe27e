"""What keeps a report from its place, as one error."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from importer.errors import ReportNotWritten
from importer.report.ooxml.errors import PatchRefused
from importer.way_out import way_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


CHOOSE = "Make room, close the file elsewhere or choose another place with --report."


@contextmanager
def report_errors(out: Path) -> Iterator[None]:
    """Raise ReportNotWritten, with path and reason, for errors of the system in the block."""
    try:
        yield
    except (OSError, UnicodeError, sqlite3.OperationalError, PatchRefused) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportNotWritten(
            f"The report {out} could not be written: {reason}. "
            f"{way_out(CHOOSE, 'Tell who runs the server.')}"
        ) from error
