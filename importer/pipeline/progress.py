"""Progress: how a user follows a run, and breaks it off between two batches."""

from __future__ import annotations

from typing import Protocol

SENDING = "Sending"
"""The stage in which a run may be broken off between two batches only."""

DRY_RUN = "Dry run"
"""The stage in which a plan finds out what becomes of each row."""


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


class DryRunProgress:
    """Follows what is sent to a dry run of the target."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.advance = progress.advance
        self.report = progress.report

    def stage(self, name: str, total: int | None) -> None:  # noqa: ARG002
        """Begin the stage, by the name that it has here."""
        self._progress.stage(DRY_RUN, total)

    def between_batches(self) -> None:
        """Go on: nothing is sent that might be broken off."""
