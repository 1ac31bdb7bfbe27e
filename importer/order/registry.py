"""Holds all entities of a run and the texts by which they refer to each other.

The entities have no payload by then, and most of them are packed where somebody keeps the pieces,
so that a run of any length fits into memory.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from importer.mapping.entity import Entity, RefText
from importer.model import Key
from importer.order.entities import PackedEntities, WholeEntities
from importer.order.packed import Store


class Registry(Struct):
    """All entities of a run's files, in the order in which they were mapped.

    `texts` are the texts of their references, each at its number. `beside` maps a text that means
    another entity of its own row to that entity (by number). `second` has the rows that name an
    entity in two ways: number of the row's entity, text that counts, other text. `nameless` are in
    error and have no name and no number.
    """

    entities: WholeEntities | PackedEntities = field(default_factory=WholeEntities)
    texts: list[RefText] = field(default_factory=list)
    beside: dict[RefText, int] = field(default_factory=dict)
    second: list[tuple[int, RefText, RefText]] = field(default_factory=list)
    nameless: list[Entity] = field(default_factory=list)
    _rows: dict[tuple[tuple[int, int], str], int] = field(default_factory=dict)
    _dependent: list[Entity] = field(default_factory=list)

    def pack_into(self, store: Store, named: Collection[str] = ()) -> None:
        """Keep plain entities packed, beyond memory, but those of the kinds that others name."""
        self.entities = PackedEntities(self.texts, store, named)

    def add_all(self, entities: Sequence[Entity]) -> None:
        """Add entities, then note which of them mean another entity of their own row."""
        for seq, entity in zip(count(len(self.entities)), entities, strict=False):
            self._number(entity, seq)
        self.entities.add(entities)
        for entity in self._dependent:
            self._note_beside(entity)
        self._dependent.clear()

    def _number(self, entity: Entity, seq: int) -> None:
        """Number an entity and note its parent."""
        entity.seq = seq
        for reference, texts in entity.references:
            if reference.parent and texts:
                entity.parent = texts[0]
                break
        if entity.sheet.self_referring:
            for where in (entity.where, *entity.also):
                self._rows[where, entity.kind] = seq
            if entity.bound.steps:
                self._dependent.append(entity)

    def note(self, texts: Iterable[RefText]) -> None:
        """Add texts that were read for the first time, and number them."""
        for text in texts:
            text.number = len(self.texts)
            self.texts.append(text)

    def uses(self, wanted: Mapping[RefText, object]) -> dict[RefText, Sequence[int]]:
        """Return the numbers of the entities that use these texts; unused texts are left out."""
        found: defaultdict[RefText, array[int]] = defaultdict(lambda: array("I"))
        for entity in self.entities.whole():
            for text in _texts(entity):
                if text in wanted:
                    found[text].append(entity.seq)
        if self._packed_uses(wanted, found):
            for text, seqs in found.items():
                found[text] = array("I", sorted(seqs))
        for seq, _, text in self.second:
            if text in wanted:
                found[text].append(seq)
        return dict(found)

    def _packed_uses(self, wanted: Container[RefText], found: Mapping[RefText, array[int]]) -> bool:
        """Add the numbers of packed entities to those found; return whether there are any."""
        before, used = bool(found), self.entities.with_text(wanted.__contains__)
        no_use = used.keys().isdisjoint
        for _, columns in self.entities.packed() if used else ():
            for seq, references in zip(columns.seqs, columns.references(), strict=True):
                for number in () if no_use(references) else references:
                    for text in used.get(number, ()):
                        found[text].append(seq)
        return before and bool(used)

    def own_texts(self, meaning: Mapping[RefText, tuple[str, Key]]) -> set[RefText]:
        """Return texts of packed entities that may mean the entity itself: all that do are there.

        Those that name parents are not looked at.
        """
        used = self.entities.with_text(lambda text: text in meaning and not text.rule.parent)
        names = {number: {meaning[text][1][-1] for text in used[number]} for number in used}
        found, no_use = set[RefText](), used.keys().isdisjoint
        for _, columns in self.entities.packed() if used else ():
            for labels, references in zip(columns.labels(), columns.references(), strict=True):
                for number in () if no_use(references) else references:
                    if number in used and labels[-1] in names[number]:
                        found.update(used[number])
        return found

    def nameless_users(self, wanted: Container[RefText]) -> dict[RefText, list[Entity]]:
        """Return the nameless entities that use these texts."""
        found: defaultdict[RefText, list[Entity]] = defaultdict(list)
        for entity in self.nameless:
            for text in _texts(entity):
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

    def of_kind(self, kind: str) -> Sequence[Entity]:
        """Return the entities of one kind that are kept whole, in order."""
        return self.entities.whole(kind)

    def called(self, names: Container[str]) -> Iterator[Entity]:
        """Yield the entities whose last label is one of some names, in order."""
        found = self.entities.where(
            lambda columns: [at for at, one in enumerate(columns.labels()) if one[-1] in names]
        )
        return (one for one in found if one.labels and one.labels[-1] in names)

    def identified(self, kind: str, values: Container[str]) -> Iterator[Entity]:
        """Yield the entities of a kind that state one of some identifying values, in order."""
        found = self.entities.where(
            lambda columns: [
                at
                for at, stated in enumerate(columns.identities())
                if any(one in values for one in stated)
            ]
        )
        return (
            one
            for one in found
            if one.kind == kind and any(map(values.__contains__, one.identities))
        )

    def invalidate(self, rows: set[tuple[int, int]]) -> None:
        """Mark the entities of some rows (sheet number, row): of several only where all are."""
        for entity in self.entities.whole():
            if rows.issuperset((entity.where, *entity.also)):
                entity.valid = False
        self.entities.invalidate(rows)

    def valid(self) -> dict[str, int]:
        """Return how many entities of each kind are valid, in the order of the first of each."""
        whole = [entity for entity in self.entities.whole() if entity.valid]
        numbers = Counter(entity.kind for entity in whole)
        first = {entity.kind: entity.seq for entity in reversed(whole)}
        for kind, seq, number in self.entities.valid():
            numbers[kind] += number
            first[kind] = min(seq, first.get(kind, seq))
        return {kind: numbers[kind] for kind in sorted(numbers, key=first.__getitem__)}


def _texts(entity: Entity) -> Iterator[RefText]:
    """Yield the texts of an entity's references."""
    return (text for _, texts in entity.references for text in texts)
