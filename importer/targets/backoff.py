"""A pause that every request of a run keeps once the target has asked a single request to wait."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

SHARE_OF_JITTER = 0.25


class Pause:
    """A moment, shared by all threads, before which no request may be sent.

    `sleep` and `clock` work in seconds; jitter keeps the threads from resuming all at once.
    """

    def __init__(
        self, sleep: Callable[[float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._end = float("-inf")
        self._lock = threading.Lock()

    def extend(self, seconds: float) -> None:
        """Let nothing be sent for so many seconds from now; a longer pause stays as it is."""
        with self._lock:
            self._end = max(self._end, self._clock() + seconds)

    def wait(self) -> None:
        """Sleep until the pause is over; return at once where there is none."""
        left = self._end - self._clock()
        if left > 0:
            self._sleep(with_jitter(left))


def with_jitter(seconds: float) -> float:
    """Return `seconds` plus 0 to 25 %, chosen anew each time."""
    return seconds * (1 + random.uniform(0, SHARE_OF_JITTER))  # noqa: S311
