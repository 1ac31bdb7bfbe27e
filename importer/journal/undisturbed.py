"""Signals that come while the journal is written: they wait until the transaction has ended.

A handler that raises in the middle of a transaction would leave a connection behind that still
holds the database's lock, as long as the exception lives.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
WAITING = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals that have a handler wait until the block has ended; only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held = _Held()
    try:
        for number in held.handlers:
            signal.signal(number, held)
        yield
    finally:
        held.end()


class _Held:
    """A handler that notes signals, and passes them on to the one before it at the end."""

    def __init__(self) -> None:
        found = {number: signal.getsignal(number) for number in WAITING}
        self.handlers: dict[int, Any] = {n: one for n, one in found.items() if callable(one)}
        self._came: list[int] = []
        self._waits = True

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._waits:
            self._came.append(number)
        else:
            self.handlers[number](number, frame)

    def end(self) -> None:
        """Put the handlers back; raise the signals that came."""
        self._waits = False  # first: a signal may cut the rest off
        for number, handler in self.handlers.items():
            signal.signal(number, handler)
        for number in self._came:
            signal.raise_signal(number)
