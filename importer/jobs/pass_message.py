"""The message about a pass: what of its end may be told, without a value of any cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from importer.errors import ReasonCode
from importer.jobs.pass_end import PassEnd
from importer.model import Finding
from importer.notify import MOST_ROWS, BadRow, Event, Message

AS_IT_IS = frozenset(
    {
        ReasonCode.NOT_EXPECTED,
        ReasonCode.USAGE,
        ReasonCode.TEMPLATE,
        ReasonCode.UNREADABLE_INPUT,
        ReasonCode.TARGET_LOCKED,
        ReasonCode.SOURCE_UNREACHABLE,
        ReasonCode.SOURCE_CHANGED,
        ReasonCode.JOURNAL_LOST,
        ReasonCode.LEASE_LOST,
        ReasonCode.REPORT_NOT_WRITTEN,
        ReasonCode.INTERNAL,
    }
)
"""Reasons whose sentences name files, settings and numbers, and quote no cell and no target."""

UP_TO_ANSWER = frozenset({ReasonCode.TARGET_UNREACHABLE, ReasonCode.CREDENTIALS_REFUSED})
"""Reasons that quote the target after its HTTP status: it may repeat what is in a cell."""

_ANSWER = re.compile(r"(\(HTTP \d+\)).*", re.DOTALL)


def event_of(end: PassEnd) -> Event:
    """Return what a pass that did not end well is about."""
    only_held = end.held and not end.bad and end.status <= 1
    return Event.HELD if only_held else Event.FAILED


def message_of(end: PassEnd, event: Event, findings: Iterable[Finding] = ()) -> Message:
    """Return the message about a pass; `findings` are those of rows that were not imported."""
    return Message(
        event=event,
        job=end.job,
        target=end.target,
        no=end.no,
        status=end.status,
        code=end.code,
        why=may_be_told(end.code, end.why) if end.status else "",
        counts=end.counts,
        before=end.before if end.runs else {},
        rows=tuple(_row(one) for one in islice(findings, MOST_ROWS)),
        reports=end.reports,
        runs=end.runs,
        seconds=end.ended - end.started,
    )


def may_be_told(code: str, why: str) -> str:
    """Return the reason for an exit status, without what may be the value of a cell."""
    if code == ReasonCode.NOT_ALL_IMPORTED:
        return ""  # the rows by outcome say it
    if code in AS_IT_IS or not code:
        return why
    if code in UP_TO_ANSWER:
        return _ANSWER.sub(r"\1.", why)
    return ReasonCode(code).meaning if code in list(ReasonCode) else ""


def _row(finding: Finding) -> BadRow:
    place = finding.place
    return BadRow(place.sheet, place.row, place.title, finding.code.value)
