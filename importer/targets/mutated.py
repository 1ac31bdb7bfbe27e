"""Reads the answers that Atlan and Apache Atlas share: which entities a request changed, and how.

Their shape is atlas-metastore's EntityMutationResponse: headers of entities by operation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from importer.model import Action, Json, Status
from importer.targets.protocol import Accepted, Change, Landed


def mutated(body: Json, *operations: str) -> set[str]:
    """Return the guids of the entities that underwent one of these operations."""
    by_operation = body.get("mutatedEntities") or {}
    return {header["guid"] for name in operations for header in by_operation.get(name) or ()}


def saved_as(
    change: Change, guid: str, created: Collection[str], updated: Collection[str]
) -> Landed:
    """Return what a save did to one entity; what the answer leaves out is not `named`."""
    named = guid in created or guid in updated
    return Landed(change.seq, _status(change, guid, created, updated), guid, named=named)


def gone(changes: Sequence[Change], guids: Collection[str]) -> Accepted:
    """Return the reply to a deletion; its answer does not name what was gone before."""
    return Accepted(
        tuple(
            Landed(change.seq, Status.DELETED, change.id or "")
            if change.id in guids
            else Landed(change.seq, Status.UNCHANGED, change.id or "", named=False)
            for change in changes
        )
    )


def _status(
    change: Change, guid: str, created: Collection[str], updated: Collection[str]
) -> Status:
    if guid in created:
        return Status.CREATED
    if guid in updated:
        return Status.MOVED if change.action is Action.MOVE else Status.UPDATED
    return Status.UNCHANGED
