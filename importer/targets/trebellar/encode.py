"""A change in, the operations that carry it out out.

An update sends the whole asset, the live one with the changes on it: nothing is said about whether
Trebellar merges or replaces, and so both come to the same.
"""

from __future__ import annotations

from importer.model import Action, Json, Payload
from importer.targets.protocol import Change
from importer.targets.trebellar.vocabulary import CONTAINERS, OPERATION, PARENT, STATIC
from importer.template.paths import DOT

NOT_OF_THE_ASSET = frozenset({OPERATION, PARENT, "id", "children"})


def operations(change: Change) -> list[Json]:
    """One operation, or a move and an update; parents come before what refers to them."""
    if change.action is Action.CREATE:
        return [_add(change)]
    if change.action is Action.DELETE:
        return [{"type": "delete", "id": change.id}]
    moved = [_move(change)] if _moves(change) else []
    return [*moved, *([_update(change)] if _changes_fields(change) else [])]


def parent_of(change: Change) -> str | None:
    """The id of the parent a change states."""
    refs = change.relations.get(PARENT, ())
    return refs[0].id if refs else None


def _add(change: Change) -> Json:
    parent = parent_of(change)
    asset = {**_merged({}, change), **({PARENT: parent} if parent else {})}
    return {"type": "add", "asset": asset, **change.payload.get(OPERATION, {})}


def _update(change: Change) -> Json:
    held = change.before.payload if change.before else {}
    asset = {**_merged(held, change), "id": change.id}
    when = change.payload.get(OPERATION, {})
    moment = {"timestampMs": when["timestampMs"]} if "timestampMs" in when else {}
    return {"type": "update", "asset": asset, **moment}


def _move(change: Change) -> Json:
    return {"type": "move", "id": change.id, "newParentId": parent_of(change)}


def _moves(change: Change) -> bool:
    parent = parent_of(change)
    if change.before is None:
        return change.action is Action.MOVE
    held = {ref.id for ref in change.before.relations.get(PARENT, ())}
    return parent is not None and parent not in held


def _changes_fields(change: Change) -> bool:
    fields = change.payload.keys() - NOT_OF_THE_ASSET - {"type"}
    return bool(change.clears) or any(change.payload[name] != {} for name in fields)


def _merged(held: Payload, change: Change) -> Payload:
    given = {name: value for name, value in change.payload.items() if name not in NOT_OF_THE_ASSET}
    asset = _laid_over(held, given)
    for path in change.clears:
        asset = _without(asset, path)
    return {**asset, "type": change.type, STATIC: asset.get(STATIC, {})}


def _laid_over(below: Json, above: Json, path: str = "") -> Json:
    """`above` over `below`, field by field inside the objects that are containers of fields."""
    merged = dict(below)
    for name, value in above.items():
        inner = f"{path}{name}"
        both = inner in CONTAINERS and isinstance(merged.get(name), dict)
        merged[name] = _laid_over(merged[name], value, f"{inner}.") if both else value
    return merged


def _without(asset: Json, path: str, prefix: str = "") -> Json:
    """`asset` without the field at `path`; an object that would be empty goes too."""
    name, dot, rest = path.partition(".")
    inner = f"{prefix}{name}"
    if not dot or inner not in CONTAINERS:
        last = path.replace(DOT, ".")
        return {key: value for key, value in asset.items() if key != last}
    if name not in asset:
        return asset
    left = _without(asset[name], rest, f"{inner}.")
    return {**asset, name: left} if left or inner == STATIC else _without(asset, name)
