"""SIGINT, SIGTERM and SIGHUP break a run off between batches; a second Ctrl-C ends it at once."""

from __future__ import annotations

import json
import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Any, Self

from importer.cli.answer import Answer
from importer.cli.flags import Format
from importer.cli.startup import RAISED, heeded
from importer.cli.without_result import without_result
from importer.errors import ReasonCode
from importer.now import utc_now
from importer.pipeline.reason import Reason

STOPPED = "stopped at once; `importer resume` looks up what was in flight."


class Breaks:
    """Holds a signal back while something is sent, until what is in flight is settled."""

    def __init__(self, format: Format = Format.TEXT) -> None:  # noqa: A002 - the flag's name
        self.sending = False
        self._format = format
        self._asked: KeyboardInterrupt | None = None
        self._before: dict[int, Any] = {}

    def between_batches(self) -> None:
        """Raise what was held back."""
        if self._asked is not None:
            raise self._asked

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._on_signal) for number in heeded()}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        asked = RAISED[number]()
        if not self.sending:
            raise asked
        if self._asked is None:
            self._asked = asked  # first: once the line is shown, the next Ctrl-C may come
            _say("finishing what is in flight. Ctrl-C once more stops at once.")
        elif number == signal.SIGINT:
            _say(STOPPED)
            if self._format is Format.JSON:
                _print_stopped(128 + number)
            os._exit(128 + number)  # threads that wait for an answer would delay anything else


def _print_stopped(status: int) -> None:
    """Write the JSON object of a run that is ended at once; the journal is left alone."""
    now = utc_now()
    reason = Reason(ReasonCode.INTERRUPTED, STOPPED)
    answer = Answer(status, lambda: without_result("run", {}), reason)
    os.write(1, json.dumps(answer.as_json(now, now), indent=2).encode() + b"\n")


def _say(words: str) -> None:
    """Write a line to stderr, whatever else was being written when the signal came."""
    with suppress(OSError):  # the terminal may be gone
        os.write(2, f"importer: {words}\n".encode())
