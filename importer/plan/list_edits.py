"""Cells that add to a live list and remove from it, made into whole lists."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from importer.model import Payload
from importer.payload_path import split, value_at
from importer.plan.diff import put
from importer.plan.equality import canonical

T = TypeVar("T")


def with_edits(
    payload: Payload, removed: Mapping[str, Sequence[Any]], live: Payload
) -> tuple[Payload, list[str]]:
    """Return the payload with whole lists at the paths of `removed`, and the paths left empty.

    The payload's items are added to the live ones, those that `removed` names are removed.
    """
    whole, emptied = copy.deepcopy(payload) if removed else payload, []
    for path, gone in removed.items():
        steps = split(path)
        there, added = value_at(live, steps) or [], value_at(payload, steps) or []
        known = {canonical(one) for one in gone}
        kept = [one for one in there if canonical(one) not in known]
        held = {canonical(one) for one in kept}
        put(whole, steps, [*kept, *(one for one in added if canonical(one) not in held)])
        if not value_at(whole, steps):
            _drop(whole, steps)
            emptied.append(path)
    return whole, emptied


def edited(there: Sequence[T], added: Iterable[T], removed: Sequence[T]) -> list[T]:
    """Return what is referred to in the end: the live references that stay, then the added ones."""
    kept = [one for one in there if one not in removed]
    return [*kept, *(one for one in dict.fromkeys(added) if one not in kept)]


def _drop(payload: Payload, steps: tuple[str, ...]) -> None:
    for step in steps[:-1]:
        payload = payload[step]
    del payload[steps[-1]]
