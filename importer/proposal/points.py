"""Points for a kind, each with its reason; a kind of reason that repeats counts less each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

NOTHING = ""
"""The kind of a sheet that is not for import."""

_TIMES = (1.0, 0.5, 0.25)
"""How much the first, second and third of a kind of reason count."""


class Point(NamedTuple):
    """Points for a kind; `sort` is what repeats."""

    kind: str
    points: float
    reason: str
    sort: str = ""


class Standing(NamedTuple):
    """All points of a kind, the reasons, the weightiest first, and how many kinds of them count."""

    kind: str
    points: float
    reasons: tuple[str, ...]
    sorts: int


def standings(points: Iterable[Point]) -> list[Standing]:
    """Return the kinds by their points, the most first."""
    kinds: dict[str, dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for point in points:
        kinds[point.kind][point.sort or point.reason].append(point)
    found = [_standing(kind, sorts) for kind, sorts in kinds.items()]
    return sorted(found, key=lambda each: (-each.points, each.kind))


def _standing(kind: str, sorts: dict[str, list[Point]]) -> Standing:
    counted = []
    for repeated in sorts.values():
        best = sorted(repeated, key=lambda point: -abs(point.points))
        counted += [p._replace(points=p.points * w) for p, w in zip(best, _TIMES, strict=False)]
    counted.sort(key=lambda point: -point.points)
    reasons = tuple(point.reason for point in counted if point.points >= 0.3)
    weighty = sum(max(p.points for p in repeated) >= 0.3 for repeated in sorts.values())
    return Standing(kind, sum(point.points for point in counted), reasons, weighty)
