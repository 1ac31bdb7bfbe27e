"""What a source of files is: a place that a job looks at, takes whole files from and writes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from importer.errors import ImporterError, ReasonCode, UsageError


class SourceFile(Struct, frozen=True):
    """A file at a source.

    `name` is its path below the folder of the source, with `/`; `address` is safe to show. `mark`
    changes when the content does: by it a file is known again without being fetched. `stored` is
    its name as the store has it, where that is no text.
    """

    name: str
    address: str
    size: int | None
    modified: dt.datetime | None
    mark: str
    stored: str = ""


class Limits(Struct, frozen=True):
    """How much a source may give: bytes a file, entries a look, seconds an answer or a file."""

    file_bytes: int = 1 << 30
    entries: int = 100_000
    answer_seconds: float = 60
    file_seconds: float = 1800


USUAL = Limits()


class SourceUnreachable(ImporterError):
    """A source does not answer, refuses the credentials or has no such folder."""

    exit_status = 3
    code = ReasonCode.SOURCE_UNREACHABLE


class SourceChanged(ImporterError):
    """A file is no longer what it was when it was found: it is taken the next time, whole."""

    exit_status = 3
    code = ReasonCode.SOURCE_CHANGED

    def __init__(self, file: SourceFile) -> None:
        super().__init__(
            f"{file.address} has changed, or has gone, since it was found: it is left as it is "
            "until the next look."
        )


class SourceTooLarge(UsageError):
    """A file is larger, or a folder holds more, than may be taken."""


class ReadOnly(UsageError):
    """A source of which files are only read was asked to write, move or delete."""


class Source(Protocol):
    """A place with files; every method raises SourceUnreachable where it does not answer."""

    @property
    def address(self) -> str:
        """Return where it is, safe to show."""
        ...

    @property
    def writable(self) -> bool:
        """Return whether files can be put, moved and deleted here."""
        ...

    def files(self, marker: str = "") -> Sequence[SourceFile]:
        """Return what is there, by name, listed once; with a marker, only files that have one.

        Hidden and temporary files, reports of ours and links out of the folder are none.
        """
        ...

    def fetch(self, file: SourceFile, into: Path) -> Path:
        """Copy a file into a folder, whole or not at all, under a name that is free and harmless.

        Raises SourceChanged where the file is not, or does not stay, as it was found, and
        SourceTooLarge.
        """
        ...

    def put(self, path: Path, folder: str, name: str) -> str:
        """Write a file into a folder, whole or not at all, and return its address.

        A relative folder stands beside that of the source; it is made where it is missing. Nothing
        is replaced: where the name is taken, a number is added.
        """
        ...

    def replace(self, file: SourceFile, path: Path) -> str:
        """Put other content in the place of a file, unless it has changed (SourceChanged)."""
        ...

    def move(self, file: SourceFile, folder: str) -> str:
        """Move a file into a folder, as `put` would, unless it has changed; return its address."""
        ...

    def delete(self, file: SourceFile) -> None:
        """Delete a file, unless it has changed (SourceChanged)."""
        ...
