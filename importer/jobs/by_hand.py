"""A job that somebody runs by hand: its pass is done here, in its turn, or followed to its end."""

from __future__ import annotations

import time
from collections.abc import Callable

from importer.jobs.perform_pass import perform_pass
from importer.jobs.site import JobSite
from importer.jobs.turns import whose_turn
from importer.journal.job_pass import JobPass, PassState
from importer.journal.job_passes import add_pass, find_pass, open_passes, withdraw_pass
from importer.pipeline.progress import Progress

LOOK = 1.0
"""Seconds between two looks whether it is the turn of a pass."""

BROKEN_OFF = 130
"""The exit status of what Ctrl-C has ended."""


def run_now(
    site: JobSite,
    name: str,
    by: str,
    inner: Progress,
    sleep: Callable[[float], None] = time.sleep,
) -> JobPass:
    """Do a pass of a job and return it once it has ended; one that waits already is that one.

    Raises NoSuchJob. KeyboardInterrupt withdraws it, or lets a worker go on with what has begun.
    """
    job = site.job(name)
    no = _left_alone(site, name) or add_pass(site.store, name, job.target, by)
    try:
        return _ended(site, no, inner, sleep)
    except KeyboardInterrupt:
        withdraw_pass(site.store, no, BROKEN_OFF, "Broken off before it began.")
        raise


def _ended(site: JobSite, no: int, inner: Progress, sleep: Callable[[float], None]) -> JobPass:
    told = ""
    while True:
        _do_next(site, no, inner)
        one = find_pass(site.store, no)
        if one is None or one.state is PassState.ENDED:
            return _there(one)
        if (words := _waits_for(site, one)) != told:
            inner.report(words)
            told = words
        sleep(LOOK)


def _do_next(site: JobSite, no: int, inner: Progress) -> None:
    """Do the pass into the same target whose turn it is: there may be no worker that does it."""
    mine = find_pass(site.store, no)
    passes = whose_turn(open_passes(site.store))
    first = next((one for one in passes if mine and one.target == mine.target), None)
    if first:
        perform_pass(site, first.no, inner)


def _left_alone(site: JobSite, name: str) -> int | None:
    """Return the pass of a job that no process works on."""
    passes = (one for one in open_passes(site.store) if one.job == name and not one.held)
    return next((one.no for one in passes), None)


def _waits_for(site: JobSite, one: JobPass) -> str:
    """Return what a pass waits for."""
    passes = [other for other in open_passes(site.store) if other.target == one.target]
    before = next((other for other in passes if other.held), passes[0] if passes else one)
    if before.no == one.no:
        return one.why or f"Pass {one.no} of {one.job} runs in another process."
    return f"Waiting for pass {before.no} of the job {before.job}, which is into {one.target} too."


def _there(one: JobPass | None) -> JobPass:
    if one is None:
        raise RuntimeError("a pass has gone from the journal")
    return one
