"""Mapped entities in, what must stay known of them out: keys, identities, who refers to whom.

Nothing of a payload is kept, so that a run of any length fits: an entity has none by then. For each
text that refers to others one RefText with the numbers of those that use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from importer.mapping.entity import Entity, RefText


@dataclass(slots=True)
class Registry:
    """Every entity of the run's files, in the order in which they were mapped.

    `texts` are those by which they name others, each at its number. `second` are those by which a
    row names again what it named already: number of the entity, first and second text.
    """

    entities: list[Entity] = field(default_factory=list)
    texts: list[RefText] = field(default_factory=list)
    beside: dict[RefText, int] = field(default_factory=dict)
    second: list[tuple[int, RefText, RefText]] = field(default_factory=list)
    _kinds: defaultdict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[tuple[tuple[int, int], str], int] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Number an entity and note its references."""
        entity.seq = len(self.entities)
        self.entities.append(entity)
        self._kinds[entity.kind].append(entity)
        for reference, texts in entity.references:
            if reference.parent and texts:
                entity.parent = texts[0]
                break
        if entity.sheet.self_referring:
            self._rows[entity.where, entity.kind] = entity.seq
            for reference, texts in entity.references:
                for text in texts if not reference.by else ():
                    self._note_beside(entity, text)

    def note(self, texts: Iterable[RefText]) -> None:
        """Texts that were read for the first time."""
        for text in texts:
            text.number = len(self.texts)
            self.texts.append(text)

    def uses(self, wanted: Container[RefText]) -> dict[RefText, list[int]]:
        """The numbers of the entities that name something by these texts; only texts so used."""
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

    def _note_beside(self, entity: Entity, text: RefText) -> None:
        """A reference to what the same row made before of the kind referred to."""
        for kind in text.rule.rule.to:
            seq = self._rows.get((entity.where, kind))
            if seq is not None:
                self.beside[text] = seq

    def forget_rows(self) -> None:
        """A chunk is done: no later row can mean what its rows made."""
        self._rows.clear()

    def of_kind(self, kind: str) -> list[Entity]:
        """The entities of one kind, in order."""
        return self._kinds[kind]
