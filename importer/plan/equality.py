"""Which values are equal to a target: 1 is 1.0, and no truth value is a number."""

from __future__ import annotations

import json
from typing import Any


def equal(one: Any, other: Any) -> bool:
    """Whether two values are equal; a number is no truth value."""
    if isinstance(one, str):
        return bool(one == other)
    if isinstance(one, list):
        same = isinstance(other, list) and len(one) == len(other)
        return same and all(map(equal, one, other))
    if isinstance(one, dict):
        same = isinstance(other, dict) and one.keys() == other.keys()
        return same and all(equal(value, other[name]) for name, value in one.items())
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def canonical(value: Any) -> str:
    """Return a value as text: equal values are equal texts, and 1.0 is 1."""
    return json.dumps(_shortest(value), sort_keys=True, ensure_ascii=False)


def _shortest(value: Any) -> Any:
    """Return a value in which every float that is a whole number is an int."""
    if isinstance(value, list):
        return [_shortest(one) for one in value]
    if isinstance(value, dict):
        return {name: _shortest(one) for name, one in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value
