"""Row numbers in the words of a message: `rows 4 to 7, 9 and 12`."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 5
"""How many ranges a message names."""


def in_words(rows: Iterable[int]) -> str:
    """Return `row 4`, or `rows 4 to 7, 9 and 12`; many ranges end with how many rows follow."""
    ranges = _ranges(rows)
    words = [str(first) if first == last else f"{first} to {last}" for first, last in ranges]
    if len(words) > _MOST:
        left = sum(last - first + 1 for first, last in ranges[_MOST - 1 :])
        words = [*words[: _MOST - 1], f"{left:,} more"]
    head = "row" if words and len(words) == 1 and words[0].isdigit() else "rows"
    *most, final = words or [""]
    return f"{head} {', '.join(most)} and {final}" if most else f"{head} {final}"


def _ranges(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers, each as its first and its last."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and row <= found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found
