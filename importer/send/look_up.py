"""Looks up batches whose answers never came, several at once: what landed, and what did not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from importer.journal.settled import Settled
from importer.targets.protocol import OUTCOME_OF, Change, LiveEntity, Target

Unmet: TypeAlias = Callable[[Change, LiveEntity | None], list[str]]
"""Returns the payload paths at which a live entity is not what a change asks for."""

Found: TypeAlias = tuple[list[Settled], list[Change]]
"""The outcomes of the changes of a batch that landed, and the changes that did not."""


class LookUp(Struct, frozen=True):
    """Compares what was sent with what the target holds."""

    target: Target
    unmet: Unmet

    def batches(self, batches: Sequence[Sequence[Change]]) -> list[Found]:
        """Return what became of each batch; the target is asked about all of them at once.

        Raises TargetUnreachable or CredentialsRefused.
        """
        changes = [change for batch in batches for change in batch]
        live = self.target.find(changes) if changes else {}
        return [self._compared(batch, live) for batch in batches]

    def _compared(self, changes: Sequence[Change], live: Mapping[int, LiveEntity]) -> Found:
        outcomes, missing = [], []
        for change in changes:
            found = live.get(change.seq)
            if self.unmet(change, found):
                missing.append(change)
            else:
                outcomes.append(as_planned(change, found))
        return outcomes, missing


def as_planned(change: Change, live: LiveEntity | None) -> Settled:
    """Return the outcome of a change that was carried out as planned."""
    return Settled(change.seq, OUTCOME_OF[change.action], live.id if live else change.id)
