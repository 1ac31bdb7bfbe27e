"""The wait that a target asked one request for in, every request of the run waiting with it out."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

SHARE_OF_JITTER = 0.25


class Pause:
    """Whoever is about to send something keeps it; jitter keeps them from all coming at once."""

    def __init__(
        self, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._end = float("-inf")
        self._lock = threading.Lock()

    def ask(self, seconds: float) -> None:
        """Nobody sends anything for so long."""
        with self._lock:
            self._end = max(self._end, self._clock() + seconds)

    def keep(self) -> None:
        """Wait until it is over."""
        left = self._end - self._clock()
        if left > 0:
            self._sleep(with_jitter(left))


def with_jitter(seconds: float) -> float:
    """0-25 % more, another each time."""
    return seconds * (1 + random.uniform(0, SHARE_OF_JITTER))  # noqa: S311
