"""Batches whose answers never came: what landed is found in the target, the rest is sent again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from importer.errors import StoppedEarly
from importer.journal.journal import IN_FLIGHT
from importer.journal.outbox import BatchResult
from importer.journal.settled import Settled
from importer.model import Status
from importer.send.batch import Batch
from importer.send.bisect import halves
from importer.send.build import settled
from importer.send.circuit_breaker import CircuitBreaker
from importer.send.look_up import LookUp
from importer.send.pace import Pace
from importer.targets.protocol import Change, InDoubt

MAX_DOUBTS = 3
"""How often a change whose answer never came is looked up and sent again before it is unknown."""


class AnswerMissing(Struct, frozen=True):
    """A batch whose answer never came, and its changes that were not found in the target."""

    batch: Batch
    reply: InDoubt
    missing: Sequence[Change]


class MissingAnswers(Struct):
    """The batches in doubt of this process; what did not land goes back into `queue`."""

    look_up: LookUp
    breaker: CircuitBreaker
    pace: Pace
    record: Callable[[BatchResult], None]
    queue: deque[Batch]
    _waiting: list[AnswerMissing] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Return whether any batch is in doubt."""
        return bool(self._waiting)

    def add(self, batch: Batch, reply: InDoubt) -> None:
        """Note a batch whose answer never came."""
        self._waiting.append(AnswerMissing(batch, reply, batch.changes))

    def settle(self) -> StoppedEarly | None:
        """Look up all batches in doubt together, and what is missing after one wait.

        What did not land is to be sent again. Returns what stops the run.
        """
        left, self._waiting = self._waiting, []
        try:
            left = self._record_landed(left)
            if self.pace.landing > 0 and not all(one.reply.ended for one in left):
                self.pace.sleep(self.pace.landing)
                left = self._record_landed(left)
        except StoppedEarly as stop:
            for one in left:
                unknown = settled(one.missing, Status.UNKNOWN, one.reply.reason)
                self.record(BatchResult(one.batch.no, IN_FLIGHT, unknown, one.reply.reason))
            return stop
        for one in left:
            self._send_again(one)
        stops = [self.breaker.stop(one.reply) for one in left if self._counted(one)]
        return next(filter(None, stops), None)

    def _record_landed(self, doubts: Sequence[AnswerMissing]) -> list[AnswerMissing]:
        """Record what landed; returns the batches of which something is missing."""
        found = self.look_up.batches([one.missing for one in doubts])
        left = []
        for one, (outcomes, missing) in zip(doubts, found, strict=True):
            if missing:
                left.append(replace(one, missing=missing))
            state = IN_FLIGHT if missing else "looked_up"
            if outcomes or not missing:
                self.breaker.doubted(landed=True)
                self.record(BatchResult(one.batch.no, state, outcomes, one.reply.reason))
        return left

    def _counted(self, one: AnswerMissing) -> bool:
        """Count a batch of which nothing landed; returns whether it is one."""
        nothing = len(one.missing) == len(one.batch.changes)
        if nothing:
            self.breaker.doubted(landed=False)
        return nothing

    def _send_again(self, one: AnswerMissing) -> None:
        """Queue what did not land, in halves from the second time on; in the end it is unknown."""
        batch, reply, missing = one.batch, one.reply, one.missing
        outcomes: list[Settled] = []
        if len(missing) == 1 and batch.doubts + 1 >= MAX_DOUBTS:
            outcomes = settled(missing, Status.UNKNOWN, reply.reason)
        else:
            whole = not batch.doubts and not reply.late
            again = [list(missing)] if whole else halves(missing, [])
            self.queue.extend(Batch(part, batch.doubts + 1) for part in again)
        self.record(BatchResult(batch.no, "looked_up", outcomes, reply.reason))
