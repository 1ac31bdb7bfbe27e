"""Lists as messages name them: `rows 4 to 7, 9 and 12`, `a, b and 120 more`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

SHOWN = 4
"""How many are named where there are more; with one more, all but one of these."""


def in_words(rows: Iterable[int]) -> str:
    """Return `row 4`, `rows 4 to 3001`, `rows 4, 7, 9 and 120 more`."""
    numbers = sorted(set(rows))
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    ranges = list(_ranges(numbers))
    shown = ranges if len(ranges) <= SHOWN else ranges[: SHOWN - 1]
    parts = [str(a) if a == b else f"{a} to {b}" for a, b in shown]
    more = len(numbers) - sum(b - a + 1 for a, b in shown)
    return f"rows {and_more(parts, more)}"


def _ranges(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of rows that follow each other; two alone are no range."""
    ends = [i for i, (a, b) in enumerate(pairwise(rows)) if b != a + 1]
    for start, end in zip([0, *(i + 1 for i in ends)], [*ends, len(rows) - 1], strict=True):
        if end - start == 1:
            yield from ((rows[start],) * 2, (rows[end],) * 2)
        else:
            yield rows[start], rows[end]


def and_more(parts: Sequence[str], more: int = 0) -> str:
    """Return `a, b and c`, or `a, b and 120 more`."""
    last = f"{more:,} more" if more else parts[-1]
    before = parts if more else parts[:-1]
    return f"{', '.join(before)} and {last}" if before else last
