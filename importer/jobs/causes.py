"""What is wrong with a job after a pass, so that the same is not told night after night.

A cause is a family and, for some, what tells its members apart. What is different each night for
the same cause (a name of a run, a number of rows, a date) is no part of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from importer.errors import ReasonCode
from importer.jobs.pass_end import PassEnd
from importer.model import Finding

OVERDUE = "overdue"
ROWS = "rows"
HELD = "held"

AFTER_RUN = ReasonCode.REPORT_NOT_WRITTEN
"""What goes wrong with the report or the file of a run that has ended."""

BY_SENTENCE = frozenset(
    {
        ReasonCode.NOT_EXPECTED,
        ReasonCode.USAGE,
        ReasonCode.TEMPLATE,
        ReasonCode.UNREADABLE_INPUT,
    }
)
"""Reasons that stand for several causes: what the sentence says tells them apart."""

_CHANGES = re.compile(r"`[^`]*`|\S*\d\S*")
"""What of a sentence may be another one each night: names of runs, numbers, dates."""


def causes(end: PassEnd, findings: Iterable[Finding]) -> list[str]:
    """Return what is wrong after a pass, nothing where all is well.

    Rows are the same cause as long as the same kinds of problems are in the same columns, and not
    ten times as many.
    """
    found: list[str] = []
    if end.held:
        found.append(f"{HELD}:{_magnitude(end.held)}")
    if end.bad:
        found.append(f"{ROWS}:{_magnitude(end.bad)}:{_kinds(findings)}")
    if end.status and (end.status > 1 or not found or end.code == AFTER_RUN):
        found.append(_reason(end))
    return found


def family(cause: str) -> str:
    """Return the family of a cause."""
    return cause.partition(":")[0]


def over(known: Iterable[str], end: PassEnd, now: Iterable[str]) -> list[str]:
    """Return which of the known causes are over after a pass.

    Causes of a family stay as long as one of it is there. A pass that found nothing new says
    nothing of the rows that were not imported, and nothing of what comes after a run unless it has
    made up for that.
    """
    there = {family(one) for one in now}
    if not end.runs:
        there |= {ROWS} if end.late and not end.status else {ROWS, AFTER_RUN}
    return [one for one in known if family(one) not in there]


def _reason(end: PassEnd) -> str:
    code = end.code or f"status {end.status}"
    if code not in BY_SENTENCE:
        return code
    return f"{code}:{_digest(_CHANGES.sub('#', end.why))}"


def _kinds(findings: Iterable[Finding]) -> str:
    kinds = {(one.place.sheet, one.place.title, one.code.value) for one in findings}
    return _digest(repr(sorted(kinds)))


def _magnitude(number: int) -> int:
    return len(str(number))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
