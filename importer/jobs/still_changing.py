"""Files that are written to for ever: somebody is told of it once they are so for too long."""

from __future__ import annotations

from collections.abc import Mapping

from importer.errors import ReasonCode
from importer.job_expect import duration
from importer.job_settings import JobSettings
from importer.jobs.found_files import Look
from importer.journal.job_pass import JobPass, PassRun

USUAL = 20 * 3600.0
"""Seconds for which a file may change where a job does not say: less than from night to night."""


def changing_since(found: Look, last: JobPass | None, now: float) -> dict[str, float]:
    """Return since when, in seconds since 1970, each file was not whole in any pass."""
    before = last.facts.changing if last else {}
    return {one.name: before.get(one.name, now) for one in found.changing}


def changing_too_long(job: JobSettings, since: Mapping[str, float], now: float) -> PassRun | None:
    """Return what a pass says of files that have been changing for too long, None for none."""
    said = duration(job.alarm_after)
    most = said.total_seconds() if said else USUAL
    names = [name for name, at in since.items() if now - at >= most]
    if not names:
        return None
    more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    why = (
        f"{names[0]}{more} could not be taken for {round(most / 3600, 1):g} hours: each look finds "
        "it changing. Let whoever writes it finish, or see whether its server gives it another tag "
        "each time."
    )
    return PassRun("", 1, 0, {}, {}, why=why, code=ReasonCode.SOURCE_CHANGED)
