"""Counts of outcomes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.model import FINE, Status
from importer.report.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

VALID = "valid"
"""Among the counts of a check, the rows that passed."""


def headline(counts: Mapping[str, int]) -> str:
    """Return a sentence such as `988 of 1,000 rows are fine, 12 need attention.`"""
    total, fine = sum(counts.values()), sum(counts.get(each, 0) for each in (*FINE, VALID))
    if not total:
        return "No rows."
    if fine == total:
        return "The only row is fine." if total == 1 else f"All {total:,} rows are fine."
    if total == 1:
        return "The only row needs attention."
    wanting = total - fine
    verb, need = "is" if fine == 1 else "are", "needs" if wanting == 1 else "need"
    return f"{fine:,} of {plural(total, 'row')} {verb} fine, {wanting:,} {need} attention."


def count_lines(counts: Mapping[str, int]) -> list[str]:
    """Return `1,000 rows: 950 created, 38 unchanged, 12 invalid`, or no line without rows."""
    known = [status for status in Status if counts.get(status)]
    if not known:
        return []
    parts = ", ".join(f"{counts[status]:,} {status}" for status in known)
    return [f"{plural(sum(counts[status] for status in known), 'row')}: {parts}"]
