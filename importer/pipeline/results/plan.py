"""What a run would do: in short, before it does it, and row by row; and its JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from importer.errors import ReasonCode
from importer.model import Finding
from importer.pipeline.finding_json import finding_json
from importer.pipeline.reason import Reason, many
from importer.pipeline.results.counts import Objects, Rows
from importer.pipeline.results.planned_rows import PlannedRows

if TYPE_CHECKING:
    from importer.pipeline.saved_plan import SavedPlan

_NOT_SENT = frozenset({"invalid", "blocked", "held"})
"""The rows that a plan does not send."""


class Preview(Struct):
    """What a run is about to do: rows by action (or `invalid`, `held`).

    What the guard holds is sent after all where a user confirms; `findings` say what that is.
    """

    target: str
    counts: dict[str, int]
    findings: list[Finding]
    objects: Objects = field(default_factory=dict)


class PlanResult(Struct):
    """What a run would do, row by row; `counts` are rows by action, `invalid` and `blocked` too.

    `saved` is what a file keeps of the plan, to which a later run can be held; None unless asked.
    `held` are the rows (file, sheet, row) that the guard keeps until somebody releases them, though
    `changes` say what they would do; `held_for` says why, a sentence each.
    """

    target: str
    counts: dict[str, int]
    changes: PlannedRows
    findings: list[Finding]
    saved: SavedPlan | None = None
    objects: Objects = field(default_factory=dict)
    held: frozenset[tuple[str, str, int]] = frozenset()
    held_for: tuple[str, ...] = ()

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
