"""Finds references to entities that a row deletes, and entities that refer to themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import show
from importer.model import Finding
from importer.order.key_index import KeyIndex, Named
from importer.order.messages import cell_of, row_of
from importer.order.registry import Registry
from importer.template import Template


class DanglingReferences:
    """The references that would dangle once all is sent, or that lead to their own entity."""

    def __init__(self, template: Template, registry: Registry, index: KeyIndex) -> None:
        self._kinds = template.kinds
        self._registry = registry
        self._index = index
        self._own: Collection[RefText] = ()

    def findings(
        self, meaning: Mapping[RefText, Named], deletes: Sequence[Entity]
    ) -> Iterator[Finding]:
        """Yield a finding for each row at fault and mark it invalid.

        `meaning` is what each text means, `deletes` are the entities to be deleted.
        """
        deleted = {
            (entity.kind, entity.key): entity
            for entity in deletes
            if entity.valid and entity.key is not None
        }
        named_at = meaning.items() if deleted else ()
        deleted_texts = {text: named for text, named in named_at if named in deleted}
        uses = self._registry.uses(deleted_texts) if deleted_texts else {}
        for text, seqs in uses.items():
            named = deleted_texts[text]
            for entity in self._registry.entities.some(seqs):
                if entity.valid and not entity.delete:
                    yield self._deleted(text, entity, named, deleted[named])
        self._own = self._registry.own_texts(meaning)
        for text, named in meaning.items():
            itself = None if text.rule.parent else self._user_of(text, named)
            if itself is not None:
                message = f"`{show(named[1])}` is what this row itself is about: name another."
                yield self._finding(FindingCode.NAMES_ITSELF, message, text, itself, named)

    def _user_of(self, text: RefText, named: Named) -> Entity | None:
        """Return the entity that a text means, if that entity itself uses the text."""
        kind, key = named
        seq = self._index.number(kind, key)
        entities = self._registry.entities
        if seq is None or (entities.is_packed(seq) and text not in self._own):
            return None
        entity = entities[seq]
        if entity.delete or not entity.valid:
            return None
        for _, texts in entity.references:
            if text in texts:
                return entity
        return None

    def _deleted(self, text: RefText, entity: Entity, named: Named, by: Entity) -> Finding:
        where = row_of(by.sheet, by.row, entity.sheet)
        what = f"The {self._kinds[named[0]].word} `{show(named[1])}`"
        message = f"{what} is deleted by {where}: name another, or do not delete it."
        return self._finding(FindingCode.DELETED_HERE, message, text, entity, named)

    def _finding(
        self, code: FindingCode, message: str, text: RefText, entity: Entity, named: Named
    ) -> Finding:
        entity.valid = False
        sheet = entity.sheet
        place = sheet.place(entity.row, *cell_of(text, -1, sheet))
        return Finding(code, message, place, value=named[1][-1])
