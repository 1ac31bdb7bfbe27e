"""What a job expects of its files: asked before anything is sent, and said in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from importer.errors import NotExpected
from importer.job_expect import ExpectSettings, duration
from importer.journal.row_counts import ReadRows

STOPPED = "nothing was sent"


class Before(Struct, frozen=True):
    """The rows that a run is compared with; None where there are none."""

    rows: int | None


def demand_rows(rows: ReadRows) -> None:
    """Raise NotExpected for a file without rows: that is never a good night."""
    empty = [name for name, number in rows.of_files.items() if not number]
    if empty:
        raise NotExpected(f"{empty[0]} has no rows below its headings; {STOPPED}.")


def demand_expected(
    expect: ExpectSettings, rows: ReadRows, sheets: Sequence[str], before: Before
) -> None:
    """Raise NotExpected where the rows or the sheets of a run are not as expected."""
    demand_rows(rows)
    _demand_sheets(expect, sheets)
    total = rows.total
    if expect.min_rows and total < expect.min_rows:
        raise NotExpected(
            f"{_rows_read(total)}; {expect.min_rows:,} is the least that is expected; {STOPPED}."
        )
    if expect.max_invalid is not None and rows.invalid > expect.max_invalid * total:
        raise NotExpected(
            f"{rows.invalid:,} of {total:,} rows have errors, and {_share(expect.max_invalid)} is "
            f"the most that is expected; {STOPPED}."
        )
    _demand_no_drop(expect, total, before)


def demand_fresh(
    expect: ExpectSettings, files: Iterable[tuple[str, dt.datetime | None]], now: float
) -> None:
    """Raise NotExpected for a file (name, when it was changed) that is older than expected."""
    most = duration(expect.max_age)
    if most is None:
        return
    at = dt.datetime.fromtimestamp(now, dt.UTC)
    for name, modified in files:
        if modified and at - modified > most:
            hours = (at - modified).total_seconds() / 3600
            raise NotExpected(
                f"{name} was changed {hours:.1f} hours ago, and {expect.max_age} is the most that "
                f"is expected; {STOPPED}."
            )


def demand_some(expect: ExpectSettings, since: float, now: float) -> None:
    """Raise NotExpected where no file has come since a time that is too long ago."""
    most = duration(expect.max_age)
    if most is not None and now - since > most.total_seconds():
        raise NotExpected(
            f"No file has come for {(now - since) / 3600:.1f} hours, and {expect.max_age} is the "
            f"most that is expected; {STOPPED}."
        )


def _demand_sheets(expect: ExpectSettings, sheets: Sequence[str]) -> None:
    for name in expect.sheets:
        if name not in sheets:
            there = f"there are: {', '.join(sheets)}" if sheets else "there is none"
            raise NotExpected(f"There is no sheet {name}; {there}; {STOPPED}.")


def _demand_no_drop(expect: ExpectSettings, total: int, before: Before) -> None:
    if expect.max_drop is None or not before.rows:
        return
    gone = (before.rows - total) / before.rows
    if gone > expect.max_drop:
        raise NotExpected(
            f"{_rows_read(total)}, {_share(gone)} fewer than the {before.rows:,} of last time; "
            f"{_share(expect.max_drop)} is the most that is expected; {STOPPED}."
        )


def _share(share: float) -> str:
    return f"{share * 100:.0f}%"


def _rows_read(total: int) -> str:
    return "1 row was read" if total == 1 else f"{total:,} rows were read"
