"""SIGINT and SIGTERM break a run off between two batches; a second Ctrl-C ends it at once."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Terminated(KeyboardInterrupt):
    """The process was asked to end by SIGTERM; it breaks off what Ctrl-C breaks off."""


class Breaks:
    """Holds a signal back while something is sent, until what is in flight is settled."""

    def __init__(self) -> None:
        self.sending = False
        self._asked: KeyboardInterrupt | None = None
        self._before: dict[int, Any] = {}

    def between_batches(self) -> None:
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
            self._asked = asked  # first: once the line is shown, the next Ctrl-C may come
            _say("finishing what is in flight. Ctrl-C once more stops at once.")
        elif number == signal.SIGINT:
            _say("stopped at once; `importer resume` looks up what was in flight.")
            os._exit(128 + number)  # threads that wait for an answer would delay anything else


def _say(words: str) -> None:
    """Write a line to stderr, whatever else was being written when the signal came."""
    os.write(2, f"importer: {words}\n".encode())
