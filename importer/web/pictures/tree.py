"""The tree of a portfolio or a glossary, with what is new, changed and gone in it.

A sign stands before every name that changes, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from importer.web.pictures.branches import Leaf, Row, grown, rows
from importer.web.pictures.picture import Picture, drawing, safe

MOST, MOST_BELOW = 80, 12
STEP, HIGH, LETTER = 26, 24, 8.4
"""Of a level to the right, of a line, and of a letter at most, in pixels."""

LONGEST = 60
SIGNS = {"new": "+", "changed": "~", "gone": "\u2212"}
"""What stands before a name; the last is a minus sign."""


def tree(
    leaves: Iterable[Leaf], label: str, most: int = MOST, most_below: int = MOST_BELOW
) -> Picture:
    """Return the tree of what leaves name, with at most so many names, and so many below each.

    `label` says to screen readers what it is a tree of; it scrolls in its own box.
    """
    shown = [*rows(grown(leaves), most, most_below)]
    width = max((_width(row) for row in shown), default=0)
    lines = [_line(place, row) for place, row in enumerate(shown)]
    svg = drawing("tree", width, HIGH * len(shown), _stems(shown) + "".join(lines))
    box = f'<div class="tree-box" role="region" tabindex="0" aria-label="{safe(label)}">{svg}</div>'
    return Picture("picture", box if shown else "", _words(shown))


def _left(row: Row) -> int:
    return (row.depth - 1) * STEP


def _width(row: Row) -> float:
    return _left(row) + STEP + LETTER * len(_text(row))


def _text(row: Row) -> str:
    if row.more:
        return _more(row.more)
    name = " ".join(row.path[-1].split())
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _more(more: Counter[str]) -> str:
    """Return `and 1,204 more (1,100 new)`."""
    parts = [f"{more[change]:,} {change}" for change in SIGNS if more[change]]
    return f"and {more.total():,} more" + (f" ({', '.join(parts)})" if parts else "")


def _line(place: int, row: Row) -> str:
    """Return a name with the sign before it, or how many more there are."""
    x, y = _left(row), HIGH * place + HIGH - 7
    look = "more" if row.more else row.change or "same"
    sign = SIGNS.get(row.change, "")
    mark = f'<text class="sign {look}" x="{x + 9}" y="{y}" text-anchor="middle">{sign}</text>'
    name = f'<text class="{look}" x="{x + 18}" y="{y}">{safe(_text(row))}</text>'
    return (mark if sign else "") + name


def _stems(shown: Sequence[Row]) -> str:
    """Return the lines from each name down to those below it."""
    found, ends = [], {1: 0.0}
    for place, row in enumerate(shown):
        y = HIGH * place + HIGH / 2
        if row.depth > 1:
            found.append(f"M{_left(row) - 4:g} {ends[row.depth]:g}V{y:g}h6")
        ends |= {row.depth: y, row.depth + 1: y + HIGH / 2 - 2}
    return f'<path class="stem" d="{"".join(found)}"/>' if found else ""


def _words(shown: Sequence[Row]) -> str:
    """Return a list of what changes, each with the names above it, and of what is left out."""
    items = [_item(row) for row in shown if row.change or row.more]
    if not items:
        return "<figcaption>Nothing is new, changed or gone.</figcaption>"
    listed = f'<ul class="tree-words">{"".join(items)}</ul>'
    return f"<details><summary>The same as a list</summary>{listed}</details>"


def _item(row: Row) -> str:
    way = " › ".join(map(safe, row.path))
    if row.more:
        return f"<li>{way + ': ' if way else ''}{_more(row.more)}</li>"
    return f'<li>{way}: <b class="{row.change}">{row.change}</b></li>'
