"""A planned change as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importer.journal.serialize.entities import live_entity
from importer.journal.serialize.plain import pack, unpack
from importer.model import Action, Payload
from importer.payload_path import split, value_at
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers

_ACTION = {action.value: action for action in Action}
_BLANK: dict[str, Any] = {
    "type": "",
    "action": "",
    "key": (),
    "payload": {},
    "clears": (),
    "relations": {},
    "append": {},
    "remove": {},
    "id": None,
    "before": None,
    "parent": None,
    "fields": {},
}
"""A change that says nothing. Digests of saved plans hang on the order of the names."""


def pack_change(change: PlannedChange) -> bytes:
    """Return a planned change as JSON; equal changes are equal bytes."""
    return pack({**_BLANK, **_stated(change), "fields": _pack_fields(change)})


def pack_apart(change: PlannedChange) -> tuple[bytes, bytes]:
    """Return what is sent of a planned change, and what a plan shows of it, as JSON.

    What is blank is left out.
    """
    return pack(_stated(change)), pack(_pack_fields(change))


def _stated(change: PlannedChange) -> dict[str, Any]:
    """Return what is sent of a change, without what is blank."""
    raw: dict[str, Any] = {"type": change.type, "action": change.action, "key": change.key}
    raw["payload"] = change.payload
    for name in ("relations", "append", "remove"):
        if pointers := getattr(change, name):
            raw[name] = _pack_pointers(pointers)
    for name in ("id", "before", "parent", "along", "restores"):
        if (value := getattr(change, name)) is not None:
            raw[name] = value
    if change.clears:
        raw["clears"] = change.clears
    return raw


def unpack_change(data: bytes) -> PlannedChange:
    """Return the inverse of `pack_change`; what is new is among the fields."""
    return _change(unpack(data))


def unpack_apart(sent: bytes, shown: bytes = b"") -> PlannedChange:
    """Return the inverse of `pack_apart`; without what a plan shows where that is not given."""
    raw = unpack(sent)
    if shown:
        raw["fields"] = unpack(shown)
    return _change(raw)


def unpack_fields(sent: bytes, shown: bytes) -> dict[str, FieldDiff]:
    """Return what a plan shows of a change that `pack_apart` packed, by payload path."""
    return _fields({**unpack(sent), "fields": unpack(shown)})


def _change(raw: Payload) -> PlannedChange:
    """Return a change; what is left out is blank."""
    given = raw.get
    before, along = given("before"), given("along")
    return PlannedChange(
        type=raw["type"],
        action=_ACTION[raw["action"]],
        key=tuple(raw["key"]),
        payload=given("payload", {}),
        clears=tuple(given("clears", ())),
        relations=_pointers(given("relations")),
        append=_pointers(given("append")),
        remove=_pointers(given("remove")),
        id=given("id"),
        before=live_entity(before) if before else None,
        parent=given("parent"),
        fields=_fields(raw) if given("fields") else {},
        along=None if along is None else tuple(map(live_entity, along)),
        restores=given("restores"),
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
    before, payload = change.before.payload if change.before else {}, change.payload
    found: dict[str, list[Any]] = {path: [heading] for path, heading in change.new.items()}
    for path, diff in change.fields.items():
        steps = split(path)
        known = diff.old is (value_at(before, steps) if before else None)
        found[path] = [diff.heading] if known and diff.new is value_at(payload, steps) else [*diff]
    return found


def _fields(raw: Payload) -> dict[str, FieldDiff]:
    before = raw["before"]["payload"] if raw.get("before") else {}
    payload, found = raw.get("payload", {}), {}
    for path, diff in raw["fields"].items():
        if len(diff) == 1:
            steps = split(path)
            diff = [*diff, value_at(before, steps), value_at(payload, steps)]
        found[path] = FieldDiff(*diff)
    return found


def _pack_pointers(pointers: Pointers) -> dict[str, list[dict[str, Any]]]:
    if not pointers:
        return {}
    return {
        path: [{"kind": one.kind, "key": one.key, "id": one.id, "type": one.type} for one in some]
        for path, some in pointers.items()
    }


def _pointers(raw: dict[str, list[dict[str, Any]]] | None) -> Pointers:
    if not raw:
        return {}
    return {
        path: [Pointer(p["kind"], tuple(p["key"]), p["id"], p["type"]) for p in some]
        for path, some in raw.items()
    }
