"""The three lines of a message: what changed, what failed and why, where the report is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.model import FINE, Status

QUIET = (Status.UNCHANGED, Status.MERGED, Status.SKIPPED)
"""The outcomes of rows of which nothing was sent."""

MEANINGS = {code.value: code.meaning.partition(";")[0].rstrip(".") for code in FindingCode}

MOST_NAMED = 3
"""So many reports are named."""

LONGEST_WHY = 1000
"""So much of a reason is shown: a pass of many files may have one for each."""

LONGEST = 100
"""So much of a sheet's name or a heading is shown: they come with the file."""


def changed(counts: Mapping[str, int], before: Mapping[str, int]) -> str:
    """Return what a pass changed, against the last good one."""
    now = _counted(counts, fine=True) or "nothing"
    if not before:
        return f"Changed: {now}."
    then = _counted(before, fine=True) or "nothing"
    return f"Changed: {now}. The time before: {then}{_more_rows(counts, before)}."


def told_why(counts: Mapping[str, int], why: str) -> str:
    """Return what failed, and the reason."""
    bad = _counted(counts, fine=False)
    if not bad and not why:
        return "Failed: nothing."
    shown = why if len(why) <= LONGEST_WHY else f"{why[:LONGEST_WHY]}…"
    return " ".join(filter(None, (f"Failed: {bad}." if bad else "Failed:", shown)))


def bad_rows(places: Sequence[tuple[str, int, str, str]]) -> str:
    """Return where rows (sheet, row, heading, code) stand that failed, and what is wrong there."""
    return " ".join(
        f"{_place(sheet, row, column)}: {_meaning(code)}." for sheet, row, column, code in places
    )


def reported(reports: Sequence[str], runs: Sequence[str]) -> str:
    """Return where to read more."""
    if reports:
        more = len(reports) - MOST_NAMED
        others = f" and {more:,} more" if more > 0 else ""
        return f"Report: {', '.join(reports[:MOST_NAMED])}{others}"
    if runs:
        return f"Report: none; `importer runs {runs[-1]}` tells more."
    return "Report: none; nothing was read."


def _counted(counts: Mapping[str, int], *, fine: bool) -> str:
    """Return rows by outcome, what was sent before what was not; nothing where there are none."""
    kinds = [one for one in Status if (one in FINE) == fine and counts.get(one.value)]
    kinds.sort(key=lambda one: one in QUIET)
    return ", ".join(f"{counts[one.value]:,} {one.value}" for one in kinds)


def _more_rows(counts: Mapping[str, int], before: Mapping[str, int]) -> str:
    more = sum(counts.values()) - sum(before.values())
    return f" ({abs(more):,} rows {'more' if more > 0 else 'fewer'} now)" if more else ""


def _place(sheet: str, row: int, column: str) -> str:
    where = f"{sheet[:LONGEST]} row {row}" if row > 0 else sheet[:LONGEST]
    return ", ".join(filter(None, (where, column[:LONGEST])))


def _meaning(code: str) -> str:
    return MEANINGS.get(code, code)
