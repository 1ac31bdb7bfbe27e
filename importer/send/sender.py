"""Levels one after the other, batches of a level side by side; every refusal traced to its row."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeAlias

from importer.errors import StoppedEarly
from importer.journal.journal import SENDING
from importer.journal.outbox import Outbox, Settled
from importer.model import Action, Status
from importer.send.bisect import culprits, parts, rival
from importer.send.build import ChangeBuilder, settled
from importer.send.circuit_breaker import STOP_AFTER, CircuitBreaker
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

HasLanded: TypeAlias = Callable[[Change, LiveEntity | None], bool]
Advance: TypeAlias = Callable[[int], None]

LONGEST_SENDING = 900.0
"""Seconds after which nobody is still repeating a request that was written down: a 429 may have
kept it waiting again and again.
"""

MAX_DOUBTS = 3
"""How often a change whose answer never came is looked up and sent again before it is unknown."""

OPEN = (Status.PENDING, Status.UNKNOWN)
"""What a row of a batch is whose answer nobody wrote down, or nobody could look up."""

DONE = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.DELETE: Status.DELETED,
    Action.UNCHANGED: Status.UNCHANGED,
}


@dataclass(slots=True)
class Batch:
    """Changes of one level that go out together; `doubts` counts answers that never came.

    `whole` are the changes of the batch that was refused first, where this one is a part of it.
    """

    changes: list[Change]
    doubts: int = 0
    no: int = 0
    whole: Sequence[Change] = ()


@dataclass(slots=True)
class Sender:
    """Sends what waits in an outbox.

    `size` changes a batch, at most `jobs` batches in flight. `has_landed` compares a change with
    what the target holds, for batches whose answer never came. `between` is called before each
    batch and may raise KeyboardInterrupt. What did not land within `landing` seconds never will.
    `stop_after` batches' worth of rows refused one after the other, or twice as many answers that
    never came, end the run.
    """

    outbox: Outbox
    target: Target
    preparer: ChangeBuilder
    has_landed: HasLanded
    size: int
    jobs: int = 4
    progress: Advance = lambda _done: None
    between: Callable[[], None] = lambda: None
    stop_after: int = STOP_AFTER
    landing: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    _queue: deque[Batch] = field(default_factory=deque)
    _last: int = -1
    _streak: CircuitBreaker = field(default_factory=CircuitBreaker)

    def send(self) -> None:
        """Send every level. Raises StoppedEarly or KeyboardInterrupt once what flew is settled."""
        self._streak = CircuitBreaker(self.stop_after * self.size, self.stop_after * 2)
        self.target.guard(self._still_ours)
        with ThreadPoolExecutor(max_workers=self.jobs) as pool:
            for level in self.outbox.levels():
                self._last = -1
                self._send_level(level, pool)

    def settle_doubts(self) -> None:
        """Look up every batch that an earlier process sent and did not settle.

        What landed is written down; what did not waits to be sent again.
        """
        for doubt in self.outbox.in_doubt():
            items = [i for i in self.outbox.items(doubt.items) if i.state in OPEN]
            changes, blocked = self.preparer.prepare(items)
            wait = self.landing if doubt.age < LONGEST_SENDING else 0.0
            there, missing = self._looked_up(changes, wait)
            waiting = settled(missing, Status.PENDING, "")
            outcome = [*there, *waiting, *blocked]
            self.outbox.settle(doubt.no, "looked_up", outcome, "The sender ended.")

    def _send_level(self, level: int, pool: ThreadPoolExecutor) -> None:
        flying: dict[Future[Reply], Batch] = {}
        stop: StoppedEarly | KeyboardInterrupt | None = None
        while True:
            while stop is None and len(flying) < self.jobs:
                try:
                    batch = self._next(level)
                except (StoppedEarly, KeyboardInterrupt) as asked:
                    stop = asked
                    break
                if batch is None:
                    break
                flying[pool.submit(self.target.submit, batch.changes)] = batch
            if not flying:
                break
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                stop = self._receive(flying.pop(future), future) or stop
        if stop is not None:
            self._queue.clear()
            raise stop

    def _still_ours(self) -> None:
        """Before a request goes out: where time has passed since it was written down, look."""
        if not self.outbox.sure:
            self.outbox.claim()

    def _next(self, level: int) -> Batch | None:
        """The next batch, written down as going out: parts of a refused one come first."""
        self.between()
        while not self._queue:
            items = self.outbox.waiting(level, self._last, self.size)
            if not items:
                return None
            self._last = items[-1].no
            changes, blocked = self.preparer.prepare(items)
            if blocked:
                self._settle(None, "blocked", blocked)
            if changes:
                self._queue.append(Batch(changes))
        batch = self._queue.popleft()
        batch.no = self.outbox.sending(level, [change.seq for change in batch.changes])
        return batch

    def _receive(self, batch: Batch, future: Future[Reply]) -> StoppedEarly | None:
        """Settle one answer; what it asks to send again is queued."""
        try:
            return self._settled(batch, future)
        except StoppedEarly as stop:
            return stop

    def _settled(self, batch: Batch, future: Future[Reply]) -> StoppedEarly | None:
        try:
            reply = future.result()
        except StoppedEarly as stop:
            self._settle(batch, "failed", [], str(stop))
            return stop
        if isinstance(reply, Accepted):
            self._streak.ends()
            self._settle(batch, "done", _landed(batch.changes, reply.landed))
        elif isinstance(reply, Refused):
            self._refused(batch, reply)
        else:
            self._in_doubt(batch, reply)
        return self._streak.stop(reply)

    def _refused(self, batch: Batch, reply: Refused) -> None:
        """Find the culprit: named, alone, or in one of the halves."""
        blamed = culprits(batch.changes, reply)
        if reply.smaller:
            self._shrink(batch)
        whole = batch.whole or batch.changes
        rest = [Batch(one, batch.doubts, whole=whole) for one in parts(batch.changes, blamed)]
        self._queue.extendleft(reversed(rest))
        outcome = [self._rejected(change, reply.words, whole) for change in blamed]
        self._streak.refused(len(blamed))
        self._settle(batch, "refused", outcome, reply.words, reply.http_status)

    def _rejected(self, change: Change, words: str, whole: Sequence[Change]) -> Settled:
        """The target's words, and the one row of the same batch that this one may not go with."""
        other = rival(change, whole)
        if other is not None:
            words = f"{words} {self.preparer.conflict(change.seq, other.seq)}"
        return Settled(change.seq, Status.REJECTED, change.id, words)

    def _in_doubt(self, batch: Batch, reply: InDoubt) -> None:
        """Look up what landed; only what did not is sent again, in parts from the second time."""
        if reply.late:
            self._shrink(batch)
        try:
            outcome, missing = self._looked_up(batch.changes, self.landing)
        except StoppedEarly:
            unknown = settled(batch.changes, Status.UNKNOWN, reply.reason)
            self._settle(batch, SENDING, unknown, reply.reason)
            raise
        self._streak.doubted(landed=bool(outcome))
        if len(missing) == 1 and batch.doubts + 1 >= MAX_DOUBTS:
            outcome += settled(missing, Status.UNKNOWN, reply.reason)
        elif missing:
            whole = not batch.doubts and not reply.late
            again = [missing] if whole else parts(missing, [])
            self._queue.extend(Batch(part, batch.doubts + 1) for part in again)
        self._settle(batch, "looked_up", outcome, reply.reason)

    def _looked_up(
        self, changes: Sequence[Change], wait: float
    ) -> tuple[list[Settled], list[Change]]:
        """What landed and what did not: what is missing is looked up again when it could have."""
        found = self.target.find(changes) if changes else {}
        outcome, missing = self._parted(changes, found)
        if missing and wait > 0:
            self.sleep(wait)
            outcome, missing = self._parted(changes, self.target.find(changes))
        return outcome, missing

    def _shrink(self, batch: Batch) -> None:
        """From now on batches are half as large as one that was too large."""
        self.size = max(1, min(self.size, len(batch.changes) // 2))

    def _parted(
        self, changes: Sequence[Change], found: Mapping[int, LiveEntity]
    ) -> tuple[list[Settled], list[Change]]:
        """What became of the changes that landed, and the changes that did not."""
        there = [change for change in changes if self.has_landed(change, found.get(change.seq))]
        outcome = [_found(change, found.get(change.seq)) for change in there]
        return outcome, [change for change in changes if change not in there]

    def _settle(
        self,
        batch: Batch | None,
        state: str,
        items: list[Settled],
        words: str = "",
        http_status: int | None = None,
    ) -> None:
        self.outbox.settle(batch.no if batch else None, state, items, words, http_status)
        self.progress(len(items))


def _landed(changes: Sequence[Change], landed: Sequence[Landed]) -> list[Settled]:
    """What became of each change of a batch that the target took."""
    by_seq = {one.seq: one for one in landed}
    return [_one(change, by_seq.get(change.seq)) for change in changes]


def _one(change: Change, landed: Landed | None) -> Settled:
    if landed is None:
        return Settled(change.seq, Status.UNKNOWN, change.id, "The target's answer leaves it out.")
    status = landed.status
    if status is Status.UPDATED and change.action is Action.MOVE:
        status = Status.MOVED
    return Settled(change.seq, status, landed.id)


def _found(change: Change, live: LiveEntity | None) -> Settled:
    return Settled(change.seq, DONE[change.action], live.id if live else change.id)
