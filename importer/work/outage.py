"""A queue that is away: said once, asked again at a quiet pace, said when it is back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

ATTEMPTS = 3
"""So often it is asked at once: a connection that was cut fails once, and a worker has two."""

PAUSE = 2.0
"""Seconds between two looks whether it is back."""

_LOG = logging.getLogger("importer.work")

T = TypeVar("T")


class Outage:
    """Whether a queue is away, for all threads that ask it; `name` is how it is called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._away = False
        self._ended = threading.Event()

    def bridge(self, ask: Callable[[], T], nothing: T) -> T:
        """Return what is asked; `nothing`, after a pause, where the queue is away."""
        try:
            found = self.insist(ask)
        except Exception as error:
            self._lost(error)
            self._ended.wait(PAUSE)
            return nothing
        if self._away:
            self._away = False
            _LOG.warning("The queue %s is back.", self.name)
        return found

    def insist(self, ask: Callable[[], T]) -> T:
        """Return what is asked, asked again at once where a connection was cut."""
        for _ in range(ATTEMPTS - 1):
            try:
                return ask()
            except Exception:
                _LOG.debug("the queue %s did not answer", self.name, exc_info=True)
        return ask()

    def end(self) -> None:
        """Let nobody pause any more."""
        self._ended.set()

    def _lost(self, error: Exception) -> None:
        if not self._away:
            self._away = True
            _LOG.warning("The queue %s is away: %s. It is looked for.", self.name, reason(error))


def reason(error: Exception) -> str:
    """Return the first line of what went wrong."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
