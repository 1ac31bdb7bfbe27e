"""A planned change as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importer.journal.serialize.entities import live_entity
from importer.journal.serialize.plain import pack, unpack
from importer.model import Action, Payload
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
        "fields": {path: list(diff) for path, diff in change.fields.items()},
    }
    if change.along is not None:
        raw["along"] = change.along
    if change.restores is not None:
        raw["restores"] = change.restores
    return pack(raw)


def unpack_change(data: bytes) -> PlannedChange:
    """Return the inverse of `pack_change`."""
    return _change(unpack(data))


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
        fields={path: FieldDiff(*diff) for path, diff in raw["fields"].items()},
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
