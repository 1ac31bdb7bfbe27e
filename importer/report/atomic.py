"""Atomic replacement of files: a path gets its new content at once and complete, or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from importer.errors import ReportNotWritten
from importer.report.ooxml.errors import PatchRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = stat.S_IRUSR | stat.S_IWUSR


@contextmanager
def replacing(out: Path, like: Path | None) -> Iterator[BinaryIO]:
    """Provide a stream whose bytes replace `out` when the block ends without an exception.

    `out` gets the permissions of `like` (without it, it is readable by its owner only); a file
    that it replaces passes on its owner. If anything fails, an earlier `out` stays as it was and
    no other file is left behind.
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
    """Copy owner, group and extended attributes (access control lists), as far as permitted."""
    known = old.stat()
    with suppress(OSError, AttributeError):  # Windows knows neither
        os.chown(new, known.st_uid, known.st_gid)
    with suppress(OSError, AttributeError):
        for name in os.listxattr(old):
            os.setxattr(new, name, os.getxattr(old, name))


@contextmanager
def report_errors(out: Path) -> Iterator[None]:
    """Raise ReportNotWritten, with path and reason, for errors of the system in the block."""
    try:
        yield
    except (OSError, UnicodeError, sqlite3.OperationalError, PatchRefused) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportNotWritten(
            f"The report {out} could not be written: {reason}. "
            "Make room, close the file elsewhere or choose another place with --report."
        ) from error
