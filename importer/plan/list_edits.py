"""What a row adds to lists and takes away, and the live lists in; whole lists out."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from importer.model import Payload
from importer.plan.diff import canonical, put, value_at
from importer.template.paths import split

T = TypeVar("T")


def merged(
    payload: Payload, removed: Mapping[str, Sequence[Any]], live: Payload
) -> tuple[Payload, list[str]]:
    """The payload with whole lists at the paths of `removed`, and the paths left with none.

    What the payload holds there is added to what is live, what `removed` names is taken away.
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


def joined(there: Sequence[T], added: Iterable[T], removed: Sequence[T]) -> list[T]:
    """What is named in the end: what is there and not taken away, then what is added."""
    kept = [one for one in there if one not in removed]
    return [*kept, *(one for one in dict.fromkeys(added) if one not in kept)]


def _drop(payload: Payload, steps: tuple[str, ...]) -> None:
    for step in steps[:-1]:
        payload = payload[step]
    del payload[steps[-1]]
