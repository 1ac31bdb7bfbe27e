"""What each row of a sheet is: the kind with most points, how surely, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from importer.proposal.columns import Column
from importer.proposal.data import point_list
from importer.proposal.evidence import evidence
from importer.proposal.naming import Names
from importer.proposal.points import NOTHING, Standing, standings
from importer.proposal.whole import Beside


class Verdict(Struct, frozen=True):
    """The kind of a sheet's rows, how surely, why, and which kind comes next."""

    kind: str
    confidence: float
    reasons: tuple[str, ...]
    runner_up: str | None = None


def verdict(
    names: Names, columns: Sequence[Column], allowed: Iterable[str], beside: Beside | None = None
) -> Verdict:
    """Return what the rows of a sheet are; only kinds that the templates have are allowed."""
    known, others = {*allowed, NOTHING}, beside or Beside()
    points = [
        point._replace(points=point.points * others.less.get(point.kind, 1.0))
        for point in evidence(names, columns, others)
        if point.kind in known
    ]
    ranked = standings(points) if columns else []
    if not ranked or ranked[0].points < point_list()["nothing"]:
        return Verdict(NOTHING, 0.3, ("nothing says what its rows are",))
    return _ranked(ranked)


def _ranked(ranked: Sequence[Standing]) -> Verdict:
    """Return the kind with most points; a single kind of reason is never sure."""
    best, least = ranked[0], point_list()["least"]
    second = ranked[1] if len(ranked) > 1 else Standing(NOTHING, 0.0, (), 0)
    confidence = (best.points - max(second.points, 0.0)) / best.points
    confidence *= min(1.0, best.points / point_list()["enough"])
    if best.points < least:
        confidence = min(confidence, 0.45)
    if best.sorts < 2:
        confidence = min(confidence, 0.55)
    runner_up = second.kind if second.points > 0 else None
    return Verdict(best.kind, round(confidence, 2), best.reasons[:4], runner_up)
