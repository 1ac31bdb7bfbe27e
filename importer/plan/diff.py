"""The diff of a payload and its live state: the values that differ in meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importer.model import Key, Payload
from importer.payload_path import join, split, value_at
from importer.plan.equality import canonical, equal
from importer.plan.live_type import same_in_words
from importer.targets.protocol import Change, LiveEntity, Relations
from importer.template.schema_fields import NO_SCHEMA, SchemaField, SchemaFields

Difference = tuple[Any, Any]
"""Old and new value; None where there is none."""


def differences(
    payload: Payload, live: Payload, fields: SchemaFields, whole: frozenset[str] = frozenset()
) -> dict[SchemaField, Difference]:
    """Return old and new value by field, for every stated value that is not live already.

    What the payload does not state is left alone. Lists that the schema calls sets
    (`uniqueItems`) are equal in any order. Objects at the paths of `whole` are one value each.
    """
    found: dict[SchemaField, Difference] = {}
    for path, value, old in _beside(payload, live, (), whole):
        if not (isinstance(value, str) and value == old):  # most values are texts as before
            field = fields[path]
            if not same(value, old, field):
                found[field] = (old, value)
    return found


def _beside(
    payload: Payload, live: Any, prefix: Key, whole: frozenset[str]
) -> Iterator[tuple[Key, Any, Any]]:
    """Yield every value of a payload with its path and what is live there, as `leaves` does."""
    there = live if isinstance(live, dict) else {}
    for key, value in payload.items():
        path = (*prefix, key)
        if isinstance(value, dict) and not (whole and join(path) in whole):
            yield from _beside(value, there.get(key), path, whole)
        else:
            yield path, value, there.get(key)


def leaves(
    payload: Payload, prefix: Key = (), whole: frozenset[str] = frozenset()
) -> Iterator[tuple[Key, Any]]:
    """Yield every value with its path; an object is its values, unless it is `whole`."""
    for key, value in payload.items():
        path = (*prefix, key)
        if isinstance(value, dict) and not (whole and join(path) in whole):
            yield from leaves(value, path, whole)
        else:
            yield path, value


def put(payload: Payload, path: tuple[str, ...], value: Any) -> None:
    """Set the value at a path, making the objects on the way."""
    for step in path[:-1]:
        payload = payload.setdefault(step, {})
    payload[path[-1]] = value


def same(one: Any, other: Any, field: SchemaField) -> bool:
    """Whether two values mean the same to the target."""
    if other is None:
        return one is None
    if equal(one, other):
        return True
    if isinstance(one, str) and isinstance(other, str):
        return _lines(one) == _lines(other)
    if field.is_set and isinstance(one, list) and isinstance(other, list):
        return sorted(map(canonical, one)) == sorted(map(canonical, other))
    return same_in_words(one, other, field)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def has_landed(change: Change, live: LiveEntity | None) -> bool:
    """Whether the target holds what a change asks for; this settles a batch in doubt."""
    return not unmet(change, live)


def unmet(change: Change, live: LiveEntity | None) -> list[str]:
    """Return the payload paths at which the target does not hold what a change asks for.

    An empty path stands for the entity itself: it is not there, or it should not be.
    """
    if change.action == "delete":
        return [] if live is None or live.archived else [""]
    if live is None or live.archived:
        return [""]
    stated = leaves(change.payload)
    paths = [join(path) for path, value in stated if not _holds(live, path, value)]
    paths += [path for path in change.clears if _has(live, path)]
    return list(dict.fromkeys([*paths, *_unrelated(change, live)]))


def _has(live: LiveEntity, path: str) -> bool:
    return value_at(live.payload, split(path)) is not None or bool(live.relations.get(path))


def _holds(live: LiveEntity, path: tuple[str, ...], value: Any) -> bool:
    if path[-1] == "qualifiedName":
        return True
    found = value_at(live.payload, path)
    if isinstance(value, list) and isinstance(found, list):
        return sorted(map(canonical, value)) == sorted(map(canonical, found))
    return same(value, found, NO_SCHEMA[path])


def _unrelated(change: Change, live: LiveEntity) -> Iterator[str]:
    """Yield the paths whose references are not as a change asks."""
    for path in (*change.relations, *change.append, *change.remove):
        now = _ids(live.relations, path)
        whole = path in change.relations and now != _ids(change.relations, path)
        added = _ids(change.append, path) <= now
        removed = not _ids(change.remove, path) & now
        if whole or not (added and removed):
            yield path


def _ids(relations: Relations, path: str) -> set[str]:
    return {ref.id for ref in relations.get(path, ())}
