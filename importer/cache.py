"""A dict that computes missing values and never holds more than a given number of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(dict[K, V]):
    """The results of a function by its argument, each computed when first asked for.

    Given `most`, it is emptied when it holds that many.
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
