"""What no search shows, read by guid from the store.

An update must repeat qualifiedName, name and anchor; of an entity made in this run the plan knew
no qualifiedName. It is read by guid from the store, since the search index lags behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from importer.model import Action, Json
from importer.targets.atlan.decode import Decoder
from importer.targets.atlan.vocabulary import ATTRIBUTES, BULK, FREE, RELATIONS
from importer.targets.protocol import Change, LiveEntity, Query
from importer.targets.transport import Transport

AT_ONCE = 100
"""How many guids one request names: their URL stays below 5,000 characters."""


def unknown(changes: Sequence[Change]) -> list[str]:
    """The guids of entities to be updated whose live state nobody has looked up."""
    updates = (c for c in changes if c.before is None and c.action is not Action.DELETE)
    return [change.id for change in updates if change.id]


def recall(transport: Transport, decoder: Decoder, changes: Sequence[Change]) -> list[Change]:
    """Each change with its `before`. Raises TargetUnreachable or CredentialsRefused."""
    guids = [("guid", guid) for guid in unknown(changes)]
    held = {entity["guid"]: _as_found(entity) for entity in _read(transport, guids)}
    return [
        replace(change, before=decoder.live(held[change.id], change.key))
        if change.before is None and change.id in held
        else change
        for change in changes
    ]


def with_free_attributes(
    transport: Transport, wanted: Query, found: Iterable[LiveEntity]
) -> Iterator[LiveEntity]:
    """Each entity, those that the file states with their customAttributes.

    Raises TargetUnreachable or CredentialsRefused.
    """
    for some in _pieces(found):
        stated = [one for one in some if _is_stated(one, wanted)]
        guids = [("guid", one.id) for one in stated]
        free = {e["guid"]: e.get(FREE) for e in _read(transport, guids)} if guids else {}
        for one in some:
            held = free.get(one.id)
            yield replace(one, payload={**one.payload, FREE: held}) if held else one


def _is_stated(live: LiveEntity, wanted: Query) -> bool:
    return live.id in wanted.ids or live.key in wanted.keys.get(live.type, ())


def _pieces(found: Iterable[LiveEntity]) -> Iterator[list[LiveEntity]]:
    iterator = iter(found)
    while piece := list(islice(iterator, AT_ONCE)):
        yield piece


def _read(transport: Transport, guids: list[tuple[str, str]]) -> list[Json]:
    query = [*guids, ("minExtInfo", "true"), ("ignoreRelationships", "false")]
    return list(transport.read("GET", BULK, query=query).get("entities") or ())


def _as_found(entity: Json) -> Json:
    """An entity read by guid in the shape a search gives: relations among the attributes."""
    return {**entity, ATTRIBUTES: {**entity[ATTRIBUTES], **(entity.get(RELATIONS) or {})}}
