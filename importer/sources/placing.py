"""Files of this machine that get a name nobody has: whole at once, and nothing is replaced."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from importer.atomic import usual_mode
from importer.sources.names import candidates
from importer.sources.pieces import pieces_of


def free_path(folder: Path, name: str) -> Path:
    """Return a path in a folder at which there is nothing, by that name or with a number."""
    paths = (folder / candidate for candidate in candidates(name))
    return next(path for path in paths if not os.path.lexists(path))


def copied_to(folder: Path, name: str, content: BinaryIO) -> Path:
    """Write content as a new file into a folder, and return its path; it appears complete."""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces_of(content))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(usual_mode())
        return _named(Path(temporary), folder, name)
    finally:
        Path(temporary).unlink(missing_ok=True)


def linked_to(folder: Path, name: str, path: Path) -> Path:
    """Give a file one more name, in a folder, and return it. Raises OSError where it cannot be."""
    real = os.path.realpath(path)
    for candidate in candidates(name):
        with suppress(FileExistsError):
            os.link(real, folder / candidate)
            return folder / candidate
    raise AssertionError  # there is always one more candidate


def held(path: Path) -> Path:
    """Rename a file so that nobody takes it for one, and return its new path."""
    apart = path.with_name(f".{secrets.token_hex(8)}.part")
    return path.rename(apart)


def put_back(apart: Path, folder: Path, name: str) -> None:
    """Give a file that was held its name again, or the next that is free."""
    _named(apart, folder, name)
    apart.unlink(missing_ok=True)


def _named(path: Path, folder: Path, name: str) -> Path:
    """Give a file its name; where a file system has no links, its name changes."""
    try:
        return linked_to(folder, name, path)
    except OSError:
        return path.rename(free_path(folder, name))
