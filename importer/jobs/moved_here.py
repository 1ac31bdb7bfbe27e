"""A run of a job that another machine has begun: its files and reports have places on this one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from importer.atomic import private_folder
from importer.jobs.site import JobSite
from importer.journal.job_pass import PassFile
from importer.journal.run import Run

BELOW = 4
"""What a path has below the folder of jobs: job, pass, run and file."""


def moved_here(site: JobSite, run: Run, files: Sequence[PassFile]) -> list[PassFile]:
    """Return the files of a run where they lie, or are to lie, on this machine; the run knows it.

    Nothing changes where the folder of jobs has the same path on both.
    """
    here = [replace(one, path=str(_here(site, one.path))) for one in files]
    if here == list(files):
        return here
    paths = {one.path: new.path for one, new in zip(files, here, strict=True)}
    mine = [replace(file, path=paths.get(file.path, file.path)) for file in run.spec.files]
    to = run.spec.report_to
    if to.path and here:
        folder = Path(here[0].path).parent / to.path.name
        private_folder(folder)  # what is none would be the name of the report
        to = replace(to, path=folder)
    run.spec = replace(run.spec, files=mine, report_to=to)
    run.reports = ()
    site.journal.save(run)
    return here


def _here(site: JobSite, path: str) -> Path:
    """Return where a file of a pass belongs on this machine."""
    return site.settings.jobs_folder.joinpath(*Path(path).parts[-BELOW:])
