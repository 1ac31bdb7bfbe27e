"""Names of files at a source: which are none, which are harmless, which are free."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

HIDDEN = (".", "~$")
"""How the names of hidden files begin, and of those that Office keeps beside an open one."""

TEMPORARY = frozenset((".crdownload", ".filepart", ".part", ".partial", ".swp", ".temp", ".tmp"))
"""What programs add to the name of a file that they have not written to its end."""

OF_SYSTEM = frozenset(("desktop.ini", "thumbs.db"))
OURS = re.compile(r"\.(result|undo)( \(\d+\))?\Z")
"""How the name of a report of ours ends, without its file extension."""

HARMFUL = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
MAX_BYTES = 200
"""Of a name; file systems take 255, and temporary names are longer."""

NAMELESS = "file"


def is_file_for_us(name: str) -> bool:
    """Return whether a path may be a list: not hidden, temporary, of the system or a report."""
    *folders, last = name.split("/")
    if any(folder.startswith(".") for folder in folders) or last.startswith(HIDDEN):
        return False
    path = PurePosixPath(last.lower())
    unfinished = path.suffix in TEMPORARY or last.lower() in OF_SYSTEM or not last.strip()
    return not unfinished and not OURS.search(path.stem)


def harmless(name: str) -> str:
    """Return the last part of a path as a name for any file system; it says nothing of folders."""
    last = HARMFUL.sub("_", readable(name.rsplit("/", 1)[-1])).strip().rstrip(". ")
    return _shortened(last) if last.strip(". ") else NAMELESS


def readable(name: str) -> str:
    """Return a name with `?` for bytes that are no text; file systems allow any."""
    return name.encode("utf-8", "replace").decode()


def candidates(name: str) -> Iterator[str]:
    """Yield a name and then the same with numbers: `a.xlsx`, `a (2).xlsx`, `a (3).xlsx`."""
    yield name
    path = PurePosixPath(name)
    for number in count(2):
        yield f"{path.stem} ({number}){path.suffix}"


def alike(name: str) -> str:
    """Return a name as names are compared: without case, composed."""
    return unicodedata.normalize("NFC", name).casefold()


def _shortened(name: str) -> str:
    path = PurePosixPath(name)
    ending = path.suffix if len(path.suffix.encode()) <= MAX_BYTES // 10 else ""
    room = MAX_BYTES - len(ending.encode())
    stem = name.removesuffix(ending).encode()[:room].decode("utf-8", "ignore")
    return f"{stem}{ending}"
