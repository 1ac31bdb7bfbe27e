"""The text of a mapping.toml and the way to a wrong key in, the line it stands on out."""

from __future__ import annotations

import re
from collections.abc import Sequence

Step = str | int


def line_of(text: str, way: Sequence[Step]) -> int:
    """The 1-based line of the element that `way` leads to, as near as plain TOML text tells.

    `way` is what a JSON Schema error gives (`sheets, 1, entities, 0, columns, 4, typ`): array
    tables are counted, inline arrays are counted by their opening braces.
    """
    lines = text.splitlines()
    start, rest = _skip_tables(lines, list(way))
    for position, step in enumerate(rest):
        if isinstance(step, int):
            start = _nth_inline(lines, start, step)
        else:
            start = _key_line(lines, start, step, nested=position > 0)
    return min(start, max(len(lines) - 1, 0)) + 1


def _skip_tables(lines: list[str], way: list[Step]) -> tuple[int, list[Step]]:
    """Follow `[[a.b]]` and `[a.b]` headers as far as they lead."""
    line, name = 0, ""
    while way and isinstance(way[0], str):
        dotted = f"{name}.{way[0]}" if name else way[0]
        index = way[1] if len(way) > 1 and isinstance(way[1], int) else None
        found = _table(lines, line, dotted, index)
        if found is None:
            below = _first_below(lines, line, dotted)
            if below is None:
                break
            name, way = dotted, way[1:]
            line = line if way else below
            continue
        line, name = found, dotted
        way = way[2:] if lines[found].lstrip().startswith("[[") else way[1:]
    return line, way


def _first_below(lines: list[str], start: int, dotted: str) -> int | None:
    """The first table within one that has no header of its own."""
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
