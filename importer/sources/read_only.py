"""What a source says that files can only be read from."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from importer.sources.source import ReadOnly, SourceFile


class ReadOnlySource:
    """A place that takes nothing: reports and finished files are kept somewhere else."""

    writable = False

    @property
    def address(self) -> str:
        """Return where it is, safe to show."""
        raise NotImplementedError

    def put(self, path: Path, folder: str, name: str) -> str:  # noqa: ARG002
        """Raise ReadOnly."""
        self._refuse()

    def replace(self, file: SourceFile, path: Path) -> str:  # noqa: ARG002
        """Raise ReadOnly."""
        self._refuse()

    def move(self, file: SourceFile, folder: str) -> str:  # noqa: ARG002
        """Raise ReadOnly."""
        self._refuse()

    def delete(self, file: SourceFile) -> None:  # noqa: ARG002
        """Raise ReadOnly."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise ReadOnly(
            f"{self.address} is only read: keep the file there, and name a folder of this machine "
            "for the report."
        )
