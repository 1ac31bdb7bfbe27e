"""An upload: its files, how far it has come, how far its task is."""

from __future__ import annotations

from typing import Self

from importer.counts import RowCounts, SheetCount
from importer.uploads import Upload, UploadFile, UploadState
from importer.uploads.views import Download, ProgressView
from importer.web.api.models.base import Answer


class FileAnswer(Answer):
    """A file as it was uploaded: its size in bytes, the SHA-256 of its content."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, file: UploadFile) -> Self:
        """Return a file."""
        return cls(name=file.name, size=file.size, sha256=file.sha256)


class SheetAnswer(Answer):
    """A sheet that would be imported: its name in the file, its name in the template, its rows."""

    name: str
    kind: str
    rows: int

    @classmethod
    def of(cls, sheet: SheetCount) -> Self:
        """Return a sheet."""
        return cls(**sheet.as_json())


class CountsAnswer(Answer):
    """The rows of all sheets: how many there are, without errors, with some, left out."""

    rows: int
    valid: int
    invalid: int
    skipped: int

    @classmethod
    def of(cls, counts: RowCounts) -> Self:
        """Return counts of rows."""
        return cls(**counts.as_json())


class UploadAnswer(Answer):
    """An upload, as it is now.

    `busy` says that a task works on it: ask again. `version` counts the fixes, `current` says that
    the findings are of the cells as they are now. `why` says what it failed or stopped for.
    `kept_mapping` is the mapping that it was read by, where a person has kept one.
    `run` imports it, `undo` undoes that run. Its files go on the day `kept_until`, which is null
    as long as its run is open or can be undone; `removed` says when they went.
    """

    upload: str
    owner: str
    created: str
    state: UploadState
    busy: bool
    template: str | None
    kept_mapping: str | None
    target: str
    files: list[FileAnswer]
    version: int
    current: bool
    sheets: list[SheetAnswer]
    counts: CountsAnswer | None
    answers: dict[str, str]
    why: str | None
    run: str | None
    undo: str | None
    kept_until: str | None
    removed: str | None

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """Return an upload."""
        return cls(
            upload=upload.name,
            owner=upload.owner,
            created=upload.created,
            state=upload.state,
            busy=upload.state.busy,
            template=upload.template or None,
            kept_mapping=upload.kept or None,
            target=upload.target,
            files=[FileAnswer.of(file) for file in upload.files],
            version=upload.version,
            current=upload.current,
            sheets=[SheetAnswer.of(sheet) for sheet in upload.sheets],
            counts=CountsAnswer.of(upload.counts) if upload.counts else None,
            answers=dict(upload.answers),
            why=upload.why or None,
            run=upload.run or None,
            undo=upload.undo or None,
            kept_until=upload.kept_until or None,
            removed=upload.removed or None,
        )


class UploadsAnswer(Answer):
    """A page of uploads, newest first."""

    uploads: list[UploadAnswer]
    page: int
    pages: int
    total: int


class LevelAnswer(Answer):
    """How much of a level is sent: its kinds, objects done, objects in all."""

    level: int
    kinds: list[str]
    done: int
    total: int


class TaskAnswer(Answer):
    """How far a task is: its stage, since how many seconds, so many of so many.

    `rate` is objects a minute. `cancelled` says that it was asked to stop and has batches in
    flight.
    """

    stage: str
    done: int
    total: int | None
    seconds: float
    levels: list[LevelAnswer]
    rate: float | None
    seconds_left: float | None
    cancelled: bool


class ProgressAnswer(Answer):
    """The state of an upload, and how far the task is that works on it, null where none does."""

    state: UploadState
    task: TaskAnswer | None

    @classmethod
    def of(cls, upload: Upload, view: ProgressView | None) -> Self:
        """Return progress."""
        return cls(state=upload.state, task=_task(view) if view else None)


def _task(view: ProgressView) -> TaskAnswer:
    return TaskAnswer(
        stage=view.stage,
        done=view.done,
        total=view.total,
        seconds=round(view.seconds, 3),
        levels=[
            LevelAnswer(level=one.level, kinds=list(one.kinds), done=one.done, total=one.total)
            for one in view.levels
        ],
        rate=view.rate,
        seconds_left=view.seconds_left,
        cancelled=view.cancelled,
    )


class DownloadAnswer(Answer):
    """A file that can be downloaded by its number."""

    number: int
    name: str


class DownloadsAnswer(Answer):
    """Files that can be downloaded; none before there are some, and once they are gone."""

    files: list[DownloadAnswer]

    @classmethod
    def of(cls, found: list[Download]) -> Self:
        """Return downloads, numbered from 1."""
        files = [DownloadAnswer(number=at, name=one.name) for at, one in enumerate(found, 1)]
        return cls(files=files)
