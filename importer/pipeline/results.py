"""What the commands return: the result of a check, of a plan, of a run, and their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from importer.errors import ReasonCode
from importer.model import FINE, Action, Finding, RunState, Severity, Status
from importer.options import Options
from importer.pipeline.finding_json import counts_json, finding_json, one_or_all, row_json
from importer.pipeline.reason import Reason, many, missing_report

if TYPE_CHECKING:
    from importer.pipeline.saved_plan import SavedPlan
    from importer.targets.planned_change import FieldDiff
    from importer.targets.protocol import Target

Objects: TypeAlias = Mapping[tuple[str, str], int]
"""How many objects there are of a kind, by kind and outcome; one row may make several."""
Connect: TypeAlias = "Callable[[Sequence[str], Mapping[str, Any]], Target]"
"""(systems, options of the template) -> an open target of one of them. Raises UsageError."""


_NOT_SENT = frozenset({"invalid", "blocked", "held"})
"""The rows that a plan does not send."""


@dataclass(frozen=True)
class ImportRequest:
    """What to import: files, how, and into which target; `target` is its name in the settings."""

    files: Sequence[Path]
    options: Options
    target: str
    connect: Connect


IMPORTED = frozenset({*FINE, *Action}) - {Status.SKIPPED}
"""The outcomes and the planned actions of rows that are, or would be, in the target."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What became of the rows of the files: each that was read is one of the other three.

    For a check and a plan, `imported` counts those that a run would import.
    """

    read: int = 0
    imported: int = 0
    reported: int = 0
    skipped: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Add up rows by outcome or by planned action."""
        read, skipped = sum(counts.values()), counts.get(Status.SKIPPED, 0)
        imported = sum(number for name, number in counts.items() if name in IMPORTED)
        return cls(read, imported, read - imported - skipped, skipped)

    def as_json(self) -> dict[str, int]:
        """Return them as every JSON object has them."""
        return asdict(self)


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
    """How many rows were read, how many failed the checks, and how many are left out on purpose."""

    rows: int
    invalid: int
    skipped: int = 0

    @property
    def valid(self) -> int:
        """The rows that passed."""
        return self.rows - self.invalid - self.skipped

    def as_json(self) -> dict[str, int]:
        """Return them as `check --format json` prints them."""
        return {**asdict(self), "valid": self.valid}


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
    objects: Objects = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def exit_status(self) -> int:
        """0 where there is no error, else 1."""
        return 0 if self.ok else 1

    @property
    def rows(self) -> Rows:
        """What would become of the rows."""
        counts = self.counts
        return Rows(counts.rows, counts.valid, counts.invalid, counts.skipped)

    @property
    def reason(self) -> Reason | None:
        """Why the exit status is not 0, or why a report is not in its file."""
        if self.ok:
            return missing_report(self.why)
        found = sum(finding.severity is Severity.ERROR for finding in self.findings)
        return Reason(ReasonCode.ERRORS_FOUND, f"{many(found, 'error')} found: see `findings`.")

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
    objects: Objects = field(default_factory=dict)


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
            "row": row_json(self.row),
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
    objects: Objects = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """0 where every row can be sent, else 1."""
        return int(bool(_NOT_SENT & self.counts.keys()))

    @property
    def rows(self) -> Rows:
        """What would become of the rows of the files."""
        return Rows.of(self.counts)

    @property
    def reason(self) -> Reason | None:
        """Why the exit status is not 0."""
        if not self.exit_status:
            return None
        kept = sum(self.counts.get(name, 0) for name in _NOT_SENT)
        return Reason(ReasonCode.NOT_ALL_SENDABLE, f"{many(kept, 'row')} would not be sent.")

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

    `stop` is the code of what stopped it. `undoes` names the run that it undoes, if it does.
    `undone` says whether another run has undone this one. `asked` is what the run was asked for,
    `named` its files as they were given.
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
    stop: str = ""
    rows: Rows = Rows()
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
