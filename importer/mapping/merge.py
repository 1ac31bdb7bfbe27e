"""Merges what several rows state of one entity, and reports contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity
from importer.mapping.values import shown
from importer.model import Finding, Payload
from importer.template.paths import join


@dataclass(slots=True)
class MergedEntity:
    """An entity and the further rows (sheet number, row) that state it."""

    entity: Entity
    rows: list[tuple[int, int]] = field(default_factory=list)


def merge(known: dict[tuple[object, ...], MergedEntity], entity: Entity) -> Iterator[Finding]:
    """Merge an entity into the one known by the same name; yield a finding for each contradiction.

    Fields that only one row states are taken over.
    """
    parents = tuple(id(text) for _, texts in entity.references for text in texts)
    name = (entity.bound.kind.name, parents, entity.labels)
    merged = known.get(name)
    if merged is None:
        known[name] = MergedEntity(entity)
        return
    merged.rows.append(entity.where)
    if entity.valid and not merged.entity.valid:
        merged.rows[-1] = merged.entity.where
        known[name] = MergedEntity(entity, merged.rows)
        return
    if entity.edits:
        merged.entity.edits = {**entity.edits, **(merged.entity.edits or {})}
    yield from _merge(merged.entity, merged.entity.payload, entity, entity.payload, ())


def _merge(
    first: Entity, known: Payload, second: Entity, stated: Payload, path: tuple[str, ...]
) -> Iterator[Finding]:
    for key, value in stated.items():
        if key not in known:
            known[key] = value
        elif isinstance(value, dict) and isinstance(known[key], dict):
            yield from _merge(first, known[key], second, value, (*path, key))
        elif known[key] != value:
            second.valid = False
            yield _contradiction(first, second, (*path, key), known[key], value)


def _contradiction(
    first: Entity, second: Entity, path: tuple[str, ...], known: Any, stated: Any
) -> Finding:
    column, heading = second.bound.origin(join(path))
    name = second.labels[-1]
    return Finding(
        FindingCode.CONTRADICTION,
        f"`{name}` has {heading} `{known}` in row {first.row} and `{stated}` here: say the same.",
        second.sheet.place(second.row, column, heading),
        value=shown(stated) if isinstance(stated, (str, int, float)) else str(stated),
        suggestion=str(known),
    )
