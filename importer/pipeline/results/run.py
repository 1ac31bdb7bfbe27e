"""The result of a run, and its JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from importer.errors import ReasonCode
from importer.model import Finding, RunState, Status
from importer.options import Options
from importer.pipeline.finding_json import counts_json, finding_json, one_or_all
from importer.pipeline.reason import Reason, many, missing_report
from importer.pipeline.results.counts import Objects, Rows


class RunResult(Struct):
    """The outcome of a run. `why` says what stopped it, or its report, where something did.

    `stop` is the code of what stopped it. `undoes` names the run that it undoes, if it does.
    `undone` says whether another run has undone this one, `dropped` that its rows and before-images
    are kept no longer. `asked` is what the run was asked for, `named` its files as they were given.
    """

    run: str
    target: str
    state: RunState
    counts: dict[str, int]
    findings: list[Finding]
    reports: list[Path]
    why: str
    files: list[str]
    started: str
    finished: str | None
    undoes: str = ""
    undone: bool = False
    dropped: bool = False
    stop: str = ""
    rows: Rows = field(default_factory=Rows)
    objects: Objects = field(default_factory=dict)
    asked: Options = field(default_factory=Options)
    named: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 all rows fine and reported, 1 some not imported or no report, 3 stopped early."""
        if self.state is not RunState.FINISHED:
            return 3
        return 0 if not self.why and all(Status(status).fine for status in self.counts) else 1

    @property
    def reason(self) -> Reason | None:
        """Why the exit status is not 0."""
        if self.state is not RunState.FINISHED:
            return Reason(self._stopped_by, self.why or f"The run is {self.state}.")
        kept = sum(n for status, n in self.counts.items() if not Status(status).fine)
        if kept:
            words = f"{many(kept, 'row')} of {sum(self.counts.values()):,} not imported."
            return Reason(ReasonCode.NOT_ALL_IMPORTED, f"{words} {self.why}".strip())
        return missing_report(self.why)

    @property
    def _stopped_by(self) -> ReasonCode:
        if self.state is RunState.ABANDONED:
            return ReasonCode.ABANDONED
        return ReasonCode(self.stop or ReasonCode.STOPPED_EARLY)

    def as_json(self) -> dict[str, Any]:
        """Return the object that `run --format json` prints."""
        return {
            "run": self.run,
            "target": self.target,
            "state": self.state.value,
            "counts": counts_json(self.counts),
            "findings": [finding_json(finding) for finding in self.findings],
            "report": one_or_all([str(path) for path in self.reports]),
        }
