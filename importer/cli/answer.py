"""The one JSON object that a command prints with `--format json`, however it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from importer import __version__
from importer.errors import ReasonCode
from importer.pipeline.reason import Reason

if TYPE_CHECKING:
    from importer.model import Finding
    from importer.pipeline.results import CheckResult, PlanResult, Rows, RunResult

Body: TypeAlias = Mapping[str, Any]
"""The keys of a command's own."""


@dataclass(frozen=True)
class Answer:
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


def utc_now() -> str:
    """Return the time as ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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


def without_result(command: str, given: Mapping[str, Any]) -> Body:
    """Return the keys of a command's own where it has no result, so that they are always there.

    `given` are its flags by name.
    """
    if command == "runs" and not given.get("run"):
        return {"runs": []}
    if command == "undo" and given.get("dry_run"):
        command = "plan"
    make = _WITHOUT_RESULT.get(command)
    return make(given) if make else {}


def _no_check(_given: Mapping[str, Any]) -> Body:
    counts = {"rows": 0, "valid": 0, "invalid": 0}
    return {"ok": False, "template": None, "sheets": [], "counts": counts, "findings": []}


def _no_plan(given: Mapping[str, Any]) -> Body:
    return {"target": given.get("target"), "counts": {}, "changes": [], "findings": []}


def _no_run(given: Mapping[str, Any]) -> Body:
    from importer.pipeline.finding_json import counts_json

    names = {"run": None, "target": given.get("target"), "state": None}
    return {**names, "counts": counts_json({}), "findings": [], "report": None}


def _no_templates(_given: Mapping[str, Any]) -> Body:
    return {"templates": []}


def _no_proposal(_given: Mapping[str, Any]) -> Body:
    return {"sheets": []}


def _no_examination(_given: Mapping[str, Any]) -> Body:
    return {"ok": False, "config": None, "journal": None, "targets": []}


_WITHOUT_RESULT: dict[str, Callable[[Mapping[str, Any]], Body]] = {
    "check": _no_check,
    "plan": _no_plan,
    "run": _no_run,
    "resume": _no_run,
    "undo": _no_run,
    "runs": _no_run,
    "list": _no_templates,
    "init": _no_proposal,
    "doctor": _no_examination,
}
