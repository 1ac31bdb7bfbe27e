"""Signals while a process is still being loaded: they wait until its command has begun.

A command that has begun answers a signal in its own way, with JSON where that is asked for.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

_waiting: list[int] = []


def hold() -> None:
    """Let signals wait; what the parent process has switched off stays off."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _hold)


def release() -> None:
    """Let signals end the process from now on. Raises KeyboardInterrupt where one was waiting."""
    if signal.getsignal(signal.SIGINT) is _hold:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGTERM) is _hold:
        signal.signal(signal.SIGTERM, _terminate)
    if _waiting:
        first = _waiting[0]
        _waiting.clear()
        raise KeyboardInterrupt if first == signal.SIGINT else _terminated()


def _hold(number: int, _frame: FrameType | None) -> None:
    _waiting.append(number)


def _terminate(*_: object) -> NoReturn:
    raise _terminated()


def _terminated() -> KeyboardInterrupt:
    from importer.cli.signals import Terminated

    return Terminated()
