"""Where the reports of a job go: into its folder, under the date and the number of their pass."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from importer.job_settings import JobSettings
from importer.jobs.site import REPORTS, JobSite, report_folder
from importer.journal.job_pass import JobPass
from importer.sources import Source


def put_report(site: JobSite, one: JobPass, job: JobSettings, source: Source, path: Path) -> str:
    """Write a report of a pass where those of its job belong, and return its address."""
    folder = report_folder(job) or REPORTS
    place = source if source.writable else site.local(one.job)
    return place.put(path, folder, f"{_date(one, job)}-{one.no}-{path.name}")


def _date(one: JobPass, job: JobSettings) -> str:
    """Return the day on which a pass was due, in the time zone of its job."""
    at = dt.datetime.fromtimestamp(one.due, ZoneInfo(job.time_zone))
    return at.strftime("%Y-%m-%d")
