"""Runs of a job that wait to be sent, for somebody has approved what the guard held of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from importer.atomic import private_folder
from importer.errors import ImporterError
from importer.jobs.look import fetch_again
from importer.jobs.moved_here import moved_here
from importer.jobs.site import JobSite
from importer.journal.approvals import approved_runs
from importer.journal.job_pass import PassFile
from importer.journal.job_passes import newest_passes
from importer.journal.run import Run

MOST_PASSES = 1000
"""So many passes of a job are looked through for the files of a run."""


class ApprovedRun(Struct, frozen=True):
    """A run that is to be sent as it was approved, and the files that it was made from."""

    run: Run
    files: list[PassFile]


def approved_of(site: JobSite, job: str) -> Iterator[ApprovedRun]:
    """Yield the runs of a job that were approved and are not sent yet, the oldest first."""
    for name in approved_runs(site.store):
        files = _files_of(site, job, name)
        if files:
            run = site.journal.run(name)
            here = moved_here(site, run, files)
            _bring_back(site, job, run, here)
            yield ApprovedRun(run, here)


def bring_back(site: JobSite, run: Run) -> None:
    """Fetch the files of a run of a job again, and make the folder of its reports, if need be.

    Of the folders of passes only the newest are kept, and an approval may come late.
    """
    if job := job_of(site, run):
        _bring_back(site, job, run, _files_of(site, job, run.name))


def _bring_back(site: JobSite, job: str, run: Run, files: list[PassFile]) -> None:
    if path := run.spec.report_to.path:
        private_folder(path)
    with suppress(ImporterError):  # the report is then a file of its own
        fetch_again(site.source(job), files)


def job_of(site: JobSite, run: Run) -> str:
    """Return the job whose passes have begun a run, "" where none has."""
    paths = [Path(file.path) for file in run.spec.files]
    folder = site.settings.jobs_folder
    ours = next((path for path in paths if path.is_relative_to(folder)), folder)
    return next(iter(ours.relative_to(folder).parts), "")


def _files_of(site: JobSite, job: str, run: str) -> list[PassFile]:
    """Return the files of a run of a job; none where it is another's."""
    for one in newest_passes(site.store, job, MOST_PASSES):
        if files := [file for file in one.facts.files if file.run == run]:
            return files
    return []
