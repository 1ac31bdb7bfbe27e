"""The rows of the DataFrames that results have: findings, changes, outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from importer.api.places import Places

if TYPE_CHECKING:
    import pandas as pd

    from importer.model import Finding, RowResult
    from importer.pipeline.results import PlannedRow

AT = ("file", "sheet", "row", "index")
FINDINGS = (
    *AT, "column", "cell", "value", "code", "severity", "message", "suggestion", "more_rows",
)  # fmt: skip
CHANGES = (*AT, "action", "key", "column", "old", "new", "held")
ROWS = (*AT, "name", "status", "message", "id")

Record = tuple[Any, ...]


def finding_records(findings: Iterable[Finding], places: Places) -> Iterator[Record]:
    """Yield the findings, as FINDINGS names their parts."""
    for one in findings:
        at = one.place
        yield (
            *_at(places, at.file, at.sheet, at.row),
            at.heading,
            places.cell(at.file, at.cell),
            one.value,
            one.code.value,
            one.severity.value,
            places.words(at.file, one.message),
            one.suggestion,
            one.more_rows,
        )


def change_records(
    changes: Iterable[PlannedRow], held: frozenset[tuple[str, str, int]], places: Places
) -> Iterator[Record]:
    """Yield the changes, one for each field, as CHANGES names their parts; else one for the row."""
    for one in changes:
        at = _at(places, one.file, one.sheet, one.row)
        is_held = (one.file, one.sheet, one.row) in held
        for heading, diff in one.fields.items():
            yield (*at, one.action, one.key, heading, diff.old, diff.new, is_held)
        if not one.fields:
            yield (*at, one.action, one.key, None, None, None, is_held)


def row_records(rows: Iterable[RowResult], places: Places) -> Iterator[Record]:
    """Yield what became of rows, as ROWS names the parts."""
    for one in rows:
        yield (
            *_at(places, one.file, one.sheet, one.row),
            one.name,
            one.status.value,
            places.words(one.file, one.message),
            one.id,
        )


def _at(places: Places, file: str, sheet: str, row: int) -> tuple[str, str, int | None, Any]:
    return file, sheet, places.row(file, row), places.label(file, sheet, row)


def frame_of(columns: Sequence[str], records: Iterable[Record]) -> pd.DataFrame:
    """Return a DataFrame with these columns, whatever there is to fill it; rows are integers."""
    import pandas as pd

    values = list(zip(*records, strict=True)) or [()] * len(columns)
    found = {name: _series(list(some)) for name, some in zip(columns, values, strict=True)}
    frame = pd.DataFrame(found)
    whole = {"row": "Int64", "more_rows": "int64", "held": "bool"}
    return frame.astype({name: kind for name, kind in whole.items() if name in columns})


def _series(values: list[Any]) -> pd.Series[Any]:
    """Return values as they are: a label may be a tuple, an old value a list."""
    import pandas as pd

    return pd.Series(values, dtype=object)
