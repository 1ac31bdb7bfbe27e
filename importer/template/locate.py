"""Finds the line of a key in the text of a mapping.toml, for messages about mistakes."""

from __future__ import annotations

import re
from collections.abc import Sequence

Step = str | int
Location = tuple[Step, ...]
Mistake = tuple[Location, str]
"""Where a mistake is, and what is wrong."""


def line_of(text: str, location: Sequence[Step]) -> int:
    """Return the 1-based line of the element at `location`, or of the nearest line found above it.

    `location` is the path that a JSON Schema error gives (`sheets, 1, entities, 0, columns, 4`):
    array tables are counted, and the items of inline arrays by their opening braces.
    """
    lines = text.splitlines()
    start, rest = _skip_tables(lines, list(location))
    for position, step in enumerate(rest):
        if isinstance(step, int):
            start = _nth_inline(lines, start, step)
        else:
            start = _key_line(lines, start, step, nested=position > 0)
    return min(start, max(len(lines) - 1, 0)) + 1


def _skip_tables(lines: list[str], location: list[Step]) -> tuple[int, list[Step]]:
    """Follow `[[a.b]]` and `[a.b]` headers; return the line reached and the rest of the path."""
    line, name = 0, ""
    while location and isinstance(location[0], str):
        dotted = f"{name}.{location[0]}" if name else location[0]
        index = location[1] if len(location) > 1 and isinstance(location[1], int) else None
        found = _table(lines, line, dotted, index)
        if found is None:
            below = _first_below(lines, line, dotted)
            if below is None:
                break
            name, location = dotted, location[1:]
            line = line if location else below
            continue
        line, name = found, dotted
        location = location[2:] if lines[found].lstrip().startswith("[[") else location[1:]
    return line, location


def _first_below(lines: list[str], start: int, dotted: str) -> int | None:
    """Return the line of the first table within a table that has no header of its own."""
    header = re.compile(rf"^\s*\[\[?\s*{re.escape(dotted)}\.")
    return next((n for n in range(start, len(lines)) if header.match(lines[n])), None)


def _table(lines: list[str], start: int, dotted: str, index: int | None) -> int | None:
    header = re.compile(rf"^\s*\[\[?\s*{re.escape(dotted)}\s*\]")
    hits = [number for number in range(start, len(lines)) if header.match(lines[number])]
    wanted = index or 0
    return hits[wanted] if len(hits) > wanted else None


def _nth_inline(lines: list[str], start: int, index: int) -> int:
    openings = [n for n in range(start, len(lines)) if lines[n].lstrip().startswith("{")]
    return openings[index] if len(openings) > index else start


def _key_line(lines: list[str], start: int, key: str, *, nested: bool) -> int:
    pattern = re.compile(rf"(^|[\s{{,.\[]){re.escape(key)}[\"']?\s*(=|\]|\.)")
    if nested and pattern.search(lines[start]):
        return start
    hits = (n for n in range(start, len(lines)) if pattern.search(lines[n]))
    return next(hits, start)
