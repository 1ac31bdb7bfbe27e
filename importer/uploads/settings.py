"""How uploads are kept and worked on: where, how long, and how much is too much."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from importer.settings import Settings, state_folder

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class UploadSettings:
    """Where files are kept and for how many days, and the limits of one upload.

    `memory` (in bytes; 0: no limit) and `minutes` are those of the process that reads the files.
    """

    folder: Path
    keep: int = 30
    most_bytes: int = 50 * MEGABYTE
    most_files: int = 20
    memory: int = 4096 * MEGABYTE
    minutes: float = 10.0

    @classmethod
    def beside(cls, settings: Settings) -> Self:
        """Return those with the folder beside the journal, in the state folder for a server's."""
        where = settings.journal
        above = state_folder() if "://" in where else Path(where).parent
        return cls(above / "uploads")

    @property
    def queue(self) -> Path:
        """The file of the queue, beside the folder."""
        return self.folder.parent / "queue.db"

    def as_json(self) -> dict[str, Any]:
        """Return them as a process hands them to its child."""
        return {**asdict(self), "folder": str(self.folder)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return those that a process has handed to its child."""
        return cls(**{**raw, "folder": Path(raw["folder"])})
