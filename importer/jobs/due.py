"""When a job is due next, in its time zone, on the two days a year when clocks change too."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from cronsim import CronSim

from importer.job_settings import JobSettings


def schedule_of(job: JobSettings) -> str:
    """Return the schedule of a job with its time zone; nothing where it has none."""
    return f"{job.schedule} {job.time_zone}" if job.schedule else ""


def next_due(job: JobSettings, after: float) -> float | None:
    """Return when a job is due next after a time, in seconds since 1970; None: never by itself."""
    if not job.schedule:
        return None
    zone = ZoneInfo(job.time_zone)
    times = CronSim(job.schedule, dt.datetime.fromtimestamp(after, zone))
    # an hour that comes twice is named by its first time, which may be over
    return next(at for at in (time.timestamp() for time in times) if at > after)


def next_times(job: JobSettings, after: float, most: int) -> list[float]:
    """Return the next times of a job."""
    times: list[float] = []
    while len(times) < most and (due := next_due(job, times[-1] if times else after)):
        times.append(due)
    return times
