"""A look at the source of a job: which whole files are new, and which are unchanged or ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, field

from importer.atomic import private_folder
from importer.errors import ImporterError, NotExpected
from importer.job_settings import IN_PLACE, Each, JobSettings
from importer.jobs.found_files import FailedFile, FetchedFile, Look
from importer.jobs.site import JobSite
from importer.journal.job_pass import PassFile
from importer.journal.taken import TakenContent, Taker, last_of_name, note_mark, of_content
from importer.pipeline.own_files import holds_report
from importer.read import sha256_of
from importer.sources import (
    Source,
    SourceChanged,
    SourceFile,
    SourceTooLarge,
    SourceUnreachable,
    whole_files,
)

MOST_FAILED = 3
"""So many files one after another are tried in vain before the source itself counts as away."""


def look(site: JobSite, name: str, source: Source, by: Taker, folder: Path) -> Look:
    """Look at the source of a job, and fetch what is new into a folder.

    With scopes to prune all files of the look are new where one is: what only the others name
    would be deleted. Raises SourceUnreachable or UsageError, SourceChanged for one of those, and
    NotExpected where one of those cannot be read yet. Where each file is a run of its own, one
    that cannot be fetched is no more than noted.
    """
    job = site.job(name)
    seen = whole_files(source, job.settle, job.marker, site.sleep)
    found = _Looking(site, job, source, by, folder)
    found.look.changing += seen.changing
    found.look.unmarked += seen.unmarked
    for file in seen.whole:
        try:
            found.take(file)
        except SourceChanged:
            found.look.changing.append(file)
        except (SourceUnreachable, SourceTooLarge) as error:
            found.failed(file, error)
    if found.look.new and job.options.prune:
        _demand_all(found.look)
        found.take_unchanged()
    found.look.new.sort(key=lambda one: one.file.name)
    return found.look


def _demand_all(found: Look) -> None:
    """Raise NotExpected where a file is left alone whose rows would be deleted for that."""
    if found.missing:
        raise NotExpected(
            f"{'; '.join(found.missing)}; with options.prune what only such a file names would be "
            "deleted; nothing was sent."
        )


class _Looking(Struct):
    """A look under way."""

    site: JobSite
    job: JobSettings
    source: Source
    by: Taker
    folder: Path
    look: Look = field(default_factory=Look)
    _in_vain: int = 0

    def take(self, file: SourceFile) -> None:
        """Find out what a file is; it is fetched where its mark does not say so."""
        last = last_of_name(self.site.store, self.by, file.name)
        if last and last.mark == file.mark:
            self._unchanged(file, last)
            return
        fetched = self._fetched(file)
        known = last or of_content(self.site.store, self.by, fetched.sha256)
        if known and known.sha256 == fetched.sha256:
            if last:
                note_mark(self.site.store, self.by, fetched.sha256, file.mark)
            fetched.path.unlink()
            self._unchanged(file, known)
        elif self.job.report != IN_PLACE and holds_report(fetched.path):
            fetched.path.unlink()
            self.look.ours.append(file)
        else:
            self.look.new.append(fetched)

    def failed(self, file: SourceFile, error: ImporterError) -> None:
        """Note that a file could not be fetched; raise why where the others wait for it."""
        self._in_vain += isinstance(error, SourceUnreachable)
        if self.job.each is Each.LOOK or self._in_vain == MOST_FAILED:
            raise error
        self.look.failed.append(FailedFile(file, error))

    def take_unchanged(self) -> None:
        """Take the unchanged files too."""
        self.look.new += [self._fetched(file) for file in self.look.unchanged]
        self.look.unchanged.clear()
        self.look.taken.clear()

    def _fetched(self, file: SourceFile) -> FetchedFile:
        private_folder(self.folder)
        path = self.source.fetch(file, self.folder)
        self._in_vain = 0
        return FetchedFile(file, path, sha256_of(path))

    def _unchanged(self, file: SourceFile, known: TakenContent) -> None:
        self.look.unchanged.append(file)
        self.look.taken.append((file, known))


def fetch_again(source: Source, files: Sequence[PassFile]) -> None:
    """Fetch files of a run that another machine has begun, as far as their content is the same.

    Their reports are made from them; where one has gone, its report is a file of its own.
    """
    for one in files:
        path = Path(one.path)
        if path.exists():
            continue
        for file in source.files():
            if file.name == one.name:
                private_folder(path.parent)
                _in_place(source.fetch(file, path.parent), path, one.sha256)


def _in_place(fetched: Path, path: Path, sha256: str) -> None:
    """Put a file where it lay, unless its content is another."""
    if sha256_of(fetched) != sha256:
        fetched.unlink()
    else:
        fetched.rename(path)
