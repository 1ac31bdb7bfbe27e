"""The calls of their own that tags, labels, custom metadata and ends of relations have.

A bulk request ignores them for an entity that exists. Each call is made only where the entity, as
it is now, does not hold yet what the change asks for: sent again, it would be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from msgspec import Struct

from importer.model import Json
from importer.payload_path import split
from importer.targets.atlas.decode import related, tags_of
from importer.targets.atlas.encode import reference, tag
from importer.targets.atlas.typedefs import Relation, TypeDefs
from importer.targets.atlas.vocabulary import (
    CUSTOM_METADATA,
    ENTITY,
    LABELS,
    RELATIONS,
    RELATIONSHIP,
    TAGS,
)
from importer.targets.protocol import Change, Ref

OWN_CALLS = frozenset({TAGS, LABELS, CUSTOM_METADATA})


class Call(Struct, frozen=True):
    """A request that changes a part of an entity; `what` names the part in a message."""

    what: str
    method: str
    path: str
    body: Json = None


def has_own_calls(change: Change, typedefs: TypeDefs) -> bool:
    """Return whether a change asks for anything that has calls of its own."""
    parts = {*change.payload, *(split(path)[0] for path in change.clears)}
    return bool(parts & OWN_CALLS) or any(_lists(change, typedefs))


def calls(change: Change, now: Json, typedefs: TypeDefs) -> Iterator[Call]:
    """Yield the calls that make an entity, as it is `now`, what the change asks for.

    What is removed goes first.
    """
    yield from _tags(change, now)
    yield from _labels(change, now)
    yield from _custom_metadata(change, now)
    for name in _lists(change, typedefs):
        yield from _ends(change, now, name, typedefs.type(change.type).relations[name])


def _path(now: Json, rest: str) -> str:
    return f"{ENTITY}{now['guid']}/{rest}"


def _tags(change: Change, now: Json) -> Iterator[Call]:
    if TAGS not in change.payload and TAGS not in change.clears:
        return
    wanted = {one["typeName"]: None for one in change.payload.get(TAGS, ())}
    there = tags_of(now)
    for name in there:
        if name not in wanted:
            path = _path(now, f"classification/{quote(name, safe='')}")
            yield Call(f"the tag {name}", "DELETE", path)
    if added := [name for name in wanted if name not in there]:
        path = _path(now, TAGS)
        yield Call(f"the tags {', '.join(added)}", "POST", path, list(map(tag, added)))


def _labels(change: Change, now: Json) -> Iterator[Call]:
    if LABELS not in change.payload and LABELS not in change.clears:
        return
    wanted = list(change.payload.get(LABELS, ()))
    if set(wanted) != set(now.get(LABELS) or ()):
        yield Call("the labels", "POST", _path(now, LABELS), wanted)


def _custom_metadata(change: Change, now: Json) -> Iterator[Call]:
    there = now.get(CUSTOM_METADATA) or {}
    path = _path(now, "businessmetadata")
    if gone := _emptied(change, there):
        yield Call("the business metadata", "DELETE", path, gone)
    if wanted := change.payload.get(CUSTOM_METADATA):
        yield Call("the business metadata", "POST", path, wanted)


def _emptied(change: Change, there: Json) -> Json:
    """Return the attributes to empty that have a value, by set."""
    found: Json = {}
    for path in change.clears:
        steps = split(path)
        if steps[0] != CUSTOM_METADATA:
            continue
        for set_name in steps[1:2] or there:
            values = there.get(set_name) or {}
            names = [one for one in steps[2:] or values if one in values]
            found.setdefault(set_name, {}).update(dict.fromkeys(names))
    return {name: values for name, values in found.items() if values}


def _lists(change: Change, typedefs: TypeDefs) -> list[str]:
    """Return the lists of relations that a change is about."""
    paths = (*change.clears, *change.relations, *change.append, *change.remove)
    names = dict.fromkeys(split(path)[-1] for path in paths if split(path)[0] == RELATIONS)
    return [name for name in names if name in typedefs.type(change.type).lists]


def _ends(change: Change, now: Json, name: str, relation: Relation) -> Iterator[Call]:
    """Yield the calls that remove and add single ends of a relation."""
    path, there = f"{RELATIONS}.{name}", related(now, name)
    stated, added = change.relations.get(path, ()), change.append.get(path, ())
    wanted = {ref.id for ref in (*stated, *added)}
    removed = {ref.id for ref in change.remove.get(path, ())}
    if path in change.relations or path in change.clears:
        removed |= {end["guid"] for end in there} - wanted
    what = f"an end of {name}"
    for end in there:
        if end["guid"] in removed and end.get("relationshipGuid"):
            yield Call(what, "DELETE", f"{RELATIONSHIP}/guid/{end['relationshipGuid']}")
    known = {end["guid"] for end in there}
    for ref in dict.fromkeys((*stated, *added)):
        if ref.id not in known:
            yield Call(what, "POST", RELATIONSHIP, _relationship(change, now, ref, relation))


def _relationship(change: Change, now: Json, other: Ref, relation: Relation) -> Json:
    """Return a new relation; whichever end stands first, 2.1 takes it, right or wrong."""
    ends = reference(Ref(change.type, now["guid"])), reference(other)
    first, second = ends if relation.first else reversed(ends)
    return {"typeName": relation.name, "end1": first, "end2": second}
