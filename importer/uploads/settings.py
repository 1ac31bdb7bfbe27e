"""How uploads are kept and worked on: where, how long, and how much is too much."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import asdict

from importer.settings import Settings

MEGABYTE = 10**6


class UploadSettings(Struct, frozen=True):
    """Where files are kept and for how many days, and the limits of one upload.

    `queue` is the address of the queue. `memory` (in bytes; 0: no limit) and `minutes` are those of
    the process that reads the files; `person_bytes` and `most_open` are what one person keeps.
    """

    folder: Path
    queue: str
    keep: int = 30
    most_bytes: int = 100 * MEGABYTE
    most_files: int = 20
    person_bytes: int = 1000 * MEGABYTE
    most_open: int = 50
    memory: int = 2048 * MEGABYTE
    minutes: float = 10.0

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what the settings say of the page."""
        web = settings.web
        return cls(
            folder=settings.uploads_folder,
            queue=settings.queue_address,
            keep=web.keep,
            most_bytes=web.upload_mb * MEGABYTE,
            person_bytes=web.person_mb * MEGABYTE,
            memory=web.check_memory_mb * MEGABYTE,
            minutes=web.check_minutes,
        )

    def as_json(self) -> dict[str, Any]:
        """Return them as a process hands them to its child."""
        return {**asdict(self), "folder": str(self.folder)}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        """Return those that a process has handed to its child."""
        return cls(**{**raw, "folder": Path(raw["folder"])})
