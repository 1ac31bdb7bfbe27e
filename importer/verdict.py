"""All that was read and what is live in, every reference resolved and the rows in error out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from importer.intake import Intake, rows_in_error
from importer.model import Finding, Severity
from importer.order import LiveIndex, Resolver
from importer.results import strictly


def resolved(
    intake: Intake, directory: LiveIndex, *, strict: bool, looked_up: bool
) -> tuple[Resolver, list[Finding]]:
    """Resolve all references; the rows that any error makes invalid are marked as such.

    What several rows state is as good as the best of them.
    """
    resolver = Resolver(
        intake.template, intake.registry, directory, intake.sheets, looked_up=looked_up
    )
    findings = intake.findings + list(resolver.resolve())
    if strict:
        findings = strictly(findings)
    bad = set(invalid_rows(intake, findings))
    for entity in intake.registry.entities if bad else ():
        if bad.issuperset((entity.where, *entity.also)):
            entity.valid = False
    return resolver, findings


def invalid_rows(intake: Intake, findings: Iterable[Finding]) -> Iterator[tuple[int, int]]:
    """Sheet number and row of every row in error; a header in error is every row of its sheet."""
    sheets = {(sheet.file, sheet.name): sheet for sheet in intake.sheets}
    refused = {sheet.no for sheet in intake.sheets if sheet.refused}
    for file, name, row in rows_in_error(list(findings)):
        sheet = sheets.get((file, name))
        if sheet is not None and row > sheet.header.row:
            yield sheet.no, row
        elif sheet is not None:
            refused.add(sheet.no)
    for entity in intake.registry.entities if refused else ():
        if entity.sheet.no in refused:
            yield entity.where


def row_order(finding: Finding) -> tuple[Any, ...]:
    """Sorts findings as a reader meets them: by file, sheet, row and column, the worst first."""
    rank = [Severity.ERROR, Severity.WARNING, Severity.INFO].index(finding.severity)
    place = finding.place
    return (place.file, place.sheet, place.row, place.column, rank)
