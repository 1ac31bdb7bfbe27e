"""Notes of many values whether one comes twice, in a few bytes for each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import partial

_LOW = 10
"""How many bits of a digest say in which part it stands."""

_PART = (1 << _LOW) - 1
_HIGH = 0xFFFFFFFF


class Digests:
    """Short digests of values: equal values have equal ones, others hardly ever.

    So a value that is not in it was never added, and one that seems to be must be compared.
    """

    def __init__(self) -> None:
        self._parts: dict[int, array[int]] = defaultdict(partial(array, "I"))
        self._sorted: set[int] = set()

    def add(self, values: Iterable[Hashable]) -> None:
        """Add values."""
        parts = self._parts
        for one in map(hash, values):
            parts[one & _PART].append(one >> _LOW & _HIGH)
        self._sorted.clear()

    def __contains__(self, value: Hashable) -> bool:
        low, high = digest(value) & _PART, digest(value) >> _LOW
        if low not in self._parts:
            return False
        if low not in self._sorted:
            self._parts[low] = array("I", sorted(self._parts[low]))
            self._sorted.add(low)
        part = self._parts[low]
        at = bisect_left(part, high)
        return at < len(part) and part[at] == high

    def twice(self) -> set[int]:
        """Return the digests that were added more than once."""
        found: set[int] = set()
        for low, part in self._parts.items():
            if len(set(part)) < len(part):
                seen: set[int] = set()
                for one in part:
                    if one in seen:
                        found.add(one << _LOW | low)
                    seen.add(one)
        return found


def digest(value: Hashable) -> int:
    """Return the digest of a value, as `twice` has it."""
    return hash(value) & (_HIGH << _LOW | _PART)
