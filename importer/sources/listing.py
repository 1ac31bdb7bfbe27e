"""What is in a folder of this machine: regular files only, and no way out of the folder."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from importer.sources.names import readable
from importer.sources.source import Limits, SourceChanged, SourceFile, SourceTooLarge

TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that took the place of a file is opened without waiting for its other end."""


def entries(
    folder: Path, depth: int | None, apart: set[str], limits: Limits
) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files below a folder, so many folders deep: the path below it, and what it is.

    Linked folders are left out, and linked files that are elsewhere; so are the folders `apart`,
    named by their real paths. Raises SourceTooLarge.
    """
    real, waiting, number = os.path.realpath(folder), [(str(folder), "", 1)], 0
    while waiting:
        path, below, level = waiting.pop()
        with os.scandir(path) as inside:
            for entry in inside:
                number += 1
                _demand_number(number, limits, folder)
                name = below + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    known = _regular(entry, real)
                    yield from [(name, known)] if known else []
                elif level != depth and os.path.realpath(entry.path) not in apart:
                    waiting.append((entry.path, f"{name}/", level + 1))


def described(name: str, path: Path, known: os.stat_result) -> SourceFile:
    """Return a file of this machine as a source describes it."""
    return SourceFile(
        name=readable(name),
        address=readable(str(path)),
        size=known.st_size,
        modified=dt.datetime.fromtimestamp(known.st_mtime, dt.UTC),
        mark=mark_of(known),
        stored=name,
    )


def mark_of(known: os.stat_result) -> str:
    """Return what changes when a file is written to or replaced."""
    return f"{known.st_ino}-{known.st_mtime_ns}-{known.st_size}"


def demand_same(file: SourceFile, path: Path) -> None:
    """Raise SourceChanged where a file is not what it was when it was found."""
    try:
        known = path.stat()
    except OSError:
        raise SourceChanged(file) from None
    if mark_of(known) != file.mark:
        raise SourceChanged(file)


def opened(file: SourceFile, path: Path) -> BinaryIO:
    """Open a file to read it, unless another has taken its place (SourceChanged)."""
    try:
        stream = os.fdopen(os.open(path, TO_READ), "rb")
    except FileNotFoundError:
        raise SourceChanged(file) from None
    if mark_of(os.fstat(stream.fileno())) != file.mark:
        stream.close()
        raise SourceChanged(file)
    return stream


def _regular(entry: os.DirEntry[str], real: str) -> os.stat_result | None:
    """Return what a file is; None for what is no regular file of this folder."""
    try:
        known = entry.stat()
    except OSError:  # a link to nothing, or gone by now
        return None
    inside = not entry.is_symlink() or _is_below(os.path.realpath(entry.path), real)
    return known if stat.S_ISREG(known.st_mode) and inside else None


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder


def _demand_number(number: int, limits: Limits, folder: Path) -> None:
    if number > limits.entries:
        raise SourceTooLarge(
            f"{folder} holds more than {limits.entries:,} files and folders: name a folder "
            "nearer to the files, or move away what is done."
        )
