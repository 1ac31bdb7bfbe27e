"""What becomes of files all of whose rows are imported: they stay, go away or are moved."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from importer.errors import ImporterError, UsageError
from importer.job_settings import DELETE, IN_PLACE, KEEP, JobSettings
from importer.jobs.site import JobSite, done_folder
from importer.journal.job_pass import PassFile
from importer.journal.taken import TakenContent
from importer.model import RunState, Status
from importer.pipeline.runs import undone_by
from importer.sources import Source, SourceFile
from importer.sources.glob import Glob


def clear_files(job: JobSettings, source: Source, files: Iterable[SourceFile]) -> list[str]:
    """Move or delete files, as the job says; return why those stay that have to."""
    wrong, folder = [], done_folder(job)
    for one in files:
        try:
            if folder:
                source.move(one, folder)
            elif job.on_success == DELETE:
                source.delete(one)
        except ImporterError as error:
            wrong.append(f"{one.name} stays where it is: {error}")
    return wrong


def clear_late(
    site: JobSite,
    job: JobSettings,
    source: Source,
    taken: Sequence[tuple[SourceFile, TakenContent]],
) -> tuple[int, list[str]]:
    """Move or delete what a former pass imported, and could not move or delete then.

    Returns how many files that worked for, and why others stay.

    A file that only holds the same content as another is none of those.
    """
    if job.on_success == KEEP:
        return 0, []
    own = [(file, known.run) for file, known in taken if known.name == file.name]
    fine = {run for run in {run for _, run in own} if _all_imported(site, run)}
    files = [file for file, run in own if run in fine]
    wrong = clear_files(job, source, files)
    return len(files) - len(wrong), wrong


def refuse_end(job: JobSettings, source: Source) -> None:
    """Raise UsageError where files are to be changed that can only be read, or moved to nowhere."""
    if not source.writable and (job.on_success != KEEP or job.report == IN_PLACE):
        raise UsageError(
            f"The files of {source.address} can only be read: on_success is keep there, and report "
            "a folder of this machine."
        )
    glob, folder = Glob.of(job.source), done_folder(job)
    if folder and glob.beside(folder) == posixpath.normpath(glob.folder or "."):
        raise UsageError(
            f"on_success moves the files to {folder}, where they are already: name another folder, "
            "or keep."
        )


def as_source(one: PassFile) -> SourceFile:
    """Return a file of a pass as its source knows it."""
    return SourceFile(one.name, one.address, None, None, one.mark, one.stored)


def _all_imported(site: JobSite, name: str) -> bool:
    """Return whether all rows of a run are imported, and nobody has undone that."""
    try:
        run = site.journal.run(name)
    except UsageError:
        return False
    fine = bool(run.counts) and all(Status(one).fine for one in run.counts)
    return fine and run.state is RunState.FINISHED and not undone_by(site.journal, name)
