"""Levels one after the other, batches of a level side by side; every refusal traced to its row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TypeAlias

from importer.errors import StoppedEarly
from importer.journal.sending import SENDING, Outbox, Settled
from importer.model import Action, Status
from importer.send.blame import culprits, parts
from importer.send.prepare import Preparer, settled
from importer.targets.protocol import (
    Accepted,
    Change,
    InDoubt,
    Landed,
    Live,
    Refused,
    Reply,
    Target,
)

HasLanded: TypeAlias = Callable[[Change, Live | None], bool]
Progress: TypeAlias = Callable[[int], None]

MAX_DOUBTS = 3
"""How often a change whose answer never came is looked up and sent again before it is unknown."""

OPEN = (Status.PENDING, Status.UNKNOWN)
"""What a row of a batch is whose answer nobody wrote down, or nobody could look up."""

_DONE = {
    Action.CREATE: Status.CREATED,
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.DELETE: Status.DELETED,
    Action.UNCHANGED: Status.UNCHANGED,
}


class Stopped(StoppedEarly):
    """The target could not be reached or refused the credential in mid-run."""


@dataclass(slots=True)
class Batch:
    """Changes of one level that go out together; `doubts` counts answers that never came."""

    changes: list[Change]
    doubts: int = 0
    no: int = 0


@dataclass(slots=True)
class Sender:
    """Sends what waits in an outbox.

    `size` changes a batch, at most `jobs` batches in flight. `has_landed` compares a change with
    what the target holds, for batches whose answer never came.
    """

    outbox: Outbox
    target: Target
    preparer: Preparer
    has_landed: HasLanded
    size: int
    jobs: int = 4
    progress: Progress = lambda _done: None
    _queue: deque[Batch] = field(default_factory=deque)
    _last: int = -1

    def send(self) -> None:
        """Send every level. Raises StoppedEarly once what was in flight is settled."""
        with ThreadPoolExecutor(max_workers=self.jobs) as pool:
            for level in self.outbox.levels():
                self._last = -1
                self._send_level(level, pool)

    def settle_doubts(self) -> None:
        """Look up every batch that an earlier process sent and did not settle.

        What landed is written down; what did not waits to be sent again.
        """
        for no, _level, numbers in self.outbox.in_doubt():
            items = [i for i in self.outbox.items(numbers) if i.state in OPEN]
            changes, blocked = self.preparer.prepare(items)
            found = self.target.find(changes) if changes else {}
            there, missing = self._parted(changes, found)
            waiting = settled(missing, Status.PENDING, "")
            self.outbox.settle(no, "looked_up", [*there, *waiting, *blocked], "The sender ended.")

    def _send_level(self, level: int, pool: ThreadPoolExecutor) -> None:
        flying: dict[Future[Reply], Batch] = {}
        stop: StoppedEarly | None = None
        while True:
            while stop is None and len(flying) < self.jobs:
                batch = self._next(level)
                if batch is None:
                    break
                batch.no = self.outbox.sending(level, [change.seq for change in batch.changes])
                flying[pool.submit(self.target.submit, batch.changes)] = batch
            if not flying:
                break
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                stop = self._receive(flying.pop(future), future) or stop
        if stop is not None:
            self._queue.clear()
            raise stop

    def _next(self, level: int) -> Batch | None:
        """A part of a refused batch first, else the next waiting items."""
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
        return self._queue.popleft()

    def _receive(self, batch: Batch, future: Future[Reply]) -> StoppedEarly | None:
        """Settle one answer; what it asks to send again is queued."""
        try:
            reply = future.result()
        except StoppedEarly as stop:
            self._settle(batch, "failed", [], str(stop))
            return stop
        if isinstance(reply, Accepted):
            self._settle(batch, "done", _landed(batch.changes, reply.landed))
        elif isinstance(reply, Refused):
            self._refused(batch, reply)
        else:
            return self._in_doubt(batch, reply)
        return None

    def _refused(self, batch: Batch, reply: Refused) -> None:
        """Find the culprit: named, alone, or in one of the halves."""
        blamed = culprits(batch.changes, reply)
        if reply.smaller:
            self.size = max(1, min(self.size, len(batch.changes) // 2))
        again = [Batch(part, batch.doubts) for part in parts(batch.changes, blamed)]
        self._queue.extendleft(reversed(again))
        outcome = settled(blamed, Status.REJECTED, reply.words)
        self._settle(batch, "refused", outcome, reply.words, reply.http_status)

    def _in_doubt(self, batch: Batch, reply: InDoubt) -> StoppedEarly | None:
        """Look up what landed; only what did not is sent again."""
        try:
            found = self.target.find(batch.changes)
        except StoppedEarly as stop:
            outcome = settled(batch.changes, Status.UNKNOWN, reply.reason)
            self._settle(batch, SENDING, outcome, reply.reason)
            return stop
        outcome, missing = self._parted(batch.changes, found)
        if missing and batch.doubts + 1 >= MAX_DOUBTS:
            outcome += settled(missing, Status.UNKNOWN, reply.reason)
        elif missing:
            self._queue.append(Batch(missing, batch.doubts + 1))
        self._settle(batch, "looked_up", outcome, reply.reason)
        return None

    def _parted(
        self, changes: Sequence[Change], found: Mapping[int, Live]
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


def _found(change: Change, live: Live | None) -> Settled:
    return Settled(change.seq, _DONE[change.action], live.id if live else change.id)
