"""Send what is planned, level by level, several batches at once; find the row of every refusal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Protocol

from importer.errors import StoppedEarly
from importer.journal.journal import IN_FLIGHT, Doubt
from importer.journal.outbox import BatchResult, Outbox, Settled
from importer.model import Action, Status
from importer.send.bisect import culprits, halves, rival
from importer.send.build import ChangeBuilder, settled
from importer.send.circuit_breaker import STOP_AFTER, CircuitBreaker
from importer.send.look_up import LookUp, Unmet, as_planned
from importer.targets.protocol import (
    Accepted,
    Change,
    InDoubt,
    Landed,
    LiveEntity,
    Refused,
    Reply,
    Target,
)

LONGEST_REQUEST = 900.0
"""Seconds after which no process still repeats a request: several 429s may have delayed it."""

MAX_DOUBTS = 3
"""How often a change whose answer never came is looked up and sent again before it is unknown."""

OPEN = (Status.PENDING, Status.UNKNOWN)
"""The states of items whose batch has no recorded answer, or could not be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a run is sent: `batch_size` changes a batch, at most `jobs` batches in flight.

    What has not landed `landing` seconds after it was sent never will. `stop_after` batches' worth
    of consecutive refused rows, or twice as many answers that never came, stop the run (0: never).
    With `verify` every batch is read back, else only what its answer leaves out. `sleep` waits, in
    seconds.
    """

    batch_size: int
    jobs: int = 4
    landing: float = 60.0
    verify: bool = False
    stop_after: int = STOP_AFTER
    sleep: Callable[[float], None] = time.sleep


class SendProgress(Protocol):
    """Follows the sending."""

    def advance(self, count: int) -> None:
        """Note that so many more items are settled."""
        ...

    def between_batches(self) -> None:
        """Do what is to be done between two batches; a KeyboardInterrupt stops the run."""
        ...


@dataclass(slots=True)
class Batch:
    """Changes of one level that are sent together; `doubts` counts answers that never came.

    `whole` are the changes of the batch that was refused first, where this one is a part of it.
    """

    changes: list[Change]
    doubts: int = 0
    no: int = 0
    whole: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class DoubtedBatch:
    """A batch of an earlier process without a recorded answer; a `recent` one may still land."""

    no: int
    changes: Sequence[Change]
    blocked: Sequence[Settled]
    recent: bool


@dataclass(frozen=True, slots=True)
class AnswerMissing:
    """A batch whose answer never came, and its changes that were not found in the target."""

    batch: Batch
    reply: InDoubt
    missing: Sequence[Change]


@dataclass(slots=True)
class Sender:
    """Sends what waits in an outbox.

    `unmet` compares a change with what the target holds, for batches whose answer never came and
    for changes that an answer leaves out.
    """

    outbox: Outbox
    target: Target
    builder: ChangeBuilder
    unmet: Unmet
    pace: Pace
    progress: SendProgress
    _size: int = field(init=False)
    _breaker: CircuitBreaker = field(init=False)
    _look_up: LookUp = field(init=False)
    _in_doubt: list[AnswerMissing] = field(default_factory=list)
    _queue: deque[Batch] = field(default_factory=deque)
    _last: int = -1

    def __post_init__(self) -> None:
        self._size = self.pace.batch_size
        self._look_up = LookUp(self.target, self.unmet)
        limit = self.pace.stop_after
        self._breaker = CircuitBreaker(limit * self._size, limit * 2)

    def send(self) -> None:
        """Send every level.

        Raises StoppedEarly or KeyboardInterrupt once what is in flight is settled.
        """
        self.target.guard(self._still_ours)
        with ThreadPoolExecutor(max_workers=self.pace.jobs) as pool:
            for level in self.outbox.levels():
                self._last = -1
                self._send_level(level, pool)

    def settle_doubts(self) -> None:
        """Look up every batch that an earlier process sent without recording the answer.

        What landed is recorded; what did not waits to be sent again. All batches are looked up
        together: those that landed are settled at once, the others after one wait.
        """
        left = self._settle_found([self._doubted(one) for one in self.outbox.in_doubt()])
        if left:
            self.pace.sleep(self.pace.landing)
            self._settle_found([replace(one, recent=False) for one in left])

    def _doubted(self, doubt: Doubt) -> DoubtedBatch:
        items = [item for item in self.outbox.items(doubt.items) if item.state in OPEN]
        changes, blocked = self.builder.build(items)
        recent = doubt.age < LONGEST_REQUEST and self.pace.landing > 0
        return DoubtedBatch(doubt.no, changes, blocked, recent)

    def _settle_found(self, doubts: Sequence[DoubtedBatch]) -> list[DoubtedBatch]:
        """Settle batches by what the target holds; returns those that may still land."""
        found = self._look_up.batches([doubt.changes for doubt in doubts])
        left = []
        for doubt, (there, missing) in zip(doubts, found, strict=True):
            if missing and doubt.recent:
                left.append(doubt)
                continue
            outcomes = [*there, *settled(missing, Status.PENDING, ""), *doubt.blocked]
            self.outbox.settle(BatchResult(doubt.no, "looked_up", outcomes, "The sender ended."))
        return left

    def _send_level(self, level: int, pool: ThreadPoolExecutor) -> None:
        in_flight: dict[Future[Reply], Batch] = {}
        stop: StoppedEarly | KeyboardInterrupt | None = None
        while True:
            if stop is None:
                stop = self._fill(in_flight, level, pool)
            if in_flight:
                for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    stop = self._receive(in_flight.pop(future), future) or stop
            elif self._in_doubt:
                stop = self._settle_in_doubt() or stop
            else:
                break
        if stop is not None:
            self._queue.clear()
            raise stop

    def _fill(
        self, in_flight: dict[Future[Reply], Batch], level: int, pool: ThreadPoolExecutor
    ) -> StoppedEarly | KeyboardInterrupt | None:
        """Send as many batches as may be in flight, none while anything is in doubt.

        Returns what stops the run.
        """
        try:
            while not self._in_doubt and len(in_flight) < self.pace.jobs:
                batch = self._next(level)
                if batch is None:
                    break
                in_flight[pool.submit(self.target.submit, batch.changes)] = batch
        except (StoppedEarly, KeyboardInterrupt) as asked:
            return asked
        return None

    def _still_ours(self) -> None:
        """Check the lease before a request where time has passed since the last record."""
        if not self.outbox.sure:
            self.outbox.claim()

    def _next(self, level: int) -> Batch | None:
        """Return the next batch, recorded as in flight; parts of a refused one come first."""
        self.progress.between_batches()
        while not self._queue:
            items = self.outbox.waiting(level, self._last, self._size)
            if not items:
                return None
            self._last = items[-1].no
            changes, blocked = self.builder.build(items)
            if blocked:
                self._settle(BatchResult(None, "blocked", blocked))
            if changes:
                self._queue.append(Batch(changes))
        batch = self._queue.popleft()
        batch.no = self.outbox.record_sending(level, [change.seq for change in batch.changes])
        return batch

    def _receive(self, batch: Batch, future: Future[Reply]) -> StoppedEarly | None:
        """Settle one answer; what is to be sent again is queued. Returns what stops the run."""
        try:
            reply = future.result()
        except StoppedEarly as stop:
            return self._record_failure(batch, stop)
        try:
            self._handle(batch, reply)
        except StoppedEarly as stop:
            return stop
        return self._breaker.stop(reply)

    def _record_failure(self, batch: Batch, stop: StoppedEarly) -> StoppedEarly:
        try:
            self._settle(BatchResult(batch.no, "failed", [], str(stop)))
        except StoppedEarly as worse:
            return worse
        return stop

    def _handle(self, batch: Batch, reply: Reply) -> None:
        if isinstance(reply, Accepted):
            self._breaker.reset()
            self._accepted(batch, reply)
        elif isinstance(reply, Refused):
            self._refused(batch, reply)
        else:
            self._doubted_now(batch, reply)

    def _accepted(self, batch: Batch, reply: Accepted) -> None:
        """Settle what the answer names; what it leaves out is read back first."""
        by_seq = {one.seq: one for one in reply.landed}
        outcomes = [
            _outcome(one, by_seq.get(one.seq))
            for one in batch.changes
            if not self._doubtful(by_seq.get(one.seq))
        ]
        doubtful = [
            (replace(one, id=landed.id), landed)
            for one in batch.changes
            if (landed := by_seq.get(one.seq)) and self._doubtful(landed)
        ]
        try:
            outcomes += self._read_back(doubtful)
        except StoppedEarly as stop:
            why = f"The target's answer could not be verified: {stop}"
            unknown = settled([one for one, _ in doubtful], Status.UNKNOWN, why)
            self._settle(BatchResult(batch.no, IN_FLIGHT, [*outcomes, *unknown], why))
            raise
        self._settle(BatchResult(batch.no, "done", outcomes))

    def _doubtful(self, landed: Landed | None) -> bool:
        silent = landed is not None and (self.pace.verify or not landed.named)
        return silent and not (landed and landed.refused)

    def _read_back(self, doubtful: Sequence[tuple[Change, Landed]]) -> list[Settled]:
        """Return the outcomes of changes by what the target holds now."""
        changes = [change for change, _ in doubtful]
        found = self.target.read_back(changes) if changes else {}
        return [self._verified(*one, found.get(one[0].seq)) for one in doubtful]

    def _verified(self, change: Change, landed: Landed, live: LiveEntity | None) -> Settled:
        if paths := self.unmet(change, live):
            words = self.builder.ignored(change.seq, paths)
            return Settled(change.seq, Status.REJECTED, change.id, words)
        if not landed.named and change.action in (Action.UPDATE, Action.MOVE):
            return as_planned(change, live)
        return _outcome(change, landed)

    def _refused(self, batch: Batch, reply: Refused) -> None:
        """Reject the culprits; send the rest again, in halves where there is no culprit yet."""
        at_fault = culprits(batch.changes, reply)
        if reply.smaller:
            self._shrink(batch)
        whole = batch.whole or batch.changes
        rest = [Batch(one, batch.doubts, whole=whole) for one in halves(batch.changes, at_fault)]
        self._queue.extendleft(reversed(rest))
        outcomes = [self._rejected(change, reply.words, whole) for change in at_fault]
        self._breaker.refused(len(at_fault))
        self._settle(BatchResult(batch.no, "refused", outcomes, reply.words, reply.http_status))

    def _rejected(self, change: Change, words: str, whole: Sequence[Change]) -> Settled:
        """Return the target's words, and the row of the same batch that this one may exclude."""
        other = rival(change, whole)
        if other is not None:
            words = f"{words} {self.builder.conflict(change.seq, other.seq)}"
        return Settled(change.seq, Status.REJECTED, change.id, words)

    def _doubted_now(self, batch: Batch, reply: InDoubt) -> None:
        if reply.late:
            self._shrink(batch)
        self._in_doubt.append(AnswerMissing(batch, reply, batch.changes))

    def _settle_in_doubt(self) -> StoppedEarly | None:
        """Look up all batches in doubt together, and what is missing after one wait.

        What did not land is to be sent again. Returns what stops the run.
        """
        left, self._in_doubt = self._in_doubt, []
        try:
            left = self._record_landed(left)
            if self.pace.landing > 0 and not all(one.reply.ended for one in left):
                self.pace.sleep(self.pace.landing)
                left = self._record_landed(left)
        except StoppedEarly as stop:
            for one in left:
                unknown = settled(one.missing, Status.UNKNOWN, one.reply.reason)
                self._settle(BatchResult(one.batch.no, IN_FLIGHT, unknown, one.reply.reason))
            return stop
        for one in left:
            self._send_again(one)
        stops = [self._breaker.stop(one.reply) for one in left if self._counted(one)]
        return next(filter(None, stops), None)

    def _record_landed(self, doubts: Sequence[AnswerMissing]) -> list[AnswerMissing]:
        """Record what landed; returns the batches of which something is missing."""
        found = self._look_up.batches([one.missing for one in doubts])
        left = []
        for one, (outcomes, missing) in zip(doubts, found, strict=True):
            if missing:
                left.append(replace(one, missing=missing))
            state = IN_FLIGHT if missing else "looked_up"
            if outcomes or not missing:
                self._breaker.doubted(landed=True)
                self._settle(BatchResult(one.batch.no, state, outcomes, one.reply.reason))
        return left

    def _counted(self, one: AnswerMissing) -> bool:
        """Count a batch of which nothing landed; returns whether it is one."""
        nothing = len(one.missing) == len(one.batch.changes)
        if nothing:
            self._breaker.doubted(landed=False)
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
            self._queue.extend(Batch(part, batch.doubts + 1) for part in again)
        self._settle(BatchResult(batch.no, "looked_up", outcomes, reply.reason))

    def _shrink(self, batch: Batch) -> None:
        """Make all later batches half as large as one that was too large."""
        self._size = max(1, min(self._size, len(batch.changes) // 2))

    def _settle(self, result: BatchResult) -> None:
        self.outbox.settle(result)
        self.progress.advance(len(result.items))


def _outcome(change: Change, landed: Landed | None) -> Settled:
    """Return the outcome of a change of a batch that the target accepted."""
    if landed is None:
        return Settled(change.seq, Status.UNKNOWN, change.id, "The target's answer leaves it out.")
    if landed.refused:
        return Settled(change.seq, Status.REJECTED, landed.id, landed.refused)
    status = landed.status
    if status is Status.UPDATED and change.action is Action.MOVE:
        status = Status.MOVED
    return Settled(change.seq, status, landed.id)
