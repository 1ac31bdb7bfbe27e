"""Resolved references in, a finding on each that names its own row or what a row deletes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from importer.mapping import BoundSheet
from importer.mapping.entity import RefText
from importer.mapping.forms import show
from importer.model import Finding
from importer.order.index import Index, Named
from importer.order.registry import Record, Registry
from importer.order.wording import blame, row_of
from importer.template import Template


class Lasting:
    """Whether what the rows name is still there, and is something else, when all is sent."""

    def __init__(
        self, template: Template, registry: Registry, index: Index, sheets: Sequence[BoundSheet]
    ) -> None:
        self._kinds = template.kinds
        self._registry = registry
        self._index = index
        self._sheets = sheets

    def findings(self, meaning: Mapping[RefText, Named]) -> Iterator[Finding]:
        """One for each row at fault, which is marked invalid."""
        deleted = {
            (record.kind, record.key): record
            for record in self._registry.records
            if record.delete and record.valid and record.key is not None
        }
        doomed = {text: named for text, named in meaning.items() if named in deleted}
        uses = self._registry.uses(doomed) if doomed else {}
        for text, seqs in uses.items():
            named = doomed[text]
            for record in map(self._registry.records.__getitem__, seqs):
                if record.valid and not record.delete:
                    yield self._deleted(text, record, named, deleted[named])
        for text, named in meaning.items():
            itself = None if text.rule.parent else self._itself_named(text, named)
            if itself is not None:
                yield self._itself(text, itself, named)

    def _itself_named(self, text: RefText, named: Named) -> Record | None:
        """The entity that a text means, where that entity itself uses the text."""
        kind, key = named
        seq = self._index.keys[kind].get(key)
        record = None if seq is None else self._registry.records[seq]
        if record is None or record.delete or not record.valid:
            return None
        used = any(text is other for _, texts in record.references for other in texts)
        return record if used else None

    def _deleted(self, text: RefText, record: Record, named: Named, by: Record) -> Finding:
        where = row_of(self._sheets[by.sheet], by.row, self._sheets[record.sheet])
        what = f"The {self._kinds[named[0]].word} `{show(named[1])}`"
        words = f"{what} is deleted by {where}: name another, or do not delete it."
        return self._finding("deleted_here", words, text, record, named)

    def _itself(self, text: RefText, record: Record, named: Named) -> Finding:
        words = f"`{show(named[1])}` is what this row itself is about: name another."
        return self._finding("names_itself", words, text, record, named)

    def _finding(
        self, code: str, words: str, text: RefText, record: Record, named: Named
    ) -> Finding:
        record.valid = False
        sheet = self._sheets[record.sheet]
        place = sheet.place(record.row, *blame(text, -1, sheet))
        return Finding(code, words, place, value=named[1][-1])
