"""Settles a batch that the target accepted; what its answer leaves out is read back first."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import StoppedEarly
from importer.journal.journal import IN_FLIGHT
from importer.journal.outbox import BatchResult
from importer.journal.settled import Settled
from importer.model import Action, Status
from importer.send.batch import Batch
from importer.send.build import ChangeBuilder, settled
from importer.send.look_up import Unmet, as_planned
from importer.targets.protocol import Accepted, Change, Landed, LiveEntity, Target


class ReadBack(Struct, frozen=True):
    """Reads back the changes that an answer does not name; with `verify`, all of them."""

    target: Target
    builder: ChangeBuilder
    unmet: Unmet
    verify: bool

    def result(self, batch: Batch, reply: Accepted) -> tuple[BatchResult, StoppedEarly | None]:
        """Return what became of a batch, and what stops the run where it cannot be read back."""
        landed = {one.seq: one for one in reply.landed}
        silent = [one for one in batch.changes if self._is_silent(landed.get(one.seq))]
        named = [one for one in batch.changes if not self._is_silent(landed.get(one.seq))]
        outcomes = [_outcome(one, landed.get(one.seq)) for one in named]
        known = [replace(one, id=landed[one.seq].id) for one in silent]
        try:
            read = self._read(known, [landed[one.seq] for one in silent])
        except StoppedEarly as stop:
            why = f"The target's answer could not be verified: {stop}"
            unknown = settled(known, Status.UNKNOWN, why)
            return BatchResult(batch.no, IN_FLIGHT, [*outcomes, *unknown], why), stop
        return BatchResult(batch.no, "done", [*outcomes, *read]), None

    def _is_silent(self, landed: Landed | None) -> bool:
        """Return whether an answer leaves open what became of a change."""
        if landed is None or landed.refused:
            return False
        return self.verify or not landed.named

    def _read(self, changes: Sequence[Change], landed: Sequence[Landed]) -> list[Settled]:
        """Return the outcomes of changes by what the target holds now."""
        found = self.target.read_back(changes) if changes else {}
        pairs = zip(changes, landed, strict=True)
        return [self._verified(change, one, found.get(change.seq)) for change, one in pairs]

    def _verified(self, change: Change, landed: Landed, live: LiveEntity | None) -> Settled:
        if paths := self.unmet(change, live):
            words = self.builder.ignored(change.seq, paths)
            return Settled(change.seq, Status.REJECTED, change.id, words)
        if not landed.named and change.action in (Action.UPDATE, Action.MOVE):
            return as_planned(change, live)
        return _outcome(change, landed)


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
