"""A function in, a dict that makes with it what it lacks out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(dict[K, V]):
    """What a function makes of keys, each made when it is first asked for.

    Given `most`, it holds no more keys than that: it then forgets them all.
    """

    __slots__ = ("_make", "_most")

    def __init__(self, make: Callable[[K], V], most: int | None = None) -> None:
        super().__init__()
        self._make = make
        self._most = most or sys.maxsize

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
