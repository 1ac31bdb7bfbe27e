"""Reads entities by guid from the store, for what a search does not show.

An update must repeat qualifiedName, name and anchor (Atlan developer docs, bulk update), which the
plan does not know of an entity created in the same run; the search index may lag behind.
customAttributes are in no search answer at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from importer.model import Action, Json
from importer.pieces import pieces
from importer.targets.atlan.decode import Decoder, name_of
from importer.targets.atlan.identity import ASSET
from importer.targets.atlan.vocabulary import (
    ATTRIBUTES,
    BULK,
    CUSTOM_METADATA,
    FREE,
    GLOSSARY_TYPES,
    README,
    RELATIONS,
)
from importer.targets.protocol import Change, LiveEntity, Query, Ref
from importer.targets.transport import Transport

AT_ONCE = 100
"""How many guids a request names: its URL stays below 5,000 characters."""


def without_before(changes: Sequence[Change]) -> list[str]:
    """Return the guids of entities to be updated whose before-image is not known."""
    updates = (c for c in changes if c.before is None and c.action is not Action.DELETE)
    return [change.id for change in updates if change.id]


def with_before(transport: Transport, decoder: Decoder, changes: Sequence[Change]) -> list[Change]:
    """Return each change with its before-image, read where it is not known and the entity exists.

    Raises TargetUnreachable or CredentialsRefused.
    """
    found = _by_guid(transport, without_before(changes))
    return [
        replace(change, before=decoder.live(found[change.id], change.key))
        if change.before is None and change.id in found
        else change
        for change in changes
    ]


def read_back(
    transport: Transport, decoder: Decoder, changes: Sequence[Change]
) -> dict[int, LiveEntity]:
    """Return seq -> entity as it is stored, with the key of the change, where it exists.

    Raises TargetUnreachable or CredentialsRefused.
    """
    found = _by_guid(transport, [change.id for change in changes if change.id])
    return {
        change.seq: decoder.live(found[change.id], change.key)
        for change in changes
        if change.id in found
    }


def _by_guid(transport: Transport, guids: Sequence[str]) -> dict[str, Json]:
    """Return guid -> entity in the shape of a search hit."""
    entities = (one for some in pieces(guids, AT_ONCE) for one in _read(transport, some))
    return {entity["guid"]: _like_a_hit(entity) for entity in entities}


def with_titles(transport: Transport, changes: Sequence[Change]) -> list[Change]:
    """Return new readmes of assets with the title that Atlan gives them: `<name> Readme`.

    A key has the name of a glossary object, and of other assets only the qualifiedName. Raises
    TargetUnreachable or CredentialsRefused.
    """
    owners = {one.seq: ref for one in changes if one.id is None and (ref := _owner(one))}
    found = _by_guid(transport, sorted({ref.id for ref in owners.values()}))
    names = {guid: name_of(entity) for guid, entity in found.items()}
    return [
        _named(one, f"{names[owners[one.seq].id]} Readme")
        if one.seq in owners and names.get(owners[one.seq].id)
        else one
        for one in changes
    ]


def _owner(change: Change) -> Ref | None:
    """Return the asset that a readme belongs to, where it is no glossary object."""
    refs = change.relations.get(ASSET, ()) if change.type == README else ()
    return next((ref for ref in refs if ref.type not in GLOSSARY_TYPES), None)


def _named(change: Change, name: str) -> Change:
    attributes = {"name": name, **change.payload.get(ATTRIBUTES, {})}
    return replace(change, payload={**change.payload, ATTRIBUTES: attributes})


def with_free_attributes(
    transport: Transport, query: Query, found: Iterable[LiveEntity]
) -> Iterator[LiveEntity]:
    """Yield each entity; those that the query names have their customAttributes.

    Raises TargetUnreachable or CredentialsRefused.
    """
    for lives in pieces(found, AT_ONCE):
        guids = [live.id for live in lives if _is_named(live, query)]
        free = {entity["guid"]: entity.get(FREE) for entity in _read(transport, guids)}
        for live in lives:
            attributes = free.get(live.id)
            yield replace(live, payload={**live.payload, FREE: attributes}) if attributes else live


def _is_named(live: LiveEntity, query: Query) -> bool:
    return live.id in query.ids or live.key in query.keys.get(live.type, ())


def _read(transport: Transport, guids: Sequence[str]) -> list[Json]:
    """Return the entities with these guids that exist; none are requested without a guid."""
    if not guids:
        return []
    named = [("guid", guid) for guid in guids]
    # with minExtInfo=true atlas-metastore leaves out most of what stands in a glossary before it
    query = [*named, ("minExtInfo", "false"), ("ignoreRelationships", "false")]
    found = transport.read("GET", BULK, query=query, absent=True)
    if found is not None:
        return list(found.get("entities") or ())
    # one guid that is unknown makes it refuse the whole request
    return [one for guid in guids for one in _read(transport, [guid])] if len(guids) > 1 else []


def _like_a_hit(entity: Json) -> Json:
    """Return an entity read by guid in the shape of a search hit.

    Its relations and its custom metadata (`<set>.<attribute>`) stand among its attributes.
    """
    sets = entity.get(CUSTOM_METADATA) or {}
    custom = {
        f"{name}.{attribute}": value
        for name, values in sets.items()
        for attribute, value in (values or {}).items()
    }
    return {**entity, ATTRIBUTES: {**entity[ATTRIBUTES], **(entity.get(RELATIONS) or {}), **custom}}
