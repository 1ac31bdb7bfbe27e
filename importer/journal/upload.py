"""An upload: what a steward has handed in, how far it has come, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from importer.counts import RowCounts, SheetCount


class UploadState(StrEnum):
    """How far an upload has come; the journal stores it."""

    CHECKING = "checking"
    MAPPING_NEEDED = "mapping_needed"
    ANSWERS_NEEDED = "answers_needed"
    CHECKED = "checked"
    PLANNING = "planning"
    PLANNED = "planned"
    IMPORTING = "importing"
    STOPPED = "stopped"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    REMOVED = "removed"

    @property
    def busy(self) -> bool:
        """Whether a task works on it, so that its page asks again."""
        return self in BUSY

    @property
    def changeable(self) -> bool:
        """Whether its cells may still be fixed: nothing of it is sent."""
        return self in CHANGEABLE


BUSY = frozenset(
    {UploadState.CHECKING, UploadState.PLANNING, UploadState.IMPORTING, UploadState.UNDOING}
)
SENT = frozenset({UploadState.IMPORTING, UploadState.UNDOING})
"""The states in which something is, or may be, sent to the target."""

CHANGEABLE = frozenset(
    {UploadState.CHECKING, UploadState.CHECKED, UploadState.PLANNING, UploadState.PLANNED}
)


class UploadFile(Struct, frozen=True):
    """A file as it was uploaded: its own name, its size in bytes, the SHA-256 of its content.

    `stored` is what it is called in the folder of the upload.
    """

    name: str
    size: int
    sha256: str
    stored: str = ""
    format: str = ""


class Step(Struct, frozen=True):
    """What a task does now: so many of so many; `total` None where that is not known.

    `since` is in seconds since 1970.
    """

    stage: str
    done: int
    total: int | None
    since: float


class Upload(Struct, frozen=True, kw_only=True):
    """What a steward has handed in.

    `name` is its address, and cannot be guessed; `folder` has its files. `version` counts its
    fixes, `checked` is the version that the findings are of (None: there are none yet). `template`
    is the one chosen, or recognised, `kept` the name of the mapping that it was read by where
    `kept_by` has kept one. `why` says what it failed or stopped for, as a sentence for
    people. `run` is the run that imports it, `undo` the run that undoes that one. `kept_until` is
    the day on which its files go, blank while that is not known, `removed` when they went; times
    are ISO 8601 in UTC.
    """

    name: str
    owner: str
    created: str
    state: UploadState
    template: str
    target: str
    files: tuple[UploadFile, ...]
    folder: str = ""
    version: int = 0
    checked: int | None = None
    sheets: tuple[SheetCount, ...] = ()
    counts: RowCounts | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: str = ""
    kept: str = ""
    kept_by: str = ""
    only: tuple[str, ...] = ()
    why: str = ""
    run: str = ""
    undo: str = ""
    step: Step | None = None
    kept_until: str = ""
    removed: str = ""

    @property
    def title(self) -> str:
        """What it is called on a page: its files."""
        first, *others = (file.name for file in self.files)
        return f"{first} and {len(others)} more" if others else first

    @property
    def current(self) -> bool:
        """Whether the findings are of the cells as they are now."""
        return self.checked == self.version
