"""Settles the batches that an earlier process sent without recording the answer."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.journal.journal import Doubt
from importer.journal.outbox import BatchResult, Outbox
from importer.journal.settled import Settled
from importer.model import Status
from importer.send.build import ChangeBuilder, settled
from importer.send.look_up import LookUp
from importer.send.pace import Pace
from importer.targets.protocol import Change

LONGEST_REQUEST = 900.0
"""Seconds after which no process still repeats a request: several 429s may have delayed it."""

OPEN = (Status.PENDING, Status.UNKNOWN)
"""The states of items whose batch has no recorded answer, or could not be looked up."""


class DoubtedBatch(Struct, frozen=True):
    """A batch of an earlier process without a recorded answer; a `recent` one may still land."""

    no: int
    changes: Sequence[Change]
    blocked: Sequence[Settled]
    recent: bool


class EarlierBatches(Struct, frozen=True):
    """The batches in doubt that an outbox holds when a run is taken up again."""

    outbox: Outbox
    builder: ChangeBuilder
    look_up: LookUp
    pace: Pace

    def settle(self) -> None:
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
        found = self.look_up.batches([doubt.changes for doubt in doubts])
        left = []
        for doubt, (there, missing) in zip(doubts, found, strict=True):
            if missing and doubt.recent:
                left.append(doubt)
                continue
            outcomes = [*there, *settled(missing, Status.PENDING, ""), *doubt.blocked]
            self.outbox.settle(BatchResult(doubt.no, "looked_up", outcomes, "The sender ended."))
        return left
