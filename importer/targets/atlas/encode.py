"""Encodes a change as an entity of a bulk request (`POST entity/bulk`, one transaction).

Every entity is sent with a guid: its own if it exists, else `-<seq>`. An attribute that is left out
stays as it is, null empties it. Tags, labels, custom metadata and lists of relations are taken from
new entities only: for the others they have calls of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from importer.model import Json, Payload
from importer.payload_path import DOT, split
from importer.targets.atlas.names import is_renamed
from importer.targets.atlas.typedefs import TypeDefs, UnknownName
from importer.targets.atlas.vocabulary import (
    ATTRIBUTES,
    CUSTOM_METADATA,
    FREE,
    GLOSSARY_TYPES,
    LABELS,
    RELATIONS,
    TAGS,
    existing_id,
    own_name,
    stated_name,
)
from importer.targets.protocol import Change, Ref, Refused

NOT_PROPAGATED = {"propagate": False, "removePropagationsOnEntityDelete": True}
"""Sent explicitly: a server may be set up to propagate tags where that is left out."""


def sent_guid(change: Change) -> str:
    """Return the guid that stands for the entity of a change in a request."""
    return existing_id(change) or f"-{change.seq}"


def needs_typedefs(change: Change) -> bool:
    """Return whether the type definitions say anything about how a change is sent."""
    related = change.relations or change.append or CUSTOM_METADATA in change.payload
    return change.type in GLOSSARY_TYPES or existing_id(change) is not None or bool(related)


def is_sent(change: Change, typedefs: TypeDefs) -> bool:
    """Return whether the bulk request has anything to say about the entity of a change."""
    if existing_id(change) is None:
        return True
    parts = {*change.payload, *(split(path)[0] for path in change.clears)}
    fields = parts & {ATTRIBUTES, FREE}
    return bool(fields) or bool(_own_relations(change, typedefs))


def entity(change: Change, typedefs: TypeDefs, fitting_name: str) -> Payload:
    """Return an item of `entities`.

    `fitting_name` is the qualifiedName of a glossary object that is new, renamed or moved.
    """
    body: Payload = {
        "typeName": change.type,
        "guid": sent_guid(change),
        ATTRIBUTES: {**_repeated(change, typedefs), **_attributes(change)},
        RELATIONS: _relations(change, typedefs),
        **_free(change),
        **(_of_new(change) if existing_id(change) is None else {}),
    }
    if is_renamed(change):
        body[ATTRIBUTES]["qualifiedName"] = fitting_name
    return {name: part for name, part in body.items() if part or name == FREE}


def _repeated(change: Change, typedefs: TypeDefs) -> dict[str, Json]:
    """Return the attributes that every save holds, changed or not."""
    if existing_id(change) is None:
        return {"name": stated_name(change)} if change.type in GLOSSARY_TYPES else {}
    before = change.before.payload.get(ATTRIBUTES, {}) if change.before else {}
    demanded = typedefs.type(change.type).demanded
    return {name: before[name] for name in sorted(demanded) if name in before}


def _attributes(change: Change) -> dict[str, Json]:
    """Return the attributes to set, null for those to empty."""
    cleared: dict[str, Json] = {
        own_name(change.type, name): None for name in _cleared(change, ATTRIBUTES)
    }
    given = change.payload.get(ATTRIBUTES, {}).items()
    stated = {own_name(change.type, name): value for name, value in given}
    if change.type in GLOSSARY_TYPES:
        stated.pop("qualifiedName", None)
    return {**cleared, **stated}


def _cleared(change: Change, part: str) -> list[str]:
    """Return the names to empty in a part of the entity."""
    steps = (path.partition(".") for path in change.clears)
    return [name.replace(DOT, ".") for first, _, name in steps if first == part]


def _relations(change: Change, typedefs: TypeDefs) -> dict[str, Json]:
    """Return the relations to set, and those that every save holds."""
    own = _own_relations(change, typedefs)
    if existing_id(change) is None or not change.before:
        return own
    before = change.before.relations
    repeated = {
        name: reference(before[path][0])
        for name in sorted(typedefs.type(change.type).demanded)
        if (path := f"{RELATIONS}.{name}") in before
    }
    return {**repeated, **own}


def _own_relations(change: Change, typedefs: TypeDefs) -> dict[str, Json]:
    """Return the relations that a change sets, without the lists of an entity that exists.

    2.1 does not replace a list: it leaves some of the former ends, and doubles others.
    """
    new = existing_id(change) is None
    lists = typedefs.type(change.type).lists
    found: dict[str, Json] = {}
    for name in _cleared(change, RELATIONS):
        if name not in lists:
            found[name] = None
    for path, refs in (change.relations | (change.append if new else {})).items():
        name, ends = split(path)[-1], [reference(ref) for ref in refs]
        if name not in lists:
            found[name] = next(iter(ends), None)
        elif new:
            found[name] = ends
    return found


def reference(ref: Ref) -> Json:
    """Return what names an entity in a relation."""
    return {"typeName": ref.type, "guid": ref.id}


def _free(change: Change) -> Payload:
    """Return the customAttributes, which are replaced whole: those not stated are repeated."""
    removed, emptied = set(_cleared(change, FREE)), FREE in change.clears
    if not (removed or emptied or FREE in change.payload):
        return {}
    before = change.before.payload.get(FREE, {}) if change.before and not emptied else {}
    kept = {name: value for name, value in before.items() if name not in removed}
    return {FREE: {**kept, **change.payload.get(FREE, {})}}


def _of_new(change: Change) -> Payload:
    """Return what only the request that makes an entity can hold."""
    parts = {name: change.payload.get(name) for name in (LABELS, CUSTOM_METADATA)}
    tags = [tag(one["typeName"]) for one in change.payload.get(TAGS, ())]
    return {**parts, TAGS: tags}


def tag(name: str) -> Json:
    """Return a tag to put on an entity."""
    return {**NOT_PROPAGATED, "typeName": name}


def unknown_metadata(changes: Iterable[Change], typedefs: TypeDefs) -> Refused | None:
    """Return why a batch is not sent: what the server does not have is dropped without a word."""
    for change in changes:
        for set_name, values in change.payload.get(CUSTOM_METADATA, {}).items():
            try:
                for name in values:
                    typedefs.demand(set_name, name)
            except UnknownName as error:
                return Refused(str(error), 0, culprit=change.seq)
    return None
