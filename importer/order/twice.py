"""Records that name the same entity in, a finding on each of both rows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.mapping import BoundEntity, BoundSheet
from importer.mapping.forms import show
from importer.mapping.header import own_column
from importer.model import Finding, Key
from importer.order.registry import Record, Registry
from importer.order.wording import row_of
from importer.template import Template

Origin = tuple[int, str | None]
"""1-based column and heading."""


class Twice:
    """Tells of what stands twice, from either row's side; both rows become invalid."""

    def __init__(
        self, template: Template, registry: Registry, sheets: Sequence[BoundSheet]
    ) -> None:
        self._kinds = template.kinds
        self._registry = registry
        self._sheets = sheets

    def keys(self, first: Record, second: Record, key: Key) -> Iterator[Finding]:
        """Two rows with one key."""
        what = f"The {self._kinds[first.kind].word} `{show(key)}`"
        for one, other in ((first, second), (second, first)):
            bound = self._bound(one)
            origin = bound.origin(bound.kind.key[-1])
            yield self._finding(one, other, what, origin, key[-1])

    def identities(self) -> Iterator[Finding]:
        """Rows that name one entity by its id or another identifying value, under two keys."""
        known: dict[tuple[str, str], Record] = {}
        for record in self._registry.records:
            if record.creates or (record.id is None and not record.identities):
                continue
            for name in filter(None, (record.id, *record.identities)):
                first = known.setdefault((record.kind, name), record)
                if first.key != record.key and _row(first) != _row(record):
                    yield from self._identity(first, record, name)

    def _identity(self, first: Record, second: Record, name: str) -> Iterator[Finding]:
        for one, other in ((first, second), (second, first)):
            origin = self._identity_origin(one, name)
            yield self._finding(one, other, f"`{name}`", origin, name)

    def _identity_origin(self, record: Record, name: str) -> Origin:
        sheet, bound = self._sheets[record.sheet], self._bound(record)
        if name == record.id:
            own = own_column(sheet.header, "import_id")
            index = own if record.hint and own is not None else bound.id_columns[0]
            return index + 1, sheet.heading(index)
        origins = (bound.origin(path) for path in bound.kind.identities)
        return next((origin for origin in origins if origin[0]), (0, None))

    def _bound(self, record: Record) -> BoundEntity:
        return self._sheets[record.sheet].entity(record.kind)

    def _finding(
        self, record: Record, other: Record, what: str, origin: Origin, value: str
    ) -> Finding:
        record.valid = False
        here, there = self._sheets[record.sheet], self._sheets[other.sheet]
        if _row(record) == _row(other):
            words = f"{what} stands twice in this row: keep one of them."
        else:
            words = f"{what} stands here and in {row_of(there, other.row, here)}: keep one of them."
        return Finding("duplicate_key", words, here.place(record.row, *origin), value=value)


def _row(record: Record) -> tuple[int, int]:
    return record.sheet, record.row
