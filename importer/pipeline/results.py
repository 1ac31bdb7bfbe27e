"""What the commands return: the result of a check, of a plan, of a run, and their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from importer.model import Finding, RunState, Severity, Status
from importer.options import Options

if TYPE_CHECKING:
    from importer.pipeline.saved_plan import SavedPlan
    from importer.targets.planned_change import FieldDiff
    from importer.targets.protocol import Target

Connect: TypeAlias = "Callable[[str, Mapping[str, Any]], Target]"
"""(system, options of the template) -> an open target. Raises UsageError for another system."""


@dataclass(frozen=True)
class ImportRequest:
    """What to import: files, how, and into which target; `target` is its name in the settings."""

    files: Sequence[Path]
    options: Options
    target: str
    connect: Connect


@dataclass(frozen=True, slots=True)
class SheetCount:
    """A sheet that was read: its name, the name of its rule, its rows that are not blank."""

    name: str
    kind: str
    rows: int

    def as_json(self) -> dict[str, Any]:
        """Return it as `check --format json` prints it."""
        return {"name": self.name, "kind": self.kind, "rows": self.rows}


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows were read, and how many of them failed the checks."""

    rows: int
    invalid: int

    @property
    def valid(self) -> int:
        """The rows that passed."""
        return self.rows - self.invalid

    def as_json(self) -> dict[str, int]:
        """Return them as `check --format json` prints them."""
        return {"rows": self.rows, "valid": self.valid, "invalid": self.invalid}


@dataclass
class CheckResult:
    """What a check found. `guesses` explain how text files were understood.

    `why` says what kept a report out of its file, where something did.
    """

    template: str
    sheets: list[SheetCount]
    counts: RowCounts
    findings: list[Finding]
    guesses: list[str] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def exit_status(self) -> int:
        """0 where there is no error, else 1."""
        return 0 if self.ok else 1

    def as_json(self) -> dict[str, Any]:
        """Return the object that `check --format json` prints."""
        return {
            "ok": self.ok,
            "template": self.template,
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "counts": self.counts.as_json(),
            "findings": [finding_json(finding) for finding in self.findings],
        }


@dataclass
class Preview:
    """What a run is about to do: rows by action (or `invalid`, `held`).

    What the guard holds is sent after all where a user confirms; `findings` say what that is.
    """

    target: str
    counts: dict[str, int]
    findings: list[Finding]


@dataclass(frozen=True)
class PlannedRow:
    """What a run would do for one row; `fields` are its diffs by heading.

    `row` is below 0 for what no row of the files names.
    """

    file: str
    sheet: str
    row: int
    action: str
    key: str
    fields: dict[str, FieldDiff]

    def as_json(self) -> dict[str, Any]:
        """Return a change of the object that `plan --format json` prints."""
        return {
            "sheet": self.sheet,
            "row": _row(self.row),
            "action": self.action,
            "key": self.key,
            "fields": {name: {"old": d.old, "new": d.new} for name, d in self.fields.items()},
        }


@dataclass
class PlanResult:
    """What a run would do, row by row; `counts` are rows by action, `invalid` and `blocked` too.

    `saved` is what a file keeps of the plan, to which a later run can be held; None unless asked.
    """

    target: str
    counts: dict[str, int]
    changes: list[PlannedRow]
    findings: list[Finding]
    saved: SavedPlan | None = None

    @property
    def exit_status(self) -> int:
        """0 where every row can be sent, else 1."""
        return int(bool({"invalid", "blocked", "held"} & self.counts.keys()))

    def as_json(self) -> dict[str, Any]:
        """Return the object that `plan --format json` prints."""
        return {
            "target": self.target,
            "counts": self.counts,
            "changes": [change.as_json() for change in self.changes],
            "findings": [finding_json(finding) for finding in self.findings],
        }


@dataclass
class RunResult:
    """The outcome of a run. `why` says what stopped it, or its report, where something did.

    `undoes` names the run that it undoes, if it does.
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

    @property
    def exit_status(self) -> int:
        """0 all rows fine and reported, 1 some not imported or no report, 3 stopped early."""
        if self.state is not RunState.FINISHED:
            return 3
        return 0 if not self.why and all(Status(status).fine for status in self.counts) else 1

    def as_json(self) -> dict[str, Any]:
        """Return the object that `run --format json` prints."""
        return {
            "run": self.run,
            "target": self.target,
            "state": self.state.value,
            "counts": counts_json(self.counts),
            "findings": [finding_json(finding) for finding in self.findings],
            "report": _one_or_all([str(path) for path in self.reports]),
        }


def counts_json(counts: Mapping[str, int]) -> dict[str, int]:
    """Return rows by outcome, with every outcome."""
    return {status.value: counts.get(status.value, 0) for status in Status}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON: its place in the user's terms."""
    place = finding.place
    return {
        "sheet": place.sheet,
        "row": _row(place.row),
        "column": place.heading,
        "cell": place.cell,
        "value": finding.value,
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _row(row: int) -> int | None:
    return row if row > 0 else None


def _one_or_all(paths: Sequence[str]) -> str | list[str] | None:
    return list(paths) if len(paths) > 1 else next(iter(paths), None)
