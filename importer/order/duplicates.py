"""Finds rows that state the same entity twice, by key or by an identifying value."""

from __future__ import annotations

from collections.abc import Iterator

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity
from importer.mapping.header import own_column
from importer.mapping.key_text import show
from importer.model import Finding, Key
from importer.order.messages import row_of
from importer.order.registry import Registry
from importer.template import Template

Origin = tuple[int, str | None]
"""1-based column and heading."""


class Duplicates:
    """The findings on entities that are stated twice, one on each of both rows."""

    def __init__(self, template: Template, registry: Registry) -> None:
        self._kinds = template.kinds
        self._registry = registry

    def keys(self, first: Entity, second: Entity, key: Key) -> Iterator[Finding]:
        """Yield a finding for each of two rows with one key, and mark them invalid."""
        what = f"The {self._kinds[first.kind].word} `{show(key)}`"
        for entity, other in ((first, second), (second, first)):
            origin = entity.bound.origin(entity.bound.kind.key[-1])
            yield self._finding(entity, other, what, origin, key[-1])

    def identities(self) -> Iterator[Finding]:
        """Yield findings on rows that state one id or identifying value under two keys."""
        known: dict[tuple[str, str], Entity] = {}
        for entity in self._registry.entities:
            if entity.bound.rule.creates or (entity.id is None and not entity.identities):
                continue
            for name in filter(None, (entity.id, *entity.identities)):
                first = known.setdefault((entity.kind, name), entity)
                if first.key != entity.key and first.where != entity.where:
                    yield from self._identity(first, entity, name)

    def _identity(self, first: Entity, second: Entity, name: str) -> Iterator[Finding]:
        for entity, other in ((first, second), (second, first)):
            origin = self._identity_origin(entity, name)
            yield self._finding(entity, other, f"`{name}`", origin, name)

    def _identity_origin(self, entity: Entity, name: str) -> Origin:
        sheet, bound = entity.sheet, entity.bound
        if name == entity.id:
            own = own_column(sheet.header, "import_id")
            index = own if entity.hint and own is not None else bound.id_columns[0]
            return index + 1, sheet.heading(index)
        origins = (bound.origin(path) for path in bound.kind.identities)
        return next((origin for origin in origins if origin[0]), (0, None))

    def _finding(
        self, entity: Entity, other: Entity, what: str, origin: Origin, value: str
    ) -> Finding:
        entity.valid = False
        sheet = entity.sheet
        if entity.where == other.where:
            message = f"{what} stands twice in this row: keep one of them."
        else:
            where = row_of(other.sheet, other.row, sheet)
            message = f"{what} stands here and in {where}: keep one of them."
        return Finding(
            FindingCode.DUPLICATE_KEY, message, sheet.place(entity.row, *origin), value=value
        )
