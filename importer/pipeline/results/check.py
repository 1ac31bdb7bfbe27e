"""The result of a check, and its JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from importer.errors import ReasonCode
from importer.model import Finding, Severity, SheetLayout
from importer.pipeline.finding_json import finding_json
from importer.pipeline.reason import Reason, many, missing_report
from importer.pipeline.results.counts import Objects, RowCounts, Rows, SheetCount

if TYPE_CHECKING:
    from importer.read import Input


class CheckResult(Struct):
    """What a check found. `guesses` explain how text files were understood.

    `why` says what kept a report out of its file, where something did. `layouts` are where the
    tables of `sheets` stand, in the same order; `inputs` are the files, to be read again.
    """

    template: str
    sheets: list[SheetCount]
    counts: RowCounts
    findings: list[Finding]
    guesses: list[str] = field(default_factory=list)
    reports: list[Path] = field(default_factory=list)
    why: str = ""
    objects: Objects = field(default_factory=dict)
    layouts: list[SheetLayout] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)

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
