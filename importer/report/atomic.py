"""A path in, a stream beside it out: what was written takes the path's place only when complete."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from importer.errors import ReportNotWritten
from importer.report.ooxml.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = stat.S_IRUSR | stat.S_IWUSR


@contextmanager
def replacing(out: Path, like: Path | None) -> Iterator[BinaryIO]:
    """A stream whose bytes become `out` when the block ends well, with the permissions of `like`
    (without it for its owner alone); what takes the place of a file belongs to whom that belonged.

    Nothing is left behind where the block or the system fails, and an earlier `out` is as it was.
    """
    real = Path(os.path.realpath(out))
    mode = stat.S_IMODE(like.stat().st_mode) | stat.S_IWUSR if like else PRIVATE
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield cast("BinaryIO", stream)
            stream.flush()
            os.fsync(stream.fileno())
        if real.exists():
            _keep_owner(real, name)
        Path(name).chmod(mode)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_owner(old: Path, new: str) -> None:
    """Give a file the owner, the group and the attributes (as lists of who may use it) of another.

    As far as the system lets us: a new file of our own has our own.
    """
    known = old.stat()
    with suppress(OSError, AttributeError):  # Windows knows neither
        os.chown(new, known.st_uid, known.st_gid)
    with suppress(OSError, AttributeError):
        for name in os.listxattr(old):
            os.setxattr(new, name, os.getxattr(old, name))


@contextmanager
def refusals(out: Path) -> Iterator[None]:
    """Turn what the system refuses inside the block into ReportNotWritten, with path and reason."""
    try:
        yield
    except (OSError, UnicodeError, sqlite3.OperationalError, Refused) as error:
        raise ReportNotWritten(_told(out, error)) from error


def _told(out: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return (
        f"The report {out} could not be written: {reason}. "
        "Make room, close the file elsewhere or choose another place with --report."
    )
