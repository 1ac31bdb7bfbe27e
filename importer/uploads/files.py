"""The files of an upload on the disk: each in a folder that nobody can guess, for its owner only.

A file keeps its own name, as far as that is harmless: what is found in it, and its report, name it.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from importer.atomic import private_folder
from importer.invisible import without_control
from importer.journal.upload import Upload, UploadFile
from importer.pieces import stream_pieces
from importer.uploads.errors import UploadRefused
from importer.uploads.settings import MEGABYTE, UploadSettings

RECEIVED, REPORTS, PLANS, FIXED = "received", "reports", "plans", "fixed-"

_HARMFUL = re.compile(r"[^\w .,()+&'\[\]-]+")
_LONGEST = 100
"""Bytes of a name: the disk takes 255, and a report's name is longer than its file's."""

_PIECE = 1 << 18


def store(
    settings: UploadSettings, files: Iterable[tuple[str, BinaryIO]]
) -> tuple[str, tuple[UploadFile, ...]]:
    """Write uploaded files into a new folder; return its name and what is in it.

    Raises UploadRefused; nothing is left behind then.
    """
    folder = secrets.token_hex(16)
    into = settings.folder / folder / RECEIVED
    private_folder(into)
    try:
        return folder, tuple(_stored(settings, into, files))
    except BaseException:
        remove(settings.folder / folder)
        raise


def _stored(
    settings: UploadSettings, into: Path, files: Iterable[tuple[str, BinaryIO]]
) -> list[UploadFile]:
    found: list[UploadFile] = []
    for given, stream in files:
        if len(found) == settings.most_files:
            raise UploadRefused(f"At most {settings.most_files} files can be uploaded at once.")
        left = settings.most_bytes - sum(one.size for one in found)
        found.append(_written(given, stream, into, [one.stored for one in found], left))
    if not found:
        raise UploadRefused("There is no file: choose one or drop one.")
    return found


def _written(
    given: str, stream: BinaryIO, into: Path, taken: Sequence[str], left: int
) -> UploadFile:
    stored, digest, size = harmless(given, taken), hashlib.sha256(), 0
    with open(into / stored, "xb", opener=_private) as out:
        for piece in stream_pieces(stream, _PIECE):
            size += len(piece)
            if size > left:
                raise UploadRefused(
                    f"{given} is too large: {left // MEGABYTE:,} MB are left of what one upload "
                    "may have. Divide it into several files.",
                    too_large=True,
                )
            digest.update(piece)
            out.write(piece)
    return UploadFile(plain(given), size, digest.hexdigest(), stored)


def plain(given: str) -> str:
    """Return the name of a file without the folders that a browser may have put before it.

    What turns the direction of reading is left out, too: a name could pretend to end otherwise.
    """
    return without_control(_last(given)).strip() or "file"


def _last(given: str) -> str:
    whole = given.encode("utf-8", "replace").decode()
    return re.split(r"[/\\]", whole)[-1].strip()


def harmless(given: str, taken: Sequence[str] = ()) -> str:
    """Return what a file is called on the disk: its name without what a system might heed."""
    stem, dot, suffix = _last(given).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    stem = _cut(_HARMFUL.sub("_", stem).strip(" .")) or "file"
    ending = f".{_HARMFUL.sub('_', suffix)[:10]}" if dot else ""
    names = (f"{stem}{ending}", *(f"{stem} ({at}){ending}" for at in range(2, 1_000)))
    lower = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in lower)


def _cut(stem: str) -> str:
    """Return a name that is not too long for a disk, which counts bytes, not letters."""
    return stem.encode()[:_LONGEST].decode("utf-8", "ignore")


def originals(folder: Path, upload: Upload) -> list[Path]:
    """Return the paths of the files as they were uploaded."""
    return [folder / RECEIVED / file.stored for file in upload.files]


def fixed_folder(folder: Path, version: int) -> Path:
    """Return the folder of the files with the fixes of a version in them."""
    return folder / f"{FIXED}{version}"


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
