"""Holds all entities of a run and the texts by which they refer to each other.

The entities have no payload by then, so that a run of any length fits into memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from importer.mapping.entity import Entity, RefText


@dataclass(slots=True)
class Registry:
    """All entities of a run's files, in the order in which they were mapped.

    `texts` are the texts of their references, each at its number. `beside` maps a text that means
    another entity of its own row to that entity (by number). `second` has the rows that name an
    entity in two ways: number of the row's entity, text that counts, other text. `nameless` are in
    error and have no name and no number.
    """

    entities: list[Entity] = field(default_factory=list)
    texts: list[RefText] = field(default_factory=list)
    beside: dict[RefText, int] = field(default_factory=dict)
    second: list[tuple[int, RefText, RefText]] = field(default_factory=list)
    nameless: list[Entity] = field(default_factory=list)
    _kinds: defaultdict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[tuple[tuple[int, int], str], int] = field(default_factory=dict)
    _dependent: list[Entity] = field(default_factory=list)

    def add_all(self, entities: Sequence[Entity]) -> None:
        """Add entities, then note which of them mean another entity of their own row."""
        for entity in entities:
            self._add(entity)
        for entity in self._dependent:
            self._note_beside(entity)
        self._dependent.clear()

    def _add(self, entity: Entity) -> None:
        """Number an entity and note its parent."""
        entity.seq = len(self.entities)
        self.entities.append(entity)
        self._kinds[entity.kind].append(entity)
        for reference, texts in entity.references:
            if reference.parent and texts:
                entity.parent = texts[0]
                break
        if entity.sheet.self_referring:
            for where in (entity.where, *entity.also):
                self._rows[where, entity.kind] = entity.seq
            if entity.bound.steps:
                self._dependent.append(entity)

    def note(self, texts: Iterable[RefText]) -> None:
        """Add texts that were read for the first time, and number them."""
        for text in texts:
            text.number = len(self.texts)
            self.texts.append(text)

    def uses(self, wanted: Container[RefText]) -> dict[RefText, list[int]]:
        """Return the numbers of the entities that use these texts; unused texts are left out."""
        found: defaultdict[RefText, list[int]] = defaultdict(list)
        for entity in self.entities:
            for _, texts in entity.references:
                for text in texts:
                    if text in wanted:
                        found[text].append(entity.seq)
        for seq, _, text in self.second:
            if text in wanted:
                found[text].append(seq)
        return found

    def nameless_users(self, wanted: Container[RefText]) -> dict[RefText, list[Entity]]:
        """Return the nameless entities that use these texts."""
        found: defaultdict[RefText, list[Entity]] = defaultdict(list)
        for entity in self.nameless:
            for text in (text for _, texts in entity.references for text in texts):
                if text in wanted and not text.beside:
                    found[text].append(entity)
        return found

    def _note_beside(self, entity: Entity) -> None:
        """Note which entity of the same row each text without cells means."""
        beside = (text for _, texts in entity.references for text in texts if text.beside)
        for text in beside:
            for kind in text.rule.rule.to:
                seq = self._rows.get((entity.where, kind))
                if seq is not None:
                    self.beside[text] = seq

    def forget_rows(self) -> None:
        """Forget the rows so far: no later row can refer to their entities without a text."""
        self._rows.clear()

    def of_kind(self, kind: str) -> list[Entity]:
        """Return the entities of one kind, in order."""
        return self._kinds[kind]
