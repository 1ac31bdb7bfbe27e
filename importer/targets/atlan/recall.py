"""Changes to entities that were made a moment ago in, the same changes with what Atlan holds out.

An update must repeat qualifiedName, name and anchor; of an entity made in this run the plan knew
no qualifiedName. It is read by guid from the store, since the search index lags behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from importer.model import Action, Json
from importer.targets.atlan.decode import Decoder
from importer.targets.atlan.vocabulary import ATTRIBUTES, BULK, RELATIONS
from importer.targets.protocol import Change
from importer.targets.transport import Transport


def unknown(changes: Sequence[Change]) -> list[str]:
    """The guids of entities to be updated whose live state nobody has looked up."""
    updates = (c for c in changes if c.before is None and c.action is not Action.DELETE)
    return [change.id for change in updates if change.id]


def recall(transport: Transport, decoder: Decoder, changes: Sequence[Change]) -> list[Change]:
    """Each change with its `before`. Raises TargetUnreachable or CredentialsRefused."""
    guids = [("guid", guid) for guid in unknown(changes)]
    query = [*guids, ("minExtInfo", "true"), ("ignoreRelationships", "false")]
    answer = transport.read("GET", BULK, query=query)
    held = {entity["guid"]: _as_found(entity) for entity in answer.get("entities") or ()}
    return [
        replace(change, before=decoder.live(held[change.id], change.key))
        if change.before is None and change.id in held
        else change
        for change in changes
    ]


def _as_found(entity: Json) -> Json:
    """An entity read by guid in the shape a search gives: relations among the attributes."""
    return {**entity, ATTRIBUTES: {**entity[ATTRIBUTES], **(entity.get(RELATIONS) or {})}}
