"""Mapped entities in, what must stay known of them out: keys, identities, who refers to whom.

Nothing of a payload is kept, so that a run of any length fits: for each entity a small record, for
each text that refers to others one RefText with the numbers of those that use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from importer.mapping.entity import Entity, References, RefText
from importer.model import Key


@dataclass(slots=True)
class Record:
    """What is known of one entity of the file; `key` is None until its parent is resolved.

    `also` are the further rows (sheet number, row) that state it, `live` is the target's id of it.
    """

    seq: int
    kind: str
    sheet: int
    row: int
    labels: Key
    parent: RefText | None
    id: str | None
    hint: bool
    identities: Key
    valid: bool
    delete: bool
    creates: bool
    references: References
    key: Key | None = None
    depth: int = 0
    also: tuple[tuple[int, int], ...] = ()
    live: str | None = None


@dataclass(slots=True)
class Registry:
    """Every entity of the run's files, in the order in which they were mapped.

    `texts` are those by which they name others, each at its number. `second` are those by which a
    row names again what it named already: number of the entity, first and second text.
    """

    records: list[Record] = field(default_factory=list)
    texts: list[RefText] = field(default_factory=list)
    beside: dict[RefText, int] = field(default_factory=dict)
    second: list[tuple[int, RefText, RefText]] = field(default_factory=list)
    _kinds: defaultdict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def add(self, entity: Entity) -> Record:
        """Note an entity and its references; its number is its place in `records`."""
        seq = len(self.records)
        bound, sheet = entity.bound, entity.sheet
        kind = bound.kind.name
        record = Record(
            seq,
            kind,
            sheet.no,
            entity.row,
            entity.labels,
            None,
            entity.id,
            entity.hint,
            entity.identities,
            entity.valid,
            entity.delete,
            bound.rule.creates,
            entity.references,
        )
        self.records.append(record)
        self._kinds[kind].append(record)
        for reference, texts in entity.references:
            if reference.parent and texts:
                record.parent = texts[0]
                break
        if sheet.self_referring:
            self._rows[sheet.no, entity.row, kind] = seq
            for reference, texts in entity.references:
                for text in texts if not reference.by else ():
                    self._note_beside(record, text)
        return record

    def note(self, texts: Iterable[RefText]) -> None:
        """Texts that were read for the first time."""
        for text in texts:
            text.number = len(self.texts)
            self.texts.append(text)

    def uses(self, wanted: Container[RefText]) -> dict[RefText, list[int]]:
        """The numbers of the entities that name something by these texts; only texts so used."""
        found: defaultdict[RefText, list[int]] = defaultdict(list)
        for record in self.records:
            for _, texts in record.references:
                for text in texts:
                    if text in wanted:
                        found[text].append(record.seq)
        for seq, _, text in self.second:
            if text in wanted:
                found[text].append(seq)
        return found

    def _note_beside(self, record: Record, text: RefText) -> None:
        """A reference to what the same row made before of the kind referred to."""
        for kind in text.rule.rule.to:
            seq = self._rows.get((record.sheet, record.row, kind))
            if seq is not None:
                self.beside[text] = seq

    def forget_rows(self) -> None:
        """A chunk is done: no later row can mean what its rows made."""
        self._rows.clear()

    def of_kind(self, kind: str) -> list[Record]:
        """The records of one kind, in order."""
        return self._kinds[kind]
