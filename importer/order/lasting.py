"""Resolved references in, a finding on each that names its own row or what a row deletes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from importer.mapping import BoundSheet
from importer.mapping.entity import RefText
from importer.mapping.forms import show
from importer.model import Finding
from importer.order.index import Named
from importer.order.registry import Record, Registry
from importer.order.wording import blame, row_of
from importer.template import Template


class Lasting:
    """Whether what the rows name is still there, and is something else, when all is sent."""

    def __init__(
        self, template: Template, registry: Registry, sheets: Sequence[BoundSheet]
    ) -> None:
        self._kinds = template.kinds
        self._registry = registry
        self._sheets = sheets

    def findings(self, meaning: Mapping[RefText, Named]) -> Iterator[Finding]:
        """One for each row at fault, which is marked invalid."""
        deleted = {
            (record.kind, record.key): record
            for record in self._registry.records
            if record.delete and record.valid and record.key is not None
        }
        for text, named in meaning.items():
            by = deleted.get(named) if deleted else None
            if by is None and not self._may_be_itself(text, named):
                continue
            for seq in text.uses:
                record = self._registry.records[seq]
                if record.delete or not record.valid:
                    continue
                if by is not None:
                    yield self._deleted(text, record, named, by)
                elif record.key == named[1]:
                    yield self._itself(text, record, named)

    def _may_be_itself(self, text: RefText, named: Named) -> bool:
        """Whether what uses a text is of the kind it names; all that uses it is of one kind."""
        if text.rule.rule.parent or not text.uses:
            return False
        return self._registry.records[text.uses[0]].kind == named[0]

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
