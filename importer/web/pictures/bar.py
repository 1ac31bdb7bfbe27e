"""Counts as one bar: each part as wide as its share, and never too thin to be seen."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from importer.web.looks import TONES

WIDTH = 1000
THINNEST = 6
FILLS = {"": "quiet", "fine": "fine", "wait": "wait", "wrong": "wrong", "now": "now"}


class Part(Struct, frozen=True):
    """One count, by its name, and the look of its badge."""

    name: str
    count: int
    badge: str


class Segment(Struct, frozen=True):
    """One rectangle of the bar, in parts of WIDTH."""

    tone: str
    x: float
    width: float


class Bar(Struct, frozen=True):
    """A bar, its parts in words, and what it is about."""

    label: str
    parts: tuple[Part, ...]
    segments: tuple[Segment, ...]


def bar(label: str, counts: Mapping[str, int]) -> Bar:
    """Return a bar of counts by name, in the order given; a count of 0 is left out."""
    parts = tuple(Part(name, n, TONES.get(name, "")) for name, n in counts.items() if n)
    return Bar(label, parts, tuple(_segments(parts)))


def _segments(parts: tuple[Part, ...]) -> list[Segment]:
    total = sum(part.count for part in parts)
    wide = [max(THINNEST, WIDTH * part.count / total) for part in parts]
    scale, found, x = WIDTH / sum(wide) if wide else 1, list[Segment](), 0.0
    for part, width in zip(parts, wide, strict=True):
        scaled = round(width * scale, 2)
        found.append(Segment(FILLS[part.badge], round(x, 2), max(scaled - 2, 1)))
        x += scaled
    return found
