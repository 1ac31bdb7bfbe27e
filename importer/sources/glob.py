"""Globs: a folder, and which of the paths below it are meant."""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from msgspec import Struct

from importer.errors import UsageError
from importer.sources.names import alike, is_file_for_us
from importer.spreadsheet import TEXT_SUFFIXES, WORKBOOK_SUFFIXES

MAGIC = re.compile(r"[*?\[]")
ANY_DEPTH = "**"
LISTS = (WORKBOOK_SUFFIXES | TEXT_SUFFIXES) - {"", ".dat"}
"""The file extensions that are taken of a folder for which no glob was given."""


class Glob(Struct, frozen=True):
    """A folder and a pattern of paths below it; without one, every list in the folder."""

    folder: str
    pattern: tuple[str, ...] = ()

    @classmethod
    def of(cls, path: str) -> Glob:
        """Return the glob of a path: the folder ends where the first `*`, `?` or `[` stands.

        Raises UsageError for more than one `**`. A path that ends with `/` is a folder.
        """
        *above, last = path.split("/")
        magic = [MAGIC.search(part) is not None for part in above]
        fixed = magic.index(True) if True in magic else len(above)
        pattern = tuple(part for part in (*above[fixed:], last) if part)
        if pattern.count(ANY_DEPTH) > 1:
            raise UsageError(f"{path} holds ** more than once: one is enough for any depth.")
        return cls("/".join(above[:fixed]) or ("/" if path.startswith("/") else ""), pattern)

    @property
    def depth(self) -> int | None:
        """Return how many folders deep it reaches, the folder itself being 1; None: any depth."""
        return None if ANY_DEPTH in self.pattern else max(1, len(self.pattern))

    def matches(self, name: str) -> bool:
        """Return whether a path below the folder is meant; case makes no difference."""
        if not is_file_for_us(name):
            return False
        parts = alike(name).split("/")
        if not self.pattern:
            return len(parts) == 1 and PurePosixPath(parts[0]).suffix in LISTS
        pattern = tuple(alike(part) for part in self.pattern)
        if ANY_DEPTH not in pattern:
            return _match(parts, pattern)
        at = pattern.index(ANY_DEPTH)
        first, rest = pattern[:at], pattern[at + 1 :] or ("*",)
        enough = len(parts) >= len(first) + len(rest)
        return enough and _match(parts[:at], first) and _match(parts[-len(rest) :], rest)

    def beside(self, folder: str, root: str = "/") -> str:
        """Return the path of a folder: a relative one stands beside the folder of the glob.

        The root has nothing beside it: there it stands below. `/x` stands below the root.
        """
        here = self.folder.rstrip("/") or self.folder
        above = here if here == root else posixpath.dirname(here)
        if folder.startswith("/"):
            return posixpath.normpath(f"{root.rstrip('/')}/{folder.lstrip('/')}")
        return posixpath.normpath(posixpath.join(above, folder) if folder else here)


def _match(parts: list[str], pattern: tuple[str, ...]) -> bool:
    same = len(parts) == len(pattern)
    return same and all(map(fnmatchcase, parts, pattern))
