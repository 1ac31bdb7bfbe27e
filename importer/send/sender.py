"""Send what is planned, level by level, several batches at once; find the row of every refusal."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from importer.errors import StoppedEarly
from importer.journal import Item
from importer.journal.outbox import BatchResult, Outbox
from importer.journal.settled import Settled
from importer.model import Status
from importer.send.batch import Batch
from importer.send.bisect import culprits, halves, rival
from importer.send.build import ChangeBuilder
from importer.send.circuit_breaker import CircuitBreaker
from importer.send.earlier_batches import EarlierBatches
from importer.send.look_up import LookUp, Unmet
from importer.send.missing_answers import MissingAnswers
from importer.send.pace import Pace
from importer.send.read_back import ReadBack
from importer.targets.protocol import Accepted, Change, InDoubt, Refused, Reply, Target

_LOG = logging.getLogger("importer.send")

BUILT_AT_ONCE = 500
"""How many changes are built at least: what they refer to is looked up together."""


class SendProgress(Protocol):
    """Follows the sending."""

    def advance(self, count: int) -> None:
        """Note that so many more items are settled."""
        ...

    def between_batches(self) -> None:
        """Do what is to be done between two batches; a KeyboardInterrupt stops the run."""
        ...


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
    _read_back: ReadBack = field(init=False)
    _in_doubt: MissingAnswers = field(init=False)
    _queue: deque[Batch] = field(default_factory=deque)
    _ahead: list[Change] = field(default_factory=list)
    _waiting: Iterator[Item] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        pace, look_up = self.pace, LookUp(self.target, self.unmet)
        self._size = pace.batch_size
        self._breaker = CircuitBreaker(pace.stop_after * self._size, pace.stop_after * 2)
        self._read_back = ReadBack(self.target, self.builder, self.unmet, pace.verify)
        self._in_doubt = MissingAnswers(look_up, self._breaker, pace, self._settle, self._queue)

    def send(self) -> None:
        """Send every level.

        Raises StoppedEarly or KeyboardInterrupt once what is in flight is settled.
        """
        self.target.guard(self._still_ours)
        with ThreadPoolExecutor(max_workers=self.pace.jobs) as pool:
            for level in self.outbox.levels():
                self._waiting = self.outbox.waiting(level)
                self._send_level(level, pool)

    def settle_doubts(self) -> None:
        """Settle the batches that an earlier process sent without recording the answer."""
        look_up = LookUp(self.target, self.unmet)
        EarlierBatches(self.outbox, self.builder, look_up, self.pace).settle()

    def _send_level(self, level: int, pool: ThreadPoolExecutor) -> None:
        in_flight: dict[Future[Reply], Batch] = {}
        stop: StoppedEarly | KeyboardInterrupt | None = None
        while True:
            if stop is None:
                stop = self._fill(in_flight, level, pool)
            stop = self._flush() or stop
            if in_flight:
                for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    stop = self._receive(in_flight.pop(future), future) or stop
            elif self._in_doubt:
                stop = self._in_doubt.settle() or stop
            else:
                break
        if stop is not None:
            self._queue.clear()
            self._ahead = []
            raise stop

    def _fill(
        self, in_flight: dict[Future[Reply], Batch], level: int, pool: ThreadPoolExecutor
    ) -> StoppedEarly | KeyboardInterrupt | None:
        """Send as many batches as may be in flight, none while anything is in doubt.

        While they are on their way the next ones are built. Returns what stops the run.
        """
        try:
            while not self._in_doubt and len(in_flight) < self.pace.jobs:
                batch = self._next(level)
                if batch is None:
                    break
                in_flight[self._submitted(batch, pool)] = batch
            if in_flight:
                self._build_ahead()
        except (StoppedEarly, KeyboardInterrupt) as asked:
            return asked
        return None

    def _flush(self) -> StoppedEarly | None:
        """Record the answers that no batch was recorded with. Returns what stops the run."""
        try:
            self.outbox.flush()
        except StoppedEarly as stop:
            return stop
        return None

    def _submitted(self, batch: Batch, pool: ThreadPoolExecutor) -> Future[Reply]:
        """Send a batch in a thread that knows what this one is about."""
        within = copy_context()
        return pool.submit(within.run, self.target.submit, batch.changes)

    def _still_ours(self) -> None:
        """Check the lease before a request where time has passed since the last record."""
        if not self.outbox.sure:
            self.outbox.claim()

    def _next(self, level: int) -> Batch | None:
        """Return the next batch, recorded as in flight; parts of a refused one come first."""
        self.progress.between_batches()
        if not self._queue:
            self._build_ahead()
            if not self._ahead:
                return None
            changes, self._ahead = self._ahead[: self._size], self._ahead[self._size :]
            self._queue.append(Batch(changes))
        batch = self._queue.popleft()
        batch.no = self.outbox.record_sending(level, [change.seq for change in batch.changes])
        return batch

    def _build_ahead(self) -> None:
        """Build the changes of the next batches, unless some are built or nothing is left."""
        while not self._ahead:
            items = list(islice(self._waiting, max(self._size, BUILT_AT_ONCE)))
            if not items:
                return
            self._ahead, blocked = self.builder.build(items)
            if blocked:
                self._settle(BatchResult(None, "blocked", blocked))

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
        result, stop = self._read_back.result(batch, reply)
        self.outbox.answered(result)
        self._report(result)
        if stop is not None:
            raise stop

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
        self._in_doubt.add(batch, reply)

    def _shrink(self, batch: Batch) -> None:
        """Make all later batches half as large as one that was too large."""
        self._size = max(1, min(self._size, len(batch.changes) // 2))

    def _settle(self, result: BatchResult) -> None:
        self.outbox.settle(result)
        self._report(result)

    def _report(self, result: BatchResult) -> None:
        if result.batch is not None:
            facts = {"batch": result.batch, "items": len(result.items), "state": result.state}
            _LOG.info("batch %s", result.state, extra={**facts, "http_status": result.http_status})
        self.progress.advance(len(result.items))
