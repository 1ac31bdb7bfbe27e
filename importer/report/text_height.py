"""How high a text stands in a cell that wraps it; not every viewer computes that itself."""

from __future__ import annotations

import unicodedata
from math import ceil

LINE_HEIGHT, TALLEST = 15.0, 409.0
"""The height of a line of text, and the greatest height of a row, in points."""

WIDE = ("W", "F")
"""The East Asian widths of characters that take the room of two letters."""


def lines_high(text: str, width: float) -> int:
    """Return how many lines `text` takes in a wrapped column of that width.

    A letter counts as wide as a digit, in which the widths of columns are measured: most are
    narrower, but a program without our font takes a wider one.
    """
    return sum(_lines(line, max(int(width), 1)) for line in text.split("\n"))


def points(lines: int) -> float:
    """Return the height of a row of so many lines."""
    return min(LINE_HEIGHT * lines, TALLEST)


def _lines(line: str, letters: int) -> int:
    """Return how many lines a text without line breaks takes, broken between its words."""
    if 2 * len(line) <= letters:
        return 1
    count, used = 1, 0
    for word in line.split(" "):
        length = _width(word)
        if used and used + 1 + length > letters:
            count, used = count + 1, 0
        else:
            used += bool(used)
        used += length
        if used > letters:  # a word longer than a line is broken
            count += ceil(used / letters) - 1
            used = (used - 1) % letters + 1
    return count


def _width(word: str) -> int:
    if word.isascii():
        return len(word)
    return len(word) + sum(unicodedata.east_asian_width(letter) in WIDE for letter in word)
