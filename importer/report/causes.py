"""Findings grouped by cause, so that a mistake repeated on many rows is reported once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from importer.model import Severity
from importer.report.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importer.model import Finding, Place

EXAMPLES = 4
"""How many places a cause names."""

GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
"""The order of severities, gravest first."""


@dataclass(slots=True)
class Cause:
    """A problem, however often it occurs: findings of the same code, value and heading."""

    first: Finding
    rows: int = 0
    places: list[Place] = field(default_factory=list)
    count: int = 0
    alike: bool = True
    _last: tuple[str, str, int] | None = None

    def add(self, finding: Finding) -> None:
        """Add a finding; consecutive findings on the same row count as one row."""
        place = finding.place
        row = (place.file, place.sheet, place.row)
        again = row == self._last and bool(place.row)
        self.rows += bool(place.row) and not again
        self._last = row
        self.alike = self.alike and finding.message == self.first.message
        if again and self.places[-1:] == [place]:
            return
        self.count += 1
        if len(self.places) < EXAMPLES:
            self.places.append(place)

    @property
    def text(self) -> str:
        """The sentence of the first finding."""
        return sentence(self.first) + ("" if self.alike else " (and others like it)")


def group(findings: Iterable[Finding]) -> list[Cause]:
    """Return the causes of `findings` (in row order): gravest first, then by number of rows."""
    causes: dict[tuple[str, str, str, str | None], Cause] = {}
    for finding in findings:
        heading = finding.place.heading or str(finding.place.column)
        key = (finding.severity, finding.code, heading, finding.value)
        causes.setdefault(key, Cause(finding)).add(finding)
    return sorted(causes.values(), key=lambda cause: (GRAVITY[cause.first.severity], -cause.rows))
