"""Progress: how a user follows a run, and breaks it off between two batches."""

from __future__ import annotations

from typing import Protocol

SENDING = "Sending"
"""The stage in which a run may be broken off between two batches only."""


class Progress(Protocol):
    """Follows a run: a progress bar, or a page."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage; `total` counts what it has to do, None where that is not known."""
        ...

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        ...

    def report(self, words: str) -> None:
        """Show a sentence about something that takes time or needs a decision."""
        ...

    def between_batches(self) -> None:
        """Raise KeyboardInterrupt where the run is to be broken off."""
        ...


class NoProgress:
    """Follows nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """Show nothing."""

    def advance(self, count: int) -> None:
        """Show nothing."""

    def report(self, words: str) -> None:
        """Show nothing."""

    def between_batches(self) -> None:
        """Go on."""
