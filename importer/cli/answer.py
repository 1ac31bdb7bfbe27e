"""The one JSON object that a command prints with `--format json`, however it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from importer import __version__
from importer.errors import ReasonCode
from importer.pipeline.reason import Reason

if TYPE_CHECKING:
    from importer.model import Finding
    from importer.pipeline.results import CheckResult, PlanResult, Rows, RunResult

Body: TypeAlias = Mapping[str, Any]
"""The keys of a command's own."""


class Answer(Struct, frozen=True):
    """How a command ended: its exit status, and what its JSON object says.

    `body` makes the keys of the command's own; `findings` are those that people are shown.
    `started` and `ended` are those of the run, where one is what the object is about; of the
    command otherwise ("").
    """

    status: int
    body: Callable[[], Body] = dict
    reason: Reason | None = None
    files: Sequence[str] = ()
    rows: Rows | None = None
    started: str = ""
    ended: str | None = ""
    findings: Sequence[Finding] = ()

    def as_json(self, started: str, ended: str) -> dict[str, Any]:
        """Return the whole object; the times are those of the command."""
        from importer.pipeline.results import Rows

        return {
            **self.body(),
            "version": __version__,
            "exit_status": self.status,
            "reason": self.reason.as_json() if self.reason else None,
            "files": list(self.files),
            "started": self.started or started,
            "ended": ended if self.ended == "" else self.ended,
            "rows": (self.rows or Rows()).as_json(),
        }

    def ended_by(self, status: int, code: ReasonCode, words: str = "") -> Answer:
        """Return the answer of a command that a signal has ended in the middle."""
        why = self.reason.message if self.reason else words or code.meaning
        return replace(self, status=status, reason=Reason(code, why))


def time_of(seconds: float) -> str:
    """Return a time of the journal, in seconds since 1970, as ISO 8601 in UTC."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def answer_of_check(result: CheckResult, files: Sequence[str]) -> Answer:
    """Return what a check answers."""
    answer = Answer(result.exit_status, result.as_json, result.reason, files, result.rows)
    return replace(answer, findings=result.findings)


def answer_of_plan(result: PlanResult, files: Sequence[str]) -> Answer:
    """Return what a plan answers."""
    answer = Answer(result.exit_status, result.as_json, result.reason, files, result.rows)
    return replace(answer, findings=result.findings)


def answer_of_run(result: RunResult, status: int) -> Answer:
    """Return what a run answers; it may be at its end for long, or still be sent."""
    running = not result.finished
    return Answer(
        status,
        result.as_json,
        result.reason,
        result.named,
        result.rows,
        result.started,
        None if running else result.finished,
        result.findings,
    )
