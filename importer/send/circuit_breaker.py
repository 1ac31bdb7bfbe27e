"""Answers that grant nothing, one after the other, in; the reason to stop the run out."""

from __future__ import annotations

from dataclasses import dataclass

from importer.errors import StoppedEarly
from importer.targets.protocol import InDoubt, Refused, Reply

STOP_AFTER = 5
"""So many batches' worth of rows refused in a row, and there is no hope for the rest."""


class CircuitOpen(StoppedEarly):
    """The target takes nothing any more: the run stops before it asks for all the rest."""


@dataclass(slots=True)
class CircuitBreaker:
    """Counts what fails in a row; 0 rows or answers mean that nothing is too much."""

    rows: int = 0
    answers: int = 0
    _refused: int = 0
    _doubted: int = 0

    def ends(self) -> None:
        """The target took something."""
        self._refused = self._doubted = 0

    def refused(self, rows: int) -> None:
        """The target refused a batch, for the sake of so many rows as far as is known."""
        self._refused += rows
        self._doubted = 0

    def doubted(self, *, landed: bool) -> None:
        """An answer never came; `landed` where a look-up found that something arrived."""
        if landed:
            self.ends()
        else:
            self._doubted += 1

    def stop(self, reply: Reply) -> StoppedEarly | None:
        """Why the run ends here, told with the last answer's words; None where it goes on."""
        if isinstance(reply, Refused) and 0 < self.rows <= self._refused:
            return CircuitOpen(
                f"The target refused {self._refused} rows one after the other, the last with: "
                f"{reply.words} What is left was not sent."
            )
        if isinstance(reply, InDoubt) and 0 < self.answers <= self._doubted:
            return CircuitOpen(
                f"{self._doubted} requests failed one after the other, the last because "
                f"{reply.reason}. What is left was not sent."
            )
        return None
