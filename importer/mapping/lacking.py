"""Leaves out what the target has no field for: it would drop it without a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, TypeAlias

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundSheet
from importer.mapping.entity import Entity, MappedChunk
from importer.model import Finding, Payload, Severity
from importer.payload_path import split, value_at
from importer.template import Template

Lacks: TypeAlias = Callable[[str, Collection[str]], frozenset[str]]
"""Returns which of some payload paths a type of the target does not have."""


def leave_out_columns(sheets: Sequence[BoundSheet], lacks: Lacks) -> None:
    """Leave out the columns, and the references, that no entity of their kind can have.

    Kinds whose type stands in a cell are not looked at: see LackingFields.
    """
    for sheet in sheets:
        for bound in sheet.entities:
            if bound.kind.type and (lacking := lacks(bound.kind.type, paths_of(bound))):
                sheet.findings += _without(sheet, bound, lacking)


class LackingFields:
    """Leaves out single values where the type of an entity stands in a cell."""

    def __init__(self, template: Template, lacks: Lacks) -> None:
        self._type_path = split(template.type_path)
        self._lacks = lacks
        self._known: dict[tuple[int, str], frozenset[str]] = {}

    def leave_out(self, mapped: MappedChunk) -> None:
        """Leave out what the types of entities do not have; add a finding for each value."""
        for entity in mapped.entities:
            if not (entity.bound.kind.type or entity.delete):
                mapped.findings += self._left_out(entity)

    def _left_out(self, entity: Entity) -> Iterator[Finding]:
        type_name = str(value_at(entity.payload, self._type_path) or "")
        for path in sorted(self._lacking(entity.bound, type_name)):
            if _taken_from(entity, path):
                column, heading = entity.bound.origin(path)
                words = f"The target has no {heading or path} on a {type_name}: it is not imported."
                place = entity.sheet.place(entity.row, column, heading)
                yield Finding(FindingCode.NO_SUCH_FIELD, words, place, Severity.WARNING)

    def _lacking(self, bound: BoundEntity, type_name: str) -> frozenset[str]:
        key = id(bound), type_name
        if key not in self._known:
            self._known[key] = self._lacks(type_name, paths_of(bound)) if type_name else frozenset()
        return self._known[key]


def paths_of(bound: BoundEntity) -> set[str]:
    """Return the payload paths that the columns and references of an entity fill."""
    columns = (column.rule.path for column in bound.columns)
    return {*filter(None, columns), *(reference.rule.path for reference in bound.references)}


def _without(sheet: BoundSheet, bound: BoundEntity, lacking: frozenset[str]) -> Iterator[Finding]:
    """Take the columns and references at these paths from an entity; yield a finding for each."""
    bound.columns[:] = [one for one in bound.columns if one.rule.path not in lacking]
    bound.references[:] = [one for one in bound.references if one.rule.path not in lacking]
    for path in sorted(lacking):
        column, heading = bound.origin(path)
        words = f"The target has no {heading or path} on a {bound.kind.word}: it is not imported."
        place = sheet.place(sheet.header.row, column, heading)
        yield Finding(FindingCode.NO_SUCH_FIELD, words, place, Severity.WARNING)


def _taken_from(entity: Entity, path: str) -> bool:
    """Take what stands at a path from an entity; return whether anything stood there."""
    held = (path in entity.clears, any(one.rule.path == path for one, _ in entity.references))
    entity.clears = tuple(one for one in entity.clears if one != path)
    entity.references = tuple(one for one in entity.references if one[0].rule.path != path)
    entity.edits = {at: items for at, items in (entity.edits or {}).items() if at != path} or None
    return _popped(entity.payload, split(path)) or any(held)


def _popped(payload: Payload, path: Sequence[str]) -> bool:
    """Remove the value at a path of a payload, and what holds nothing else."""
    inner: Any = payload.get(path[0])
    if len(path) == 1:
        return payload.pop(path[0], None) is not None
    if not isinstance(inner, dict) or not _popped(inner, path[1:]):
        return False
    if not inner:
        del payload[path[0]]
    return True
