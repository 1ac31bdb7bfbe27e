"""Findings, counts and paths as the JSON objects of the commands have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from importer.model import Finding, Status


def counts_json(counts: Mapping[str, int]) -> dict[str, int]:
    """Return rows by outcome, with every outcome."""
    return {status.value: counts.get(status.value, 0) for status in Status}


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON: its place in the user's terms."""
    place = finding.place
    return {
        "sheet": place.sheet,
        "row": row_json(place.row),
        "column": place.heading,
        "cell": place.cell,
        "value": finding.value,
        "code": finding.code.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "more_rows": finding.more_rows,
    }


def row_json(row: int) -> int | None:
    """Return the row as the spreadsheet shows it, None where no row of a file is meant."""
    return row if row > 0 else None


def one_or_all(paths: Sequence[str]) -> str | list[str] | None:
    """Return one path as it is, several as a list, None where there is none."""
    return list(paths) if len(paths) > 1 else next(iter(paths), None)
