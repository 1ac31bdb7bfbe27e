"""What a look at the source of a job has found, and how what is left alone is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from importer.errors import ImporterError
from importer.journal.job_pass import PassFile, PassRun
from importer.journal.taken import TakenContent
from importer.sources import SourceFile

MOST = 3
"""So many files are named of those that are left alone for the same reason."""


class FetchedFile(Struct, frozen=True):
    """A whole file of a source, its copy here and the SHA-256 of its content."""

    file: SourceFile
    path: Path
    sha256: str

    @property
    def as_pass_file(self) -> PassFile:
        """Return it as the journal keeps it."""
        one = self.file
        return PassFile(
            one.name, one.address, one.mark, self.sha256, str(self.path), stored=one.stored
        )


class FailedFile(Struct, frozen=True):
    """A file of a source that could not be fetched, and why."""

    file: SourceFile
    error: ImporterError

    @property
    def as_run(self) -> PassRun:
        """Return what a pass says of it: the run that it would have had came to nothing."""
        error = self.error
        return PassRun("", error.exit_status, 0, {}, {}, why=str(error), code=error.code)


class Look(Struct):
    """What a look has found: files that are new, unchanged, reports of ours, not whole yet.

    `taken` are the unchanged ones, each with what is known of its content; of those `again` are the
    ones whose content was imported under another name. `unmarked` have no marker of that ending.
    `failed` are those that could not be fetched, where each file has a run of its own.
    """

    new: list[FetchedFile] = field(default_factory=list)
    unchanged: list[SourceFile] = field(default_factory=list)
    ours: list[SourceFile] = field(default_factory=list)
    changing: list[SourceFile] = field(default_factory=list)
    unmarked: list[SourceFile] = field(default_factory=list)
    taken: list[tuple[SourceFile, TakenContent]] = field(default_factory=list)
    failed: list[FailedFile] = field(default_factory=list)

    @property
    def newest(self) -> dt.datetime | None:
        """Return when the newest unchanged file was changed, as far as that is known."""
        return max((one.modified for one in self.unchanged if one.modified), default=None)

    @property
    def is_empty(self) -> bool:
        """Whether there is no file that is new, unchanged or about to come."""
        return not (self.new or self.unchanged or self.changing or self.failed)

    @property
    def again(self) -> list[str]:
        """Return what there is to say of files whose content came under another name before."""
        return [
            f"{one.name} stays where it is, for run {known.run} has imported the same content as "
            f"{known.name}"
            for one, known in self.taken
            if known.name != one.name
        ]

    @property
    def missing(self) -> list[str]:
        """Return why files are not taken that hold something, a sentence without its end each."""
        return [
            *_named(self.ours, "is left alone, for it holds a report"),
            *_named(self.changing, "is still being written, or has gone"),
            *_named(self.unmarked, "is left alone, for beside it is no newer marker"),
        ]

    @property
    def left_alone(self) -> str:
        """Return what there is to say of files that are left alone, beside others that are not."""
        said = [*_some(self.again), *self.missing]
        return f"{'; '.join(said)}." if said else ""

    @property
    def nothing_new(self) -> str:
        """Return what there is to say where nothing is new."""
        many = len(self.unchanged)
        said = [f"{many} file{' is' if many == 1 else 's are'} unchanged"] if many else []
        said += [*_some(self.again), *self.missing]
        return f"Nothing new: {'; '.join(said) or 'there are no files'}."


def _named(files: Sequence[SourceFile], why: str) -> list[str]:
    return _some([f"{one.name} {why}" for one in files])


def _some(said: Sequence[str]) -> list[str]:
    """Return the first few, and how many more there are."""
    more = len(said) - MOST
    return [*said[:MOST], *([f"and so are {more:,} more"] if more > 0 else [])]
