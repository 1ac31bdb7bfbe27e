"""What the pipeline hands to its edges: the outcome of a check, a preview, the outcome of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from importer.model import Finding, Severity, Status

if TYPE_CHECKING:
    from importer.targets.protocol import Target

Connect: TypeAlias = "Callable[[str, Mapping[str, Any]], Target]"
"""(system, options of the template) -> an open target. Raises UsageError for another system."""


SENDING_STAGE = "Sending"
"""The stage in which a run is broken off between two batches only."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How files are read and sent. `only` holds `SHEET` or `SHEET=KIND`.

    `stop_after` batches' worth of rows refused in a row end the run (None: 5, 0: nothing does).
    What did not land within `landing` seconds after it was sent never will. Rows that change more
    than `mass_rows` entities, and more than `mass_share` of what stands there, are held unless
    `allow_mass_change`. What stands in one of `prune` (its name or id) and in no file is deleted.
    """

    template: str | None = None
    only: tuple[str, ...] = ()
    strict: bool = False
    batch_size: int | None = None
    jobs: int = 4
    stop_after: int | None = None
    landing: float = 60.0
    mass_rows: int = 10
    mass_share: float = 0.1
    allow_mass_change: bool = False
    prune: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportTo:
    """Where reports go: `path` is a file, or a folder where there are several inputs.

    `suffix` stands before the ending of a report whose name nobody gave.
    """

    path: Path | None = None
    in_place: bool = False
    wanted: bool = True
    suffix: str = "result"

    def as_facts(self) -> dict[str, Any]:
        """What a run remembers of it, so that whoever resumes the run need not say it again."""
        path = str(self.path.absolute()) if self.path else None
        return {"path": path, "in_place": self.in_place}


class Progress(Protocol):
    """Someone who looks on."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins; `total` counts what it has to do, where that is known."""
        ...

    def advance(self, count: int) -> None:
        """So many more are done."""
        ...

    def tell(self, words: str) -> None:
        """Something that takes time or a decision, in a sentence."""
        ...

    def between(self) -> None:
        """Between two batches. Raises KeyboardInterrupt where the run is to be broken off."""
        ...


class NoProgress:
    """Nobody looks on."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""

    def tell(self, words: str) -> None:
        """Say nothing."""

    def between(self) -> None:
        """Go on."""


@dataclass
class CheckResult:
    """What a check found. `why` says what kept a report out of its file, where something did."""

    template: str
    sheets: list[dict[str, Any]]
    counts: dict[str, int]
    findings: list[Finding]
    guesses: list[str] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing keeps a row from being sent."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def exit_status(self) -> int:
        """0 where all is fine, 1 where there are errors."""
        return 0 if self.ok else 1

    def as_json(self) -> dict[str, Any]:
        """The object that `check --format json` prints."""
        return {
            "ok": self.ok,
            "template": self.template,
            "sheets": self.sheets,
            "counts": self.counts,
            "findings": [finding_json(finding) for finding in self.findings],
        }


@dataclass
class Preview:
    """What a run would do, in rows: action (or `invalid`) -> how many.

    Some of it may be held unless somebody says yes: `findings` say so.
    """

    target: str
    counts: dict[str, int]
    findings: list[Finding]


@dataclass(frozen=True)
class Intended:
    """What a run would do for one row; `fields` has old and new value by heading."""

    file: str
    sheet: str
    row: int
    action: str
    key: str
    fields: dict[str, list[Any]]

    def as_json(self) -> dict[str, Any]:
        """A change in the object that `plan --format json` prints."""
        fields = {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()}
        return {
            "sheet": self.sheet,
            "row": self.row if self.row > 0 else None,
            "action": self.action,
            "key": self.key,
            "fields": fields,
        }


@dataclass
class PlanResult:
    """What a run would do, row by row; `counts` are rows by action, `invalid` and `blocked` too.

    `kept` is what a file keeps of it, by which a later run is held to it.
    """

    target: str
    counts: dict[str, int]
    changes: list[Intended]
    findings: list[Finding]
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """0 where every row can be sent, 1 where some cannot."""
        return int(bool({"invalid", "blocked", "held"} & self.counts.keys()))

    def as_json(self) -> dict[str, Any]:
        """The object that `plan --format json` prints."""
        return {
            "target": self.target,
            "counts": self.counts,
            "changes": [change.as_json() for change in self.changes],
            "findings": [finding_json(finding) for finding in self.findings],
        }


@dataclass
class RunResult:
    """What became of a run. `why` says what stopped it, or its report, where something did.

    `undoes` names the run that it takes back, if it does.
    """

    run: str
    target: str
    state: str
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
        if self.state != "finished":
            return 3
        return 0 if not self.why and all(Status(status).fine for status in self.counts) else 1

    def as_json(self) -> dict[str, Any]:
        """The object that `run --format json` prints."""
        return {
            "run": self.run,
            "target": self.target,
            "state": self.state,
            "counts": {status.value: self.counts.get(status.value, 0) for status in Status},
            "findings": [finding_json(finding) for finding in self.findings],
            "report": _one_or_all([str(path) for path in self.reports]),
        }


def _one_or_all(paths: Sequence[str]) -> str | list[str] | None:
    return list(paths) if len(paths) > 1 else next(iter(paths), None)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON: its place in the user's terms."""
    place = finding.place
    return {
        "sheet": place.sheet,
        "row": place.row if place.row > 0 else None,
        "column": place.heading,
        "cell": place.cell,
        "value": finding.value,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def strictly(findings: Sequence[Finding]) -> list[Finding]:
    """Findings with every warning an error."""
    return [
        Finding(**{**_fields(f), "severity": Severity.ERROR})
        if f.severity is Severity.WARNING
        else f
        for f in findings
    ]


def _fields(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "place": finding.place}
