"""A planned change as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importer.journal.serialize.entities import live_entity
from importer.journal.serialize.plain import pack, unpack
from importer.model import Action, Payload
from importer.payload_path import split, value_at
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers


def pack_change(change: PlannedChange) -> bytes:
    """Return a planned change as JSON; equal changes are equal bytes."""
    raw: dict[str, Any] = {
        "type": change.type,
        "action": change.action.value,
        "key": change.key,
        "payload": change.payload,
        "clears": change.clears,
        "relations": _pack_pointers(change.relations),
        "append": _pack_pointers(change.append),
        "remove": _pack_pointers(change.remove),
        "id": change.id,
        "before": change.before,
        "parent": change.parent,
        "fields": _pack_fields(change),
    }
    if change.along is not None:
        raw["along"] = change.along
    if change.restores is not None:
        raw["restores"] = change.restores
    return pack(raw)


def unpack_change(data: bytes, *, shown: bool = True) -> PlannedChange:
    """Return the inverse of `pack_change`; without what a plan shows unless `shown`."""
    raw = unpack(data)
    return _change(raw if shown else raw | {"fields": {}})


def _change(raw: Payload) -> PlannedChange:
    along = raw.get("along")
    return PlannedChange(
        type=raw["type"],
        action=Action(raw["action"]),
        key=tuple(raw["key"]),
        payload=raw["payload"],
        clears=tuple(raw["clears"]),
        relations=_pointers(raw["relations"]),
        append=_pointers(raw["append"]),
        remove=_pointers(raw["remove"]),
        id=raw["id"],
        before=live_entity(raw["before"]) if raw["before"] else None,
        parent=raw["parent"],
        fields=_fields(raw),
        along=None if along is None else tuple(map(live_entity, along)),
        restores=raw.get("restores"),
    )


def with_ids(change: PlannedChange, ids: Mapping[str, str]) -> PlannedChange:
    """Return a change in which the ids that `ids` maps are replaced wherever they stand."""
    return _change(_renamed(unpack(pack_change(change)), ids))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, ids) for inner in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _pack_fields(change: PlannedChange) -> dict[str, list[Any]]:
    """Return the diffs by path, as a heading alone where the payloads say the rest."""
    before = change.before.payload if change.before else {}
    found = {}
    for path, diff in change.fields.items():
        steps = split(path)
        said = diff.old is value_at(before, steps) and diff.new is value_at(change.payload, steps)
        found[path] = [diff.heading] if said else list(diff)
    return found


def _fields(raw: Payload) -> dict[str, FieldDiff]:
    before = raw["before"]["payload"] if raw["before"] else {}
    found = {}
    for path, diff in raw["fields"].items():
        if len(diff) == 1:
            steps = split(path)
            diff = [*diff, value_at(before, steps), value_at(raw["payload"], steps)]
        found[path] = FieldDiff(*diff)
    return found


def _pack_pointers(pointers: Pointers) -> dict[str, list[dict[str, Any]]]:
    return {
        path: [{"kind": one.kind, "key": one.key, "id": one.id, "type": one.type} for one in some]
        for path, some in pointers.items()
    }


def _pointers(raw: dict[str, list[dict[str, Any]]]) -> Pointers:
    return {
        path: [Pointer(p["kind"], tuple(p["key"]), p["id"], p["type"]) for p in some]
        for path, some in raw.items()
    }
