"""What each row of a sheet is: points for each kind by names, headings and cells, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from importer.proposal.columns import Column
from importer.proposal.data import depth_of, point_list
from importer.proposal.naming import named_things, no_data
from importer.proposal.points import Point, Standing, standings
from importer.proposal.saying import called, meant

NOTHING = ""
"""The kind of a sheet that is not for import."""

_FEW = 3
"""Fewer cells than these do not tell whether they repeat."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a sheet's rows, how surely, why, and which kind comes next."""

    kind: str
    confidence: float
    reasons: tuple[str, ...]
    runner_up: str | None


def verdict(file: str, sheet: str, columns: Sequence[Column], allowed: Iterable[str]) -> Verdict:
    """Return what the rows of a sheet are; only kinds that the templates have are allowed."""
    known = {*allowed, NOTHING}
    ranked = [each for each in standings(_points(file, sheet, columns)) if each.kind in known]
    if not ranked or ranked[0].points <= 0:
        return Verdict(NOTHING, 0.3, ("nothing says what its rows are",), None)
    best = ranked[0]
    second = ranked[1] if len(ranked) > 1 else Standing(NOTHING, 0.0, ())
    confidence = (best.points - max(second.points, 0.0)) / best.points
    if best.points < point_list()["least"]:
        confidence = min(confidence, 0.45) * best.points / point_list()["least"]
    runner_up = second.kind if second.points > 0 else None
    return Verdict(best.kind, round(confidence, 2), best.reasons[:4], runner_up)


def _points(file: str, sheet: str, columns: Sequence[Column]) -> Iterator[Point]:
    named = {thing for thing, _, _ in named_things(file, sheet)}
    yield from _by_names(file, sheet)
    for column in columns:
        yield from _by_level(column, columns, named)
        yield from _by_heading(column, _innermost(columns))
        yield from _by_cells(column)


def _by_names(file: str, sheet: str) -> Iterator[Point]:
    for thing, weight, text in named_things(file, sheet):
        for kind, points in point_list()["names"].get(thing, {}).items():
            yield Point(kind, points * weight, f"its name `{text}`", "names")
    if text := no_data(sheet):
        yield Point(NOTHING, point_list()["no_data"], f"`{text}` is no sheet of data")


def _by_level(column: Column, columns: Sequence[Column], named: set[str]) -> Iterator[Point]:
    """Yield the points of a column that names a thing, less where the rows are only in it."""
    thing = column.concept.thing
    if not column.is_name_of(thing):
        return
    parent = _is_parent(column, columns, named)
    less = point_list()["parents"] if parent else 1.0
    reason = f"{column.title} {meant(column)}; {_differ(column)}"
    for kind, points in point_list()["levels"].get(thing, {}).items():
        weight = points * (0.5 + 0.5 * column.profile.unique)
        yield Point(kind, weight * less, reason, f"level {thing}")
    for kind, points in point_list()["inside"].get(thing, {}).items() if parent else ():
        yield Point(kind, points, f"its rows are in a {called(thing)}: {column.title}", "inside")


def _is_parent(column: Column, columns: Sequence[Column], named: set[str]) -> bool:
    """Return whether a column names what the rows are in, rather than the rows."""
    thing, profile = column.concept.thing, column.profile
    plain = any(other.concept.key == ("", "name") for other in columns)
    told_apart = profile.unique >= 0.9 and profile.filled >= _FEW
    outside = 0 <= depth_of(thing) < _innermost(columns) and not told_apart
    return (plain and thing not in named) or outside


def _innermost(columns: Iterable[Column]) -> int:
    """Return how deep the innermost level is that a column names."""
    things = (c.concept.thing for c in columns if c.is_name_of(c.concept.thing))
    return max(map(depth_of, things), default=-1)


def _by_heading(column: Column, innermost: int) -> Iterator[Point]:
    """Yield the points of what a heading says, less where it is said of what the rows are in."""
    thing, attribute, _ = column.concept
    key = ".".join(filter(None, (thing, attribute))) if thing else f".{attribute}"
    said: Mapping[str, Mapping[str, float]] = point_list()["said"]
    for kind, points in (said.get(key) or said.get(thing) or said.get(f".{attribute}", {})).items():
        less = point_list()["parents"] if 0 <= depth_of(kind) < innermost else 1.0
        yield Point(kind, less * points, f"{column.title} {meant(column)}", f"said {key}")


def _by_cells(column: Column) -> Iterator[Point]:
    for rule in point_list()["cells"]:
        if _holds(column, rule):
            yield Point(rule["kind"], rule["points"], f"{column.title} {rule['reason']}")


def _holds(column: Column, rule: Mapping[str, Any]) -> bool:
    """Return whether the cells of a column are as a rule says."""
    profile = column.profile
    return (
        rule.get("thing", column.concept.thing) == column.concept.thing
        and not column.says(*rule.get("not", ()))
        and profile.share(*rule.get("forms", ())) >= rule.get("share", 0.0)
        and (profile.repeats or not rule.get("repeats"))
    )


def _differ(column: Column) -> str:
    return f"{column.profile.distinct} of {column.profile.filled} cells differ"
