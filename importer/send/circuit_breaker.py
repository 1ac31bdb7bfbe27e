"""The circuit breaker: it stops a run once the target keeps refusing, or keeps failing."""

from __future__ import annotations

from msgspec import Struct

from importer.errors import StoppedEarly
from importer.targets.protocol import InDoubt, Refused, Reply

STOP_AFTER = 5
"""How many batches' worth of consecutive refused rows stop a run."""


class CircuitOpen(StoppedEarly):
    """The target accepts nothing any more: the run stops before it sends the rest."""


class CircuitBreaker(Struct):
    """Counts consecutive failures: refused rows, and answers that never came; 0 is no limit."""

    rows: int = 0
    answers: int = 0
    _refused: int = 0
    _doubted: int = 0

    def reset(self) -> None:
        """Note that the target accepted something."""
        self._refused = self._doubted = 0

    def refused(self, rows: int) -> None:
        """Note that the target refused a batch, because of so many rows as far as is known."""
        self._refused += rows
        self._doubted = 0

    def doubted(self, *, landed: bool) -> None:
        """Note that an answer never came; `landed` where a look-up found some of the batch."""
        if landed:
            self.reset()
        else:
            self._doubted += 1

    def stop(self, reply: Reply) -> StoppedEarly | None:
        """Return why the run stops now, in the last answer's words; None where it goes on."""
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
