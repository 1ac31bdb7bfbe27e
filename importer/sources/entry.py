"""What stores say of their files, in the words of each, read as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

MARKS = ("generation", "ETag", "etag", "cTag", "eTag", "md5", "content_hash")
TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
"""Keys under which stores say what changes with the content, and when it last did."""


class Entry(Struct, frozen=True):
    """A file or a folder of a store; `path` is the one that the store is asked for."""

    path: str
    is_folder: bool
    is_file: bool
    size: int | None
    modified: dt.datetime | None
    mark: str

    @property
    def changed(self) -> float | None:
        """Return when it was changed, in seconds since 1970, as far as that is known."""
        return self.modified.timestamp() if self.modified else None


def entry_of(known: Mapping[str, Any]) -> Entry:
    """Return what a store says of a file or folder."""
    size = known.get("size")
    modified = _time(_first(known, TIMES))
    own = _first({**known, **(known.get("item_info") or {})}, MARKS)
    return Entry(
        path=str(known["name"]).rstrip("/"),
        is_folder=known.get("type") == "directory",
        is_file=known.get("type") == "file",
        size=int(size) if size is not None else None,
        modified=modified,
        mark=f"{str(own).strip(chr(34))}-{size}" if own else f"{modified}-{size}",
    )


def _first(known: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((known[key] for key in keys if known.get(key)), None)


def _time(value: Any) -> dt.datetime | None:
    """Return a time in UTC, as far as it is one."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, int | float):
        value = dt.datetime.fromtimestamp(value, dt.UTC)
    if not isinstance(value, dt.datetime):
        return None
    return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
