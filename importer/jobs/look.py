"""A look at the source of a job: which whole files are new, and which are unchanged or ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importer.atomic import private_folder
from importer.job_settings import IN_PLACE, JobSettings
from importer.jobs.site import JobSite
from importer.journal.job_pass import PassFile
from importer.journal.taken import Taker, last_of_name, note_mark, of_content
from importer.pipeline.own_files import holds_report
from importer.read import sha256_of
from importer.sources import Source, SourceChanged, SourceFile, whole_files

MOST = 3
"""So many files are named where nothing is new."""


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A whole file of a source, its copy here and the SHA-256 of its content."""

    file: SourceFile
    path: Path
    sha256: str

    @property
    def as_pass_file(self) -> PassFile:
        """Return it as the journal keeps it."""
        one = self.file
        return PassFile(one.name, one.address, one.mark, self.sha256, str(self.path))


@dataclass(slots=True)
class Look:
    """What a look has found: files that are new, unchanged, reports of ours, still changing."""

    new: list[FetchedFile] = field(default_factory=list)
    unchanged: list[SourceFile] = field(default_factory=list)
    ours: list[SourceFile] = field(default_factory=list)
    changing: list[SourceFile] = field(default_factory=list)

    @property
    def newest(self) -> dt.datetime | None:
        """Return when the newest unchanged file was changed, as far as that is known."""
        return max((one.modified for one in self.unchanged if one.modified), default=None)

    @property
    def nothing_new(self) -> str:
        """Return what there is to say where nothing is new."""
        many = len(self.unchanged)
        said = [f"{many} file{' is' if many == 1 else 's are'} unchanged"] if many else []
        said += [f"{one.name} is left alone, for it holds a report" for one in self.ours[:MOST]]
        said += [f"{one.name} is still changing" for one in self.changing[:MOST]]
        return f"Nothing new: {'; '.join(said) or 'there are no files'}."


def look(site: JobSite, name: str, source: Source, by: Taker, folder: Path) -> Look:
    """Look at the source of a job, and fetch what is new into a folder.

    With scopes to prune all files of the look are new where one is: what only the others name
    would be deleted. Raises SourceUnreachable or UsageError, and SourceChanged for one of those.
    """
    job = site.job(name)
    there = whole_files(source, job.settle, job.marker, site.sleep)
    found = _Looking(site, job, source, by, folder)
    found.look.changing.extend(there.changing)
    for file in there.whole:
        try:
            found.take(file)
        except SourceChanged:
            found.look.changing.append(file)
    if found.look.new and job.options.prune:
        found.take_unchanged()
    found.look.new.sort(key=lambda one: one.file.name)
    return found.look


@dataclass(slots=True)
class _Looking:
    """A look under way."""

    site: JobSite
    job: JobSettings
    source: Source
    by: Taker
    folder: Path
    look: Look = field(default_factory=Look)

    def take(self, file: SourceFile) -> None:
        """Find out what a file is; it is fetched where its mark does not say so."""
        last = last_of_name(self.site.store, self.by, file.name)
        if last and last.mark == file.mark:
            self.look.unchanged.append(file)
            return
        fetched = self._fetched(file)
        known = last or of_content(self.site.store, self.by, fetched.sha256)
        if known and known.sha256 == fetched.sha256:
            if last:
                note_mark(self.site.store, self.by, fetched.sha256, file.mark)
            self._leave(fetched, self.look.unchanged)
        elif self.job.report != IN_PLACE and holds_report(fetched.path):
            self._leave(fetched, self.look.ours)
        else:
            self.look.new.append(fetched)

    def take_unchanged(self) -> None:
        """Take the unchanged files too."""
        self.look.new += [self._fetched(file) for file in self.look.unchanged]
        self.look.unchanged.clear()

    def _fetched(self, file: SourceFile) -> FetchedFile:
        private_folder(self.folder)
        path = self.source.fetch(file, self.folder)
        return FetchedFile(file, path, sha256_of(path))

    def _leave(self, fetched: FetchedFile, among: list[SourceFile]) -> None:
        fetched.path.unlink()
        among.append(fetched.file)


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
