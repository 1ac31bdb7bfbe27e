"""Findings as a whole: which rows they make invalid, in which order they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from importer.model import Finding, Severity
from importer.pipeline.steps.intake import Intake
from importer.report.wording import plural
from importer.suggest import listed


def warnings_as_errors(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings with every warning an error."""
    return [
        replace(one, severity=Severity.ERROR) if one.severity is Severity.WARNING else one
        for one in findings
    ]


def reading_order(finding: Finding) -> tuple[Any, ...]:
    """Sort findings by file, sheet, row and column, the worst first."""
    place = finding.place
    rank = [Severity.ERROR, Severity.WARNING, Severity.INFO].index(finding.severity)
    return (place.file, place.sheet, place.row, place.column, rank)


def invalid_rows(intake: Intake, findings: Iterable[Finding]) -> Iterator[tuple[int, int]]:
    """Yield sheet number and row of every row with an error.

    An error in its headings makes every row of a sheet invalid.
    """
    sheets = {(sheet.file, sheet.name): sheet for sheet in intake.sheets}
    refused = set[int]()
    for source in intake.sources:
        yield from ((source.sheet.no, row) for row in source.refused)
    for finding in findings:
        place = finding.place
        sheet = sheets.get((place.file, place.sheet))
        if finding.severity is not Severity.ERROR or not place.row or sheet is None:
            continue
        if place.row > sheet.header.row:
            yield sheet.no, place.row
        else:
            refused.add(sheet.no)
    for entity in intake.registry.entities if refused else ():
        if entity.sheet.no in refused:
            yield entity.where


def still_has(labels: Sequence[str]) -> str:
    """Return ``still has `A`, `B` and 2 more in it``: why something stays."""
    return f"still has {listed(labels)} in it"


def tally(words: Iterable[str]) -> str:
    """Return how many there are of each: `1 link and 2 readmes`."""
    return listed([plural(number, word) for word, number in Counter(words).items()], quote="")
