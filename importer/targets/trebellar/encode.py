"""Encodes a change as operations of a bulk request (Trebellar OpenAPI, POST /api/v2/assets/bulk).

The OpenAPI does not say whether an update merges or replaces the asset. So an update sends the
whole asset, the before-image with the changes applied: both readings give the same result.
"""

from __future__ import annotations

from importer.model import Action, Json, Payload
from importer.payload_path import DOT
from importer.targets.protocol import Change
from importer.targets.trebellar.vocabulary import CONTAINERS, OPERATION, PARENT, STATIC

NOT_OF_THE_ASSET = frozenset({OPERATION, PARENT, "id", "children"})


def operations(change: Change) -> list[Json]:
    """Return the operations of a change: one, or a move followed by an update."""
    if change.action is Action.CREATE:
        return [_add(change)]
    if change.action is Action.DELETE:
        return [{"type": "delete", "id": change.id}]
    found: list[Json] = []
    if _moves(change):
        found.append({"type": "move", "id": change.id, "newParentId": parent_of(change)})
    # a move has no timestamp
    if _changes_fields(change) or (found and _timestamp(change)):
        found.append(_update(change))
    return found


def parent_of(change: Change) -> str | None:
    """Return the id of the parent a change states, None where it states none."""
    refs = change.relations.get(PARENT, ())
    return refs[0].id if refs else None


def _add(change: Change) -> Json:
    parent = parent_of(change)
    asset = {**_whole_asset({}, change), **({PARENT: parent} if parent else {})}
    return {"type": "add", "asset": asset, **change.payload.get(OPERATION, {})}


def _update(change: Change) -> Json:
    before = change.before.payload if change.before else {}
    asset = {**_whole_asset(before, change), "id": change.id}
    return {"type": "update", "asset": asset, **_timestamp(change)}


def _timestamp(change: Change) -> Json:
    """Return the time of an update; unlike an add, it has no timestampMsDelete."""
    stated = change.payload.get(OPERATION, {})
    return {"timestampMs": stated["timestampMs"]} if "timestampMs" in stated else {}


def _moves(change: Change) -> bool:
    parent = parent_of(change)
    if change.before is None:
        return change.action is Action.MOVE
    before = {ref.id for ref in change.before.relations.get(PARENT, ())}
    return parent is not None and parent not in before


def _changes_fields(change: Change) -> bool:
    fields = change.payload.keys() - NOT_OF_THE_ASSET - {"type"}
    return bool(change.clears) or any(change.payload[name] != {} for name in fields)


def _whole_asset(before: Payload, change: Change) -> Payload:
    """Return `before` with the fields of the change set and its `clears` removed."""
    given = {name: value for name, value in change.payload.items() if name not in NOT_OF_THE_ASSET}
    asset = _overlay(before, given)
    for path in change.clears:
        asset = _without(asset, path)
    return {**asset, "type": change.type, STATIC: asset.get(STATIC, {})}


def _overlay(below: Json, above: Json, path: str = "") -> Json:
    """Return `below` updated with `above`, field by field inside the objects in CONTAINERS."""
    merged = dict(below)
    for name, value in above.items():
        inner = f"{path}{name}"
        both = inner in CONTAINERS and isinstance(merged.get(name), dict)
        merged[name] = _overlay(merged[name], value, f"{inner}.") if both else value
    return merged


def _without(asset: Json, path: str, prefix: str = "") -> Json:
    """Return `asset` without the field at `path`; an object left empty by that is removed too."""
    name, dot, rest = path.partition(".")
    inner = f"{prefix}{name}"
    if not dot or inner not in CONTAINERS:
        last = path.replace(DOT, ".")
        return {key: value for key, value in asset.items() if key != last}
    if name not in asset:
        return asset
    left = _without(asset[name], rest, f"{inner}.")
    return {**asset, name: left} if left or inner == STATIC else _without(asset, name)
