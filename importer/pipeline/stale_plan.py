"""Compares a saved plan with the plan of today, and refuses it as stale where anything differs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

import orjson

from importer.errors import UsageError
from importer.pipeline.saved_plan import SavedChange, SavedPlan, SavedRow, SavedRows

MOST_DIFFERENCES = 10
"""How many differences the message of a stale plan shows."""

_Rows = dict[str, list[SavedChange]]
"""What rows do, by their places."""


def refuse_stale(saved: SavedPlan, found: SavedPlan) -> None:
    """Compare a saved plan with the plan of today.

    Raises UsageError that says what has changed, where anything has.
    """
    changed = list(_differences(saved, found))
    if changed:
        more = len(changed) - MOST_DIFFERENCES
        listed = [*changed[:MOST_DIFFERENCES], *([f"and {more} more"] if more > 0 else [])]
        shown = "\n  ".join(listed)
        raise UsageError(
            f"Nothing was sent: this is not what was planned at {saved.made}.\n  {shown}\n"
            "Make the plan anew."
        )


def _differences(saved: SavedPlan, found: SavedPlan) -> Iterator[str]:
    if saved.identity != found.identity:
        yield f"The plan is for {saved.identity}, the target is {found.identity}."
    if saved.template != found.template:
        yield f"The plan follows the template {saved.template}, not {found.template}."
    if saved.files.keys() != found.files.keys():
        yield f"The plan is of {', '.join(saved.files)}."
        return
    for name, digest in found.files.items():
        if saved.files[name] != digest:
            yield f"{name} has changed."
    before, now = _unlike(saved.rows, found.rows)
    for place in dict.fromkeys(chain(before, now)):
        yield from _difference(place, before.get(place), now.get(place))


def _unlike(saved: SavedRows, found: SavedRows) -> tuple[_Rows, _Rows]:
    """Return the rows of two plans but for those that are at the same place in both, and alike."""
    before: _Rows = {}
    now: _Rows = {}
    for one, other in zip_longest(saved.lines(), found.lines()):
        if one != other:
            for line, rows in ((one, before), (other, now)):
                if line is not None:
                    row = SavedRow.of(orjson.loads(line))
                    rows.setdefault(row.place, []).extend(row.changes)
    return before, now


def _difference(
    place: str, before: list[SavedChange] | None, now: list[SavedChange] | None
) -> Iterator[str]:
    """Yield what is different about a row."""
    if before == now:
        return
    if before is None or now is None:
        yield f"{place}: {'is new' if before is None else 'is gone'}."
        return
    was, does = (", ".join(f"{one.action} {one.key}" for one in some) for some in (before, now))
    if was == does:
        yield f"{place}: {does}, but other values: the target or the mapping has changed."
    else:
        yield f"{place}: {was} was planned, now it is {does}."
