"""The report of a DataFrame: a copy of it with the outcome of each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from importer.model import OWN_COLUMNS, Severity, Status

if TYPE_CHECKING:
    import pandas as pd

    from importer.api.places import Places
    from importer.model import Finding, RowResult

Outcome = tuple[str, str, str]
"""Status, message and id of a row."""

_NONE: Outcome = ("", "", "")


def with_reasons(rows: Iterable[RowResult], findings: Iterable[Finding]) -> Iterator[RowResult]:
    """Yield outcomes; that of an invalid row says what is wrong with it, as a report does."""
    why: defaultdict[tuple[str, str, int], list[str]] = defaultdict(list)
    for one in findings:
        if one.severity is Severity.ERROR and one.place.row > 0:
            why[one.place.file, one.place.sheet, one.place.row].append(one.message)
    for row in rows:
        found = why.get((row.file, row.sheet, row.row), ()) if row.status is Status.INVALID else ()
        yield replace(row, message=" ".join(dict.fromkeys(found))) if found else row


def reported(
    frames: Mapping[str, Mapping[str, pd.DataFrame]], rows: Iterable[RowResult], places: Places
) -> dict[str, pd.DataFrame]:
    """Return copies of DataFrames by sheet; the columns of an earlier report are replaced."""
    found: defaultdict[tuple[str, str], dict[int, Outcome]] = defaultdict(dict)
    for one in rows:
        if (at := places.row(one.file, one.row)) is not None:
            words = places.words(one.file, one.message)
            found[one.file, one.sheet][at] = (one.status.value, words, one.id)
    return {
        sheet: _with_outcomes(frame, found[file, sheet])
        for file, sheets in frames.items()
        for sheet, frame in sheets.items()
    }


def _with_outcomes(frame: pd.DataFrame, outcomes: Mapping[int, Outcome]) -> pd.DataFrame:
    levels = frame.columns.nlevels
    names = [_name(name, levels) for name in OWN_COLUMNS]
    kept = frame.loc[:, [name not in names for name in frame.columns]].copy()
    own = [outcomes.get(at, _NONE) for at in range(len(frame))]
    for at, name in enumerate(names):
        kept.insert(kept.shape[1], name, [one[at] for one in own])
    return kept


def _name(name: str, levels: int) -> Any:
    """Return the name of a column where names have so many levels."""
    return name if levels == 1 else (name, *[""] * (levels - 1))
