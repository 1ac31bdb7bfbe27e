"""Progress as a program sees it: told to a function, or shown as a line of plain text."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

OFTEN = 0.1
"""Seconds between two looks of a line that is shown."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a call has come: the stage, what is done of it, and of how many where that is known.

    While a file is read, `total` is about how many rows it has: a cell may hold several lines.
    `note` is a sentence about something that takes time, such as where the target is.
    """

    stage: str
    done: int = 0
    total: int | None = None
    note: str = ""

    def __str__(self) -> str:
        if self.note:
            return self.note
        of = f" of {self.total:,}" if self.total else ""
        return f"{self.stage}: {self.done:,}{of}" if self.done or self.total else self.stage


Tell: TypeAlias = Callable[[Progress], object]
"""Is told of progress; what it raises ends the call, a run between two batches."""


class Follower:
    """Follows a run for a caller: see pipeline.progress.Progress."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell
        self._at = Progress("")
        self.raised: BaseException | None = None

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        self._say(Progress(name, 0, total))

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        self._say(Progress(self._at.stage, self._at.done + count, self._at.total))

    def report(self, words: str) -> None:
        """Tell a sentence."""
        at = self._at
        self._say(Progress(at.stage, at.done, at.total, words))
        self._at = at

    def between_batches(self) -> None:
        """Break the run off where the caller's function has raised something."""
        if self.raised:
            raise KeyboardInterrupt

    def close(self) -> None:
        """Take away a line that is shown."""
        if isinstance(self._tell, Line):
            self._tell.close()

    def _say(self, progress: Progress) -> None:
        self._at = progress
        if self._tell is None or self.raised:
            return
        try:
            self._tell(progress)
        except Exception as error:  # whatever the caller's function does, no batch is cut off
            self.raised = error


class Line:
    """Shows progress in one line, which each look replaces; in a notebook below its cell.

    Where it cannot be shown, nothing is: no run is broken off for that.
    """

    def __init__(self, show: Callable[[str, bool], object]) -> None:
        self._show, self._last = show, 0.0
        self._is_seen = True

    def __call__(self, progress: Progress) -> None:
        """Show where it is, not more often than people can see."""
        now = time.monotonic()
        ends = not progress.done or progress.done == progress.total
        if progress.note or ends or now - self._last >= OFTEN:
            self._last = now
            self._try(str(progress), stays=bool(progress.note))

    def close(self) -> None:
        """Take the line away."""
        self._try("", stays=False)

    def _try(self, words: str, *, stays: bool) -> None:
        if not self._is_seen:
            return
        try:
            self._show(words, stays)
        except Exception:  # a terminal may be gone, a notebook's kernel may do anything
            self._is_seen = False


def follower(progress: bool | Tell | None) -> Follower:
    """Return what follows a call: a function, a line, or nothing.

    Where the caller does not say, a notebook and a terminal are shown a line.
    """
    if callable(progress):
        return Follower(progress)
    if progress is False:
        return Follower(None)
    if notebook := _notebook():
        return Follower(Line(notebook))
    return Follower(Line(_on_stderr) if progress or _is_terminal() else None)


def _is_terminal() -> bool:
    try:
        return bool(sys.stderr and sys.stderr.isatty())
    except ValueError:  # it is closed
        return False


def _on_stderr(words: str, stays: bool) -> None:
    """Write a line to stderr; on a terminal the next one takes its place unless it stays."""
    if _is_terminal():
        sys.stderr.write(f"\r\x1b[K{words}" + "\n" * stays)
    elif words:
        sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _notebook() -> Callable[[str, bool], object] | None:
    """Return what shows a line below the cell of a notebook, None where there is none."""
    shell: Any = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or not hasattr(shell, "kernel"):
        return None
    return _Below(import_module("IPython.display").display).show


class _Below:
    """A line below the cell of a notebook, there from its first words on."""

    def __init__(self, display: Callable[..., Any]) -> None:
        self._display = display
        self._handle: Any = None

    def show(self, words: str, _stays: bool) -> None:
        """Show words in place of those before."""
        said = {"text/plain": words}
        if self._handle is not None:
            self._handle.update(said, raw=True)
        elif words:
            self._handle = self._display(said, raw=True, display_id=True)
