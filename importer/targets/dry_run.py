"""A target for dry runs: it shows the live state of a real one and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from importer.targets.forwarding import ForwardingTarget
from importer.targets.protocol import OUTCOME_OF, Accepted, Change, Landed, Reply, Target

MANY_AT_ONCE = 500
"""How many changes a batch has: no request is made of it that might be too large."""


class DryRunTarget(ForwardingTarget):
    """A target that accepts every batch without carrying it out; reads go to the inner target."""

    def __init__(self, inner: Target) -> None:
        super().__init__(inner)
        self.batch_size = MANY_AT_ONCE

    def guard(self, check: Callable[[], None]) -> None:
        """Do nothing: no request is sent that `check` could forbid."""

    def submit(self, changes: Sequence[Change]) -> Reply:
        """Return the planned outcome of every change; new entities get made-up ids."""
        return Accepted(
            tuple(
                Landed(change.seq, OUTCOME_OF[change.action], change.id or f"new {change.seq}")
                for change in changes
            )
        )
