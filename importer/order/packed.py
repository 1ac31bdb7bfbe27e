"""Packs the plain entities of one rule into bytes, and makes them again for who asks."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.model import Key

APART = 2
"""The state of an entity that is kept whole; others are 1 where they are valid, else 0."""

Named = tuple[BoundReference, tuple[RefText, ...]]
"""A reference of a row, with its texts; rows with equal cells have the same one."""


class Store(Protocol):
    """Keeps pieces of bytes, beyond memory."""

    def add(self, piece: bytes) -> int:
        """Keep a piece; return where it stands."""
        ...

    def read(self, place: int) -> bytes:
        """Return the piece that stands at a place."""
        ...


class Piece(Struct, frozen=True):
    """Where the packed entities of one rule stand that follow each other, by their numbers."""

    sheet: BoundSheet
    bound: BoundEntity
    first: int
    count: int
    place: int


class Columns:
    """What is packed of some entities of one rule, column by column, each unpacked when asked for.

    `seqs` are their numbers; those not at the places `left` are kept whole by now.
    """

    __slots__ = ("_known", "_left", "_packed", "seqs")

    def __init__(
        self, seqs: Sequence[int], packed: Sequence[bytes], left: Sequence[int] | None
    ) -> None:
        self.seqs = seqs
        self._packed = packed
        self._left = left
        self._known: dict[int, list[Any]] = {}

    def _column(self, number: int) -> list[Any]:
        if number not in self._known:
            # These bytes are our own: they never were where anybody else could write.
            column = marshal.loads(self._packed[number])  # noqa: S302
            left = self._left
            self._known[number] = column if left is None else [column[at] for at in left]
        return self._known[number]

    def rows(self) -> list[int]:
        """Return their rows."""
        return self._column(0)

    def parents(self) -> list[int]:
        """Return the numbers of the texts that name their parents."""
        return self._column(1)

    def labels(self) -> list[Key]:
        """Return their labels."""
        return self._column(2)

    def identities(self) -> list[Key]:
        """Return their identifying values."""
        return self._column(3)

    def clears(self) -> list[tuple[str, ...]]:
        """Return the paths that they empty."""
        return self._column(4)

    def references(self) -> list[tuple[int, ...]]:
        """Return the numbers of their references."""
        return self._column(5)


class PlainEntity(Entity, eq=False):
    """An entity that was made again; whether it is valid is noted beyond it, in `states`."""

    states: bytearray = field(default_factory=bytearray)

    @property  # type: ignore[misc] # mypy has a field for a field; the bytes are what counts
    def valid(self) -> bool:
        """Return whether it may be sent."""
        return bool(self.states[self.seq])

    @valid.setter
    def valid(self, valid: bool) -> None:
        self.states[self.seq] = valid


def makes_plain(entity: Entity) -> bool:
    """Return whether the rule of an entity makes what nothing else of its row is about."""
    bound = entity.bound
    by_many = bound.rule.creates or bound.waits or bound.level is not None
    return not (by_many or entity.sheet.self_referring)


def is_plain(entity: Entity) -> bool:
    """Return whether nothing is to be said of an entity but its names and what it refers to."""
    said = entity.id is not None or entity.delete or entity.edits or entity.also or entity.hint
    return not said and entity.parent is not None


class Packer:
    """Packs entities and unpacks them.

    `texts` are those of all references, by number; `references` are all of the packed entities.
    """

    def __init__(self, store: Store, texts: Sequence[RefText], states: bytearray) -> None:
        self._store = store
        self._texts = texts
        self._states = states
        self.references: list[Named] = []
        self._numbers: dict[int, int] = {}

    def pack(self, entities: Sequence[Entity]) -> Piece:
        """Keep plain entities of one rule that are numbered one after the other."""
        columns = (
            [one.row for one in entities],
            [one.parent.number if one.parent else -1 for one in entities],
            [one.labels for one in entities],
            [one.identities for one in entities],
            [one.clears for one in entities],
            self._references_of(entities),
        )
        first, place = (
            entities[0],
            self._store.add(marshal.dumps(tuple(map(marshal.dumps, columns)))),
        )
        return Piece(first.sheet, first.bound, first.seq, len(entities), place)

    def _references_of(self, entities: Sequence[Entity]) -> list[tuple[int, ...]]:
        """Return the numbers of each entity's references; new ones are numbered."""
        known = self._numbers
        named = {id(one): one for entity in entities for one in entity.references}
        for which, reference in named.items():
            if which not in known:
                known[which] = len(self.references)
                self.references.append(reference)
        return [tuple([known[id(one)] for one in entity.references]) for entity in entities]

    def columns(self, piece: Piece) -> Columns:
        """Return what is packed, without the entities that are kept whole by now."""
        # These bytes are our own: they never were where anybody else could write.
        packed = marshal.loads(self._store.read(piece.place))  # noqa: S302
        last = piece.first + piece.count
        states = self._states[piece.first : last]
        if APART not in states:
            return Columns(range(piece.first, last), packed, None)
        left = [at for at, state in enumerate(states) if state != APART]
        return Columns([piece.first + at for at in left], packed, left)

    def entities(
        self,
        piece: Piece,
        columns: Columns,
        places: Sequence[int],
        aboves: Mapping[int, Key] | None,
        live: Sequence[str | None] | None,
    ) -> Iterator[Entity]:
        """Make the entities at some places of the columns again.

        `aboves` holds what begins their keys by the text that names their parent, and `live` the
        ids of what is live of them by their numbers, once known. What is changed of them is lost,
        but for whether they are valid.
        """
        if not places:
            return
        kind, texts = piece.bound.kind.name, columns.parents()
        rows, labels, identities = columns.rows(), columns.labels(), columns.identities()
        clears, references = columns.clears(), columns.references()
        for at in places:
            yield PlainEntity(
                *(piece.sheet, piece.bound, kind, rows[at], labels[at], {}),
                references=tuple(map(self.references.__getitem__, references[at])),
                identities=identities[at],
                clears=clears[at],
                parent=self._texts[texts[at]],
                key=aboves[texts[at]] + labels[at] if aboves else None,
                live=live[columns.seqs[at]] if live else None,
                seq=columns.seqs[at],
                states=self._states,
            )


def whole(entity: Entity) -> Entity:
    """Return an entity that is kept whole, as an entity that was made again is now."""
    return Entity(
        *(entity.sheet, entity.bound, entity.kind, entity.row, entity.labels, entity.payload),
        *(entity.references, entity.identities),
        clears=entity.clears,
        valid=entity.valid,
        seq=entity.seq,
        parent=entity.parent,
    )
