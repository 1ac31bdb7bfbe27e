"""Merges what several rows state of one entity, and reports contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.conversion.values import shown
from importer.mapping.entity import Entity, RefText
from importer.model import Finding, Key, Payload
from importer.payload_path import join
from importer.suggest import listed

Name = tuple[str, tuple[int, ...], Key]
"""A kind, the parents (by the identity of an object) and the labels."""


class MergedEntity(Struct):
    """An entity and the further rows (sheet number, row) that state it."""

    entity: Entity
    rows: list[tuple[int, int]] = field(default_factory=list)


class Merger(Struct):
    """What many rows state, each entity once, in the order in which they were first stated.

    `_of_row` has those by row and kind that other entities of the row may refer to.
    """

    _made: dict[Name, MergedEntity] = field(default_factory=dict)
    _of_row: dict[tuple[tuple[int, int], str], MergedEntity] = field(default_factory=dict)

    def merge(self, entities: Iterable[Entity]) -> Iterator[Finding]:
        """Merge the entities of some rows into what is known; yield a finding per contradiction.

        What others of their row refer to comes before them.
        """
        for entity in sorted(entities, key=attrgetter("bound.steps")):
            name = _name(entity, tuple(self._parents(entity)))
            yield from merge(self._made, entity, name)
            if entity.sheet.self_referring:
                self._of_row[entity.where, entity.kind] = self._made[name]

    def _parents(self, entity: Entity) -> Iterator[int]:
        """Yield what tells the parents apart: the same text, or the same entity of the row."""
        for text in _texts(entity):
            rows = (self._of_row.get((entity.where, kind)) for kind in text.rule.rule.to)
            made = next(filter(None, rows), None) if text.beside else None
            yield id(made or text)

    def taken(self) -> list[MergedEntity]:
        """Return all entities and forget them."""
        made = list(self._made.values())
        self._made.clear()
        self._of_row.clear()
        return made


def merge(
    known: dict[Name, MergedEntity], entity: Entity, name: Name | None = None
) -> Iterator[Finding]:
    """Merge an entity into the one known by the same name; yield a finding for each contradiction.

    Fields that only one row states are taken over.
    """
    name = name or _name(entity, tuple(map(id, _texts(entity))))
    merged = known.get(name)
    if merged is None:
        known[name] = MergedEntity(entity)
        return
    merged.rows.append(entity.where)
    if entity.valid and not merged.entity.valid:
        merged.rows[-1] = merged.entity.where
        merged.entity = entity
        return
    if entity.edits:
        merged.entity.edits = {**entity.edits, **(merged.entity.edits or {})}
    yield from _merge(merged.entity, merged.entity.payload, entity, entity.payload, ())


def _texts(entity: Entity) -> Iterator[RefText]:
    return (text for _, texts in entity.references for text in texts)


def _name(entity: Entity, parents: tuple[int, ...]) -> Name:
    return entity.kind, parents, entity.labels


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
    place = second.sheet.place(second.row, column, heading)
    one = f"`{name}` has {place.title or path[-1]} {_said(known)} in row {first.row}"
    return Finding(
        FindingCode.CONTRADICTION,
        f"{one} and {_said(stated)} here: say the same.",
        place,
        value=_as_text(stated),
        suggestion=_as_text(known),
    )


def _said(value: Any) -> str:
    """Return a value in a message, each item of a list for itself."""
    return listed([_as_text(one) for one in value]) if isinstance(value, list) else f"`{value}`"


def _as_text(value: Any) -> str:
    """Return a value as a cell says it, the items of a list behind each other."""
    if isinstance(value, list):
        return "; ".join(map(_as_text, value))
    return shown(value) if isinstance(value, (str, int, float)) else str(value)
