"""Atomic replacement of files: a path gets its new content at once and complete, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = stat.S_IRUSR | stat.S_IWUSR
USUAL = 0o666
"""What a new file permits, less the process's own mask."""


@contextmanager
def replacing(out: Path, like: Path | None) -> Iterator[BinaryIO]:
    """Provide a stream whose bytes replace `out` when the block ends without an exception.

    `out` gets the permissions of `like` (without it, it is readable by its owner only); a file
    that it replaces passes on its owner. If anything fails, an earlier `out` stays as it was and
    no other file is left behind.
    """
    mode = stat.S_IMODE(like.stat().st_mode) | stat.S_IWUSR if like else PRIVATE
    with _swapped(Path(os.path.realpath(out)), mode) as stream:
        yield stream


@contextmanager
def whole(out: Path) -> Iterator[BinaryIO]:
    """Provide a stream like `replacing`; a new file gets the usual permissions.

    What is no file (`/dev/stdout`, a pipe) is written as it is.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as stream:
            yield stream
        return
    mode = stat.S_IMODE(out.stat().st_mode) if out.exists() else USUAL & ~_mask()
    with _swapped(Path(os.path.realpath(out)), mode) as stream:
        yield stream


@contextmanager
def _swapped(real: Path, mode: int) -> Iterator[BinaryIO]:
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


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _keep_owner(old: Path, new: str) -> None:
    """Copy owner, group and extended attributes (access control lists), as far as permitted."""
    known = old.stat()
    with suppress(OSError, AttributeError):  # Windows knows neither
        os.chown(new, known.st_uid, known.st_gid)
    with suppress(OSError, AttributeError):
        for name in os.listxattr(old):
            os.setxattr(new, name, os.getxattr(old, name))
