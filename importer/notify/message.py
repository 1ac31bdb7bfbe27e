"""What is said of a pass of a job: a title, three lines for people, the same as JSON for programs.

Neither holds a value of a cell: of a row that was not imported it says where it is and what kind of
problem it has, of ten rows at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from importer.invisible import without_control as in_one_line
from importer.notify.lines import bad_rows, changed, reported, told_why

MOST_ROWS = 10
"""No message names more rows than these."""

VERSION = 1
"""The form of the JSON; another one once a key means something else, or is there no more."""


class Event(StrEnum):
    """What a message is about."""

    FINISHED = "finished"
    FAILED = "failed"
    HELD = "held"
    RECOVERED = "recovered"
    OVERDUE = "overdue"


TITLES: Mapping[Event, str] = {
    Event.FINISHED: "{job} into {target}: finished",
    Event.FAILED: "{job} into {target}: not everything was imported",
    Event.HELD: "{job} into {target}: rows wait for approval",
    Event.RECOVERED: "{job} into {target}: all is well again",
    Event.OVERDUE: "{job} into {target}: has not run for too long",
}


class BadRow(Struct, frozen=True):
    """A row that was not imported: where it is, and the code of what is wrong with it."""

    sheet: str
    row: int
    column: str
    code: str


class Message(Struct, frozen=True, kw_only=True):
    """How a pass of a job went; `counts` are rows by outcome, `before` those of the last good pass.

    `why` is a sentence without values of cells, `code` its reason for programs. `rows` are some of
    those that were not imported, `seconds` is how long it took, None where nothing has run.
    """

    event: Event
    job: str
    target: str
    no: int = 0
    status: int = 0
    code: str = ""
    why: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[BadRow, ...] = ()
    reports: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    seconds: float | None = None

    @property
    def title(self) -> str:
        """Return what it is about, in a few words."""
        return TITLES[self.event].format(job=self.job, target=self.target)

    @property
    def lines(self) -> tuple[str, str, str]:
        """Return what changed, what failed and why, and where the report is."""
        places = [(one.sheet, one.row, one.column, one.code) for one in self.rows[:MOST_ROWS]]
        failed = " ".join(filter(None, (told_why(self.counts, self.why), bad_rows(places))))
        about_report = reported(self.reports, self.runs)
        first, second, third = map(
            in_one_line, (changed(self.counts, self.before), failed, about_report)
        )
        return first, second, third

    @property
    def text(self) -> str:
        """Return the three lines."""
        return "\n".join(self.lines)

    def as_json(self, sent: dt.datetime) -> dict[str, Any]:
        """Return what a program gets; by `sent` it knows a request that somebody repeats."""
        return {
            "version": VERSION,
            "event": self.event.value,
            "sent": sent.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "job": self.job,
            "target": self.target,
            "pass": self.no or None,
            "status": self.status,
            "code": self.code or None,
            "why": self.why or None,
            "counts": dict(self.counts),
            "before": dict(self.before),
            "rows": [asdict(one) for one in self.rows[:MOST_ROWS]],
            "reports": list(self.reports),
            "runs": list(self.runs),
            "seconds": None if self.seconds is None else round(self.seconds, 1),
            "lines": list(self.lines),
        }
