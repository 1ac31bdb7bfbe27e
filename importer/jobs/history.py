"""What happened to jobs over time: when each is due, its last passes against one another."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from importer.jobs.due import next_due, schedule_of
from importer.jobs.site import JobSite
from importer.journal.job_pass import JobPass
from importer.journal.job_passes import NO_END, last_ended, newest_passes
from importer.journal.jobs import JobRow, database_now, job_rows


class JobLine(Struct, frozen=True):
    """A job in a list: when it is due next (None: not by the clock), how its last pass ended."""

    job: str
    target: str
    schedule: str
    enabled: bool
    due: float | None
    last: JobPass | None


class Night(Struct, frozen=True):
    """A pass, and how many more rows it has read than the one before that has read any."""

    one: JobPass
    more: int | None

    @property
    def seconds(self) -> float | None:
        """Return how long it took."""
        started, ended = self.one.started, self.one.ended
        return None if started is None or ended is None else ended - started


def job_lines(site: JobSite) -> list[JobLine]:
    """Return the jobs of the settings, in their order."""
    rows, now = job_rows(site.store), database_now(site.store)
    return [_line(site, name, rows.get(name, JobRow(name)), now) for name in site.settings.jobs]


def job_line(site: JobSite, name: str) -> JobLine:
    """Return one job. Raises NoSuchJob."""
    site.job(name)
    row = job_rows(site.store).get(name, JobRow(name))
    return _line(site, name, row, database_now(site.store))


def nights(site: JobSite, name: str, most: int, before: int = NO_END) -> list[Night]:
    """Return the last passes of a job that have ended or run, the newest first."""
    passes = newest_passes(site.store, name, most + 1, before)
    return list(_against_one_another(passes))[:most]


def _against_one_another(passes: list[JobPass]) -> Iterator[Night]:
    for at, one in enumerate(passes):
        rows = (older.rows for older in passes[at + 1 :] if older.rows is not None)
        before = next(rows, None)
        yield Night(one, None if one.rows is None or before is None else one.rows - before)


def _line(site: JobSite, name: str, row: JobRow, now: float) -> JobLine:
    job = site.job(name)
    enabled = job.enabled if row.enabled is None else row.enabled
    schedule = schedule_of(job)
    known = row.due if row.schedule == schedule else None
    due = (known or next_due(job, now)) if enabled and schedule else None
    return JobLine(name, job.target, schedule, enabled, due, last_ended(site.store, name))
