"""A planned change as JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import convert, to_builtins
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from importer.journal.serialize.plain import pack, unpack
from importer.payload_path import split, value_at
from importer.targets.planned_change import FieldDiff, PlannedChange

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


_decode = Decoder(PlannedChange).decode


def pack_change(change: PlannedChange) -> bytes:
    """Return a planned change as JSON; equal changes are equal bytes."""
    return pack({**_BLANK, **to_builtins(_sent(change)), "fields": _pack_fields(change)})


def pack_apart(change: PlannedChange) -> tuple[bytes, bytes]:
    """Return what is sent of a planned change, and what a plan shows of it, as JSON.

    What is blank is left out.
    """
    return encode(_sent(change)), encode(_pack_fields(change))


def _sent(change: PlannedChange) -> PlannedChange:
    return replace(change, new={}, fields={})


def unpack_change(data: bytes) -> PlannedChange:
    """Return the inverse of `pack_change`; what is new is among the fields."""
    return _change(unpack(data))


def unpack_apart(sent: bytes, shown: bytes = b"") -> PlannedChange:
    """Return the inverse of `pack_apart`; without what a plan shows where that is not given."""
    change = _decode(sent)
    if shown:
        change.fields = _fields(change, unpack(shown))
    return change


def unpack_fields(sent: bytes, shown: bytes) -> dict[str, FieldDiff]:
    """Return what a plan shows of a change that `pack_apart` packed, by payload path."""
    return _fields(_decode(sent), unpack(shown))


def _change(raw: dict[str, Any]) -> PlannedChange:
    fields = raw.pop("fields")
    change = convert(raw, PlannedChange)
    change.fields = _fields(change, fields)
    return change


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
        known = known and diff.new is value_at(payload, steps)
        found[path] = [diff.heading] if known else [diff.heading, diff.old, diff.new]
    return found


def _fields(change: PlannedChange, shown: Mapping[str, list[Any]]) -> dict[str, FieldDiff]:
    before = change.before.payload if change.before else {}
    found = {}
    for path, diff in shown.items():
        if len(diff) == 1:
            steps = split(path)
            diff = [*diff, value_at(before, steps), value_at(change.payload, steps)]
        found[path] = FieldDiff(*diff)
    return found
