"""Files and folders that we make: whole or not at all, and readable by whom they are meant for."""

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

PRIVATE_FOLDER = stat.S_IRWXU
ACCESS_LIST = "system.posix_acl_access"
"""The attribute that holds a file's access control list (acl(5))."""


def private_folder(folder: Path) -> None:
    """Make a folder and those above it, for its owner only; what is there stays as it is."""
    for above in (*reversed(folder.parents), folder):
        if not above.is_dir():
            above.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for its owner only, and its folder; what is there stays as it is."""
    private_folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, PRIVATE))


@contextmanager
def replacing(out: Path, like: Path | None) -> Iterator[BinaryIO]:
    """Provide a stream whose bytes replace `out` when the block ends without an exception.

    `out` gets the permissions, the owner and the group of `like`, as far as this process may give
    them away; without it, it is readable by its owner only. If anything fails, an earlier `out`
    stays as it was and no other file is left behind.
    """
    mode = stat.S_IMODE(like.stat().st_mode) & 0o777 | stat.S_IWUSR if like else PRIVATE
    with _swapped(Path(os.path.realpath(out)), mode, like) as stream:
        yield stream


@contextmanager
def whole(out: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Provide a stream like `replacing`; a new file gets the usual permissions.

    With `private`, the file is readable by its owner only. What is no file (`/dev/stdout`, a pipe)
    is written as it is.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as stream:
            yield stream
        return
    usual = stat.S_IMODE(out.stat().st_mode) if out.exists() else usual_mode()
    with _swapped(Path(os.path.realpath(out)), PRIVATE if private else usual) as stream:
        yield stream


@contextmanager
def _swapped(real: Path, mode: int, like: Path | None = None) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield cast("BinaryIO", stream)
            stream.flush()
            os.fsync(stream.fileno())
        if like is not None:
            mode = _with_owner(like.stat(), name, mode)
        elif real.exists():
            _with_owner(real.stat(), name, mode)
        _copy_attributes(real, like, name)
        Path(name).chmod(mode)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def usual_mode() -> int:
    """Return what a new file of this process permits."""
    mask = os.umask(0o077)
    os.umask(mask)
    return USUAL & ~mask


def _with_owner(known: os.stat_result, new: str, mode: int) -> int:
    """Give a file the owner and group of another, as far as permitted; return its permissions.

    Where the group cannot be given, ours may only do what everybody may.
    """
    for owner in (known.st_uid, -1):
        with suppress(OSError, AttributeError):  # Windows has no chown
            os.chown(new, owner, known.st_gid)
            return mode
    everybody = (mode & stat.S_IRWXO) << 3
    return mode & (~stat.S_IRWXG | everybody) if hasattr(os, "chown") else mode


def _copy_attributes(real: Path, like: Path | None, new: str) -> None:
    """Copy the attributes of the file that is replaced, else the access list of `like`."""
    if real.exists():
        _copy(real, new)
    elif like is not None:
        _copy(like, new, only=ACCESS_LIST)


def _copy(old: Path, new: str, only: str = "") -> None:
    with suppress(OSError, AttributeError):  # Windows and some file systems know none
        for name in os.listxattr(old):
            if only in {"", name}:
                os.setxattr(new, name, os.getxattr(old, name))
