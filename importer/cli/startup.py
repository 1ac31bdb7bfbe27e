"""Signals while a process is being loaded, and once its command has ended: they wait.

A command that has begun answers a signal in its own way, with JSON where that is asked for.
"""

from __future__ import annotations

import signal
from types import FrameType


class Terminated(KeyboardInterrupt):
    """The process was asked to end by SIGTERM; it breaks off what Ctrl-C breaks off."""


class HungUp(KeyboardInterrupt):
    """The terminal or the session of the process has ended: SIGHUP."""


RAISED: dict[int, type[KeyboardInterrupt]] = {
    signal.SIGINT: KeyboardInterrupt,
    signal.SIGTERM: Terminated,
}
"""The signals that break a command off -> what each raises."""

if hasattr(signal, "SIGHUP"):  # Windows has none
    RAISED[signal.SIGHUP] = HungUp

_waiting: list[int] = []


def heeded() -> list[int]:
    """Return the signals that the parent process (nohup, cron, `&`) has not switched off."""
    return [number for number in RAISED if signal.getsignal(number) is not signal.SIG_IGN]


def status_of(error: KeyboardInterrupt) -> int:
    """Return the exit status of a process that a signal has ended."""
    return 128 + next(number for number, one in RAISED.items() if type(error) is one)


def hold() -> None:
    """Let signals wait; what the parent process has switched off stays off."""
    for number in heeded():
        signal.signal(number, _hold)


def release() -> None:
    """Let signals end the process from now on. Raises KeyboardInterrupt where one was waiting."""
    for number in RAISED:
        if signal.getsignal(number) is _hold:
            signal.signal(number, _end)
    if _waiting:
        first = _waiting[0]
        _waiting.clear()
        raise RAISED[first]


def hold_again() -> None:
    """Let signals wait again: the command has ended, and its exit status stands."""
    for number in RAISED:
        if signal.getsignal(number) is _end:
            signal.signal(number, _hold)


def _hold(number: int, _frame: FrameType | None) -> None:
    _waiting.append(number)


def _end(number: int, _frame: FrameType | None) -> None:
    raise RAISED[number]
