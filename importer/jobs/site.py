"""What every part of jobs works with: the settings, the journal, the source of a job."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.errors import UsageError
from importer.job_settings import IN_PLACE, MOVE, JobSettings
from importer.session import Session
from importer.settings import Settings
from importer.suggest import did_you_mean, nearest

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.journal.store import Store
    from importer.sources import Source

REPORTS = "reports"
"""The folder of reports where a job names none."""


class NoSuchJob(UsageError):
    """The settings have no job of this name."""


class JobSite(Struct, frozen=True):
    """An open journal with its settings; `sleep` waits until files are whole."""

    session: Session
    sleep: Callable[[float], None] = time.sleep

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self.session.settings

    @property
    def journal(self) -> Journal:
        """The journal."""
        return self.session.journal

    @property
    def store(self) -> Store:
        """The database of the journal."""
        return self.session.journal.store

    def job(self, name: str) -> JobSettings:
        """Return the settings of a job. Raises NoSuchJob."""
        jobs = self.settings.jobs
        if name in jobs:
            return jobs[name]
        known = f"There are: {', '.join(jobs)}." if jobs else "The settings have none."
        raise NoSuchJob(f"There is no job called {name}{did_you_mean(nearest(name, jobs), known)}")

    def folder(self, name: str, no: int) -> Path:
        """Return the folder of a pass: the files that it has fetched, and its reports."""
        return self.settings.jobs_folder / name / str(no)

    def source(self, name: str) -> Source:
        """Return the source of a job. Raises UsageError."""
        from importer.sources import open_source

        job = self.job(name)
        apart = [folder for folder in (report_folder(job), done_folder(job)) if folder]
        return open_source(job.source, self.settings.folder_of_job(name), apart=apart)

    def local(self, name: str) -> Source:
        """Return where the reports of a job go whose source can only be read: this machine."""
        from importer.sources import open_source

        return open_source("files/*", self.settings.folder_of_job(name))


def report_folder(job: JobSettings) -> str:
    """Return the folder of a job's reports; nothing where they go into its files."""
    return "" if job.report == IN_PLACE else job.report or REPORTS


def done_folder(job: JobSettings) -> str:
    """Return the folder of files that are done; nothing where they stay."""
    return job.on_success.removeprefix(MOVE).strip() if job.on_success.startswith(MOVE) else ""
