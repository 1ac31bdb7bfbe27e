"""Says once that a required column stands under a heading that is misspelt, with the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.mapping.absent import Absence
from importer.model import Finding, Severity


def with_misspelt(
    headings: Sequence[Finding], absences: Sequence[tuple[Absence, Finding]]
) -> Iterator[Finding]:
    """Yield the findings on headings, and on columns that are absent, none of them said twice.

    An unknown heading that is like a required one most likely is that column.
    """
    lacking = {
        name for absence, _ in absences if len(absence.headings) == 1 for name in absence.headings
    }
    explained = set[str]()
    for finding in headings:
        name = finding.suggestion or ""
        if finding.code is FindingCode.UNKNOWN_HEADING and name in lacking - explained:
            explained.add(name)
            yield _misspelt(finding, name)
        else:
            explained |= {name} if finding.severity is Severity.ERROR and name else set()
            yield finding
    yield from (found for absence, found in absences if absence.headings.isdisjoint(explained))


def _misspelt(finding: Finding, name: str) -> Finding:
    message = (
        f"{name} is required, and the sheet has no such column. The heading `{finding.value}` is "
        f"not known: if it means {name}, rename it."
    )
    return replace(
        finding, code=FindingCode.MISSING_COLUMN, message=message, severity=Severity.ERROR
    )
