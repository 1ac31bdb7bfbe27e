"""SIGINT and SIGTERM in, a run broken off between two batches out; a second Ctrl-C ends at once."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Terminated(KeyboardInterrupt):
    """The process was asked to end (SIGTERM); what a person may break off, this breaks off too."""


class Breaks:
    """Holds a signal back while something is sent, till what is in flight is settled."""

    def __init__(self) -> None:
        self.sending = False
        self._asked: KeyboardInterrupt | None = None
        self._before: dict[int, Any] = {}

    def between(self) -> None:
        """Raise what was held back."""
        if self._asked is not None:
            raise self._asked

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        asked = Terminated() if number == signal.SIGTERM else KeyboardInterrupt()
        if not self.sending:
            raise asked
        if self._asked is None:
            self._asked = asked  # first: once the line is there, the next Ctrl-C may come
            _say("finishing what is in flight. Ctrl-C once more stops at once.")
        elif number == signal.SIGINT:
            _say("stopped at once; `importer resume` looks up what was in flight.")
            os._exit(128 + number)  # threads that wait for an answer would hold up anything else


def _say(words: str) -> None:
    """A line on stderr, whatever else was being written there when the signal came."""
    os.write(2, f"importer: {words}\n".encode())
