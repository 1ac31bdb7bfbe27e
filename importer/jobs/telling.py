"""Tells people how a job goes: what is wrong once, and once that it is over; pings at each pass.

Whatever goes wrong with a message is a line of the log and a sentence of the pass, no more.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterator
from itertools import chain

from importer.errors import ImporterError
from importer.jobs.causes import OVERDUE, causes, family, over
from importer.jobs.pass_end import PassEnd
from importer.jobs.pass_message import event_of, message_of
from importer.jobs.site import JobSite
from importer.journal.alarms import alarms_of, end_alarm, raise_alarm
from importer.model import Finding, Severity
from importer.notify import Channels, Event, Message, deliver, ping_end, ping_start
from importer.pipeline.runs import result_of

__all__ = ["PassEnd", "begun", "overdue", "tell"]

UNTOLD = "untold"
"""The family of alarms of channels that have missed what is wrong."""

_LOG = logging.getLogger("importer.jobs")


def begun(site: JobSite, job: str) -> None:
    """Ping that a pass of a job has begun."""
    try:
        failed = ping_start(_channels(site, job))
    except ImporterError as error:  # the job has gone from the settings
        failed = str(error)
    if failed:
        _LOG.warning("%s", failed, extra={"job": job})


def tell(site: JobSite, end: PassEnd) -> str:
    """Tell how a pass has ended; return which messages did not arrive, nothing where all did."""
    channels = _channels(site, end.job)
    bad = list(_bad_rows(site, end)) if end.bad or end.held else []
    failed = list(_told(site, channels, end, bad))
    said = message_of(end, event_of(end), bad)
    if words := ping_end(channels, end.status, said.text):
        _LOG.warning("%s", words, extra={"job": end.job})
        failed.append(words)
    return " ".join(failed)


def overdue(site: JobSite, job: str, since: float, *, ever: bool = True) -> None:
    """Tell that a job has not run for too long, once: until it has run again.

    `since` is when it ran last or, where it has never run, when it was seen first.
    """
    channels = _channels(site, job)
    if not raise_alarm(site.store, job, OVERDUE):
        return
    at = dt.datetime.fromtimestamp(since, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    ran = f"It ran last at {at}" if ever else f"It has never run since {at}"
    why = f"{ran}, and is expected every {site.job(job).alarm_after}."
    message = Message(event=Event.OVERDUE, job=job, target=site.job(job).target, why=why)
    if deliver(channels, message).lost:
        end_alarm(site.store, job, OVERDUE)


def _told(site: JobSite, channels: Channels, end: PassEnd, bad: list[Finding]) -> Iterator[str]:
    """Tell people what is new; yield what did not arrive."""
    alarms = [one.cause for one in alarms_of(site.store, end.job)]
    known = [one for one in alarms if family(one) != UNTOLD]
    late = [one.partition(":")[2] for one in alarms if family(one) == UNTOLD]
    wrong = causes(end, bad)
    ended = [one for one in over(known, end, wrong) if end_alarm(site.store, end.job, one)]
    new = [one for one in wrong if raise_alarm(site.store, end.job, one)]
    event = _event(end, new, ended, well=len(ended) == len(known) and not wrong)
    only = late if event is None and wrong else None
    if event is None and not only:
        return
    message = message_of(end, event or event_of(end), bad)
    delivery = deliver(channels, message, only=only)
    nobody = delivery.lost and only is None
    if nobody:
        _forget(site, end.job, new, ended)
    _note_untold(site, end.job, late, delivery.missed if wrong and not nobody else ())
    yield from delivery.failures


def _note_untold(site: JobSite, job: str, late: list[str], missed: Collection[str]) -> None:
    """Note which channels have missed what is wrong: it is sent there again while it is so."""
    for name in set(late) - set(missed):
        end_alarm(site.store, job, f"{UNTOLD}:{name}")
    for name in missed:
        raise_alarm(site.store, job, f"{UNTOLD}:{name}")


def _event(end: PassEnd, new: list[str], ended: list[str], *, well: bool) -> Event | None:
    """Return what people are told of a pass, None where they know it."""
    if new:
        return event_of(end)
    if well and ended:
        return Event.RECOVERED
    return Event.FINISHED if well and end.runs else None


def _forget(site: JobSite, job: str, new: list[str], ended: list[str]) -> None:
    """Let what nobody was told be told with the next pass."""
    for cause in new:
        end_alarm(site.store, job, cause)
    for cause in ended:
        raise_alarm(site.store, job, cause)


def _bad_rows(site: JobSite, end: PassEnd) -> Iterator[Finding]:
    """Yield what is wrong with the rows that were not imported."""
    results = (result_of(site.journal, run) for run in end.runs)
    findings = chain.from_iterable(result.findings for result in results)
    return (one for one in findings if one.severity is Severity.ERROR)


def _channels(site: JobSite, job: str) -> Channels:
    return Channels.of(site.settings, site.job(job))
