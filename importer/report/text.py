"""The short report for a terminal: causes of problems first, then counts, without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.model import FINE, Status
from importer.report.causes import group
from importer.report.wording import one_line, plural, shorten, spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from importer.model import Finding, Place
    from importer.report.causes import Cause

LINE_LIMIT = 300
VALID = "valid"
"""Among the counts of a check, the rows that passed."""


def summarise(counts: Mapping[str, int], findings: Sequence[Finding], limit: int = 20) -> str:
    """Return why rows failed, by cause (at most `limit`), then the counts of all outcomes."""
    return "\n".join([*cause_lines(findings, limit), *count_lines(counts)])


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


def cause_lines(findings: Sequence[Finding], limit: int = 20) -> list[str]:
    """Return two lines for each of `limit` causes: how many rows and why, then the first cells."""
    causes = group(sorted(findings, key=_row_order))
    several = len({finding.place.file for finding in findings}) > 1
    lines = [line for cause in causes[:limit] for line in _described(cause, several)]
    if len(causes) > limit:
        lines.append(f"and {plural(len(causes) - limit, 'more cause')}")
    return lines


def _row_order(finding: Finding) -> tuple[str, str, int, int]:
    place = finding.place
    return place.file, place.sheet, place.row, place.column


def _described(cause: Cause, several_files: bool) -> list[str]:
    how_many = f"{plural(cause.rows, 'row')}: " if cause.rows else ""
    text = shorten(one_line(cause.text), LINE_LIMIT)
    return [f"{cause.first.severity}: {how_many}{text}", f"    {_examples(cause, several_files)}"]


def _examples(cause: Cause, several_files: bool) -> str:
    more = cause.count - len(cause.places)
    shown = ", ".join(_where(place, several_files) for place in cause.places)
    return f"{shown} and {more:,} more" if more else shown


def _where(place: Place, with_file: bool) -> str:
    sheet = one_line(f"{place.file}: {place.sheet}" if with_file else place.sheet)
    return f"{sheet} {spot(place)}".strip()
