"""Entities that many rows state together in, one for each out, contradictions as findings."""

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
class Made:
    """One entity and the further rows (sheet number, row) that stated it."""

    entity: Entity
    rows: list[tuple[int, int]] = field(default_factory=list)


def merge(known: dict[tuple[object, ...], Made], entity: Entity) -> Iterator[Finding]:
    """Add one statement of an entity to what is known of it.

    Fields that only one row states are taken over; where two rows differ, it is a finding.
    """
    parents = tuple(id(text) for _, texts in entity.references for text in texts)
    name = (entity.bound.kind.name, parents, entity.labels)
    made = known.get(name)
    if made is None:
        known[name] = Made(entity)
        return
    made.rows.append((entity.sheet.no, entity.row))
    if entity.valid and not made.entity.valid:
        made.rows[-1] = (made.entity.sheet.no, made.entity.row)
        known[name] = Made(entity, made.rows)
        return
    if entity.edits:
        made.entity.edits = {**entity.edits, **(made.entity.edits or {})}
    yield from _merge(made.entity, made.entity.payload, entity, entity.payload, ())


def _merge(
    first: Entity, one: Payload, second: Entity, other: Payload, path: tuple[str, ...]
) -> Iterator[Finding]:
    for key, value in other.items():
        if key not in one:
            one[key] = value
        elif isinstance(value, dict) and isinstance(one[key], dict):
            yield from _merge(first, one[key], second, value, (*path, key))
        elif one[key] != value:
            second.valid = False
            yield _contradiction(first, second, (*path, key), one[key], value)


def _contradiction(
    first: Entity, second: Entity, path: tuple[str, ...], one: Any, other: Any
) -> Finding:
    column, heading = second.bound.origin(join(path))
    name = second.labels[-1]
    return Finding(
        FindingCode.CONTRADICTION,
        f"`{name}` has {heading} `{one}` in row {first.row} and `{other}` here: say the same.",
        second.sheet.place(second.row, column, heading),
        value=shown(other) if isinstance(other, (str, int, float)) else str(other),
        suggestion=str(one),
    )
