"""The entities of a run by their numbers: whole ones, and packed ones where there is room."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import add, attrgetter
from typing import overload

from importer.mapping.entity import Entity, RefText
from importer.model import Key
from importer.order.packed import APART, Columns, Packer, Piece, Store, is_plain, makes_plain, whole

MOST = 250
"""How many entities are packed together: all are unpacked where one of them is asked for."""

LEAST = 8
"""How many at least: fewer are kept whole."""

LATELY = 64
"""How many entities are kept that were asked for: some are asked for again and again."""

_SEQ = attrgetter("seq")

Packed = tuple[Piece, Columns]
"""Packed entities of one rule: whose they are, and what they hold."""


class WholeEntities(list[Entity]):
    """Entities that all are kept whole, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: defaultdict[str, list[Entity]] = defaultdict(list)

    def add(self, entities: Iterable[Entity]) -> None:
        """Add numbered entities."""
        for entity in entities:
            self.append(entity)
            self._kinds[entity.kind].append(entity)

    def some(self, numbers: Iterable[int]) -> Iterator[Entity]:
        """Yield the entities of some numbers."""
        return map(self.__getitem__, numbers)

    def whole(self, kind: str | None = None) -> Sequence[Entity]:
        """Return those that are kept whole, of one kind or of all, in order."""
        return self if kind is None else self._kinds[kind]

    def packed(self, kind: str | None = None) -> Iterator[Packed]:  # noqa: ARG002
        """Yield nothing: none is packed."""
        yield from ()

    def keep_whole(self, _kind: str) -> None:
        """Do nothing: all are whole."""

    def where(self, _chosen: Callable[[Columns], Sequence[int]]) -> Iterator[Entity]:
        """Yield all; who asks chooses among them."""
        return iter(self)

    def with_text(self, _wanted: Callable[[RefText], bool]) -> dict[int, list[RefText]]:
        """Return nothing: no reference is packed."""
        return {}

    def is_packed(self, _number: int) -> bool:
        """Return that an entity is not packed."""
        return False

    def invalidate(self, _rows: Container[tuple[int, int]]) -> None:
        """Do nothing: no packed entity is of these rows."""

    def valid(self) -> Iterator[tuple[str, int, int]]:
        """Yield nothing: none is packed."""
        yield from ()


class PackedEntities(Sequence[Entity]):
    """Entities most of which are packed; one of these is made again each time it is asked for.

    Those of kinds that are `named` by others are not: their keys are asked for all the time.
    """

    def __init__(self, texts: Sequence[RefText], store: Store, named: Collection[str] = ()) -> None:
        self._named = named
        self._states = bytearray()
        self._whole: dict[int, Entity] = {}
        self._listed: dict[str | None, list[Entity]] = {}
        self._pieces: list[Piece] = []
        self._parents: dict[str, dict[RefText, None]] = {}
        self._aboves: dict[str, Mapping[int, Key]] = {}
        self._live: dict[str, Sequence[str | None]] = {}
        self._packer = Packer(store, texts, self._states)
        self._lately: dict[int, Entity] = {}
        self._open: Packed | None = None

    def __len__(self) -> int:
        return len(self._states)

    @overload
    def __getitem__(self, number: int) -> Entity: ...
    @overload
    def __getitem__(self, number: slice) -> list[Entity]: ...
    def __getitem__(self, number: int | slice) -> Entity | list[Entity]:
        if isinstance(number, slice):
            return [self._get(one) for one in range(len(self))[number]]
        return self._get(range(len(self))[number])

    def _get(self, number: int) -> Entity:
        if number in self._whole:
            return self._whole[number]
        if number not in self._lately:
            if len(self._lately) >= LATELY:
                self._lately.clear()
            self._lately[number] = next(self._of_piece(self._piece_of(number), [number]))
        return self._lately[number]

    def _piece_of(self, number: int) -> int:
        """Return the place of a packed entity's piece, -1 for an entity that is kept whole."""
        if number in self._whole:
            return -1
        return bisect_right(self._pieces, number, key=attrgetter("first")) - 1

    def _of_piece(self, at: int, numbers: Iterable[int]) -> Iterator[Entity]:
        """Make entities of one piece again."""
        if self._open is None or self._open[0] is not self._pieces[at]:
            self._open = self._pieces[at], self._packer.columns(self._pieces[at])
        return self._made(self._open, list(map(self._open[1].seqs.index, numbers)))

    def some(self, numbers: Iterable[int]) -> Iterator[Entity]:
        """Yield the entities of some numbers, at less cost where those of a piece come together."""
        for at, group in groupby(numbers, self._piece_of):
            some = list(group)
            yield from self._of_piece(at, some) if at >= 0 else map(self._whole.__getitem__, some)

    def _made(self, packed: Packed, places: Sequence[int]) -> Iterator[Entity]:
        """Make packed entities again, those at some places of the columns."""
        piece, columns = packed
        kind = piece.bound.kind.name
        aboves, live = self._aboves.get(kind), self._live.get(kind)
        return self._packer.entities(piece, columns, places, aboves, live)

    def __iter__(self) -> Iterator[Entity]:
        return self.where(lambda columns: range(len(columns.seqs)))

    def where(self, chosen: Callable[[Columns], Sequence[int]]) -> Iterator[Entity]:
        """Yield the whole ones and the packed ones at the places `chosen` in columns, in order."""
        packed = (one for some in self.packed() for one in self._made(some, chosen(some[1])))
        return merge(self.whole(), packed, key=_SEQ)

    def whole(self, kind: str | None = None) -> list[Entity]:
        """Return those that are kept whole, of one kind or of all, in order."""
        if not self._listed:
            self._listed[None] = [self._whole[number] for number in sorted(self._whole)]
            for one in self._listed[None]:
                self._listed.setdefault(one.kind, []).append(one)
        return self._listed.get(kind, [])

    def packed(self, kind: str | None = None) -> Iterator[Packed]:
        """Yield the packed ones, of one kind or of all, in order."""
        for piece in self._pieces:
            if kind in (None, piece.bound.kind.name):
                yield piece, self._packer.columns(piece)

    def add(self, entities: Iterable[Entity]) -> None:
        """Add numbered entities: plain ones are packed where enough of them follow each other."""
        for _, group in groupby(entities, lambda one: id(one.bound)):
            of_rule = list(group)
            if of_rule[0].kind in self._named or not makes_plain(of_rule[0]):
                self._keep(of_rule)
                continue
            for plain, alike in groupby(of_rule, is_plain):
                some = list(alike)
                if plain and len(some) >= LEAST:
                    self._pack_all(some)
                else:
                    self._keep(some)

    def _pack_all(self, entities: Sequence[Entity]) -> None:
        for start in range(0, len(entities), MOST):
            self._pack(entities[start : start + MOST])

    def _pack(self, entities: Sequence[Entity]) -> None:
        self._states.extend(one.valid for one in entities)
        self._pieces.append(self._packer.pack(entities))
        parents = self._parents.setdefault(entities[0].kind, {})
        parents.update((one.parent, None) for one in entities if one.parent)

    def parents(self, kind: str) -> Iterable[RefText]:
        """Return the texts that name parents of entities of a kind that were packed."""
        return self._parents.get(kind, ())

    def _keep(self, entities: Sequence[Entity]) -> None:
        self._states.extend(bytes([APART]) * len(entities))
        self._whole.update((one.seq, one) for one in entities)
        self._listed.clear()

    def keep_whole(
        self, kind: str, chosen: Callable[[Columns], Sequence[int]] | None = None
    ) -> list[Entity]:
        """Keep packed entities of a kind whole from now on, all or those at places `chosen`."""
        kept: list[Entity] = []
        for piece, columns in self.packed(kind):
            places = chosen(columns) if chosen else range(len(columns.seqs))
            kept += map(whole, self._made((piece, columns), places))
        for entity in kept:
            self._whole[entity.seq] = entity
            self._states[entity.seq] = APART
        self._forget()
        return kept

    def stand_in(self, kind: str, aboves: Mapping[int, Key]) -> None:
        """Note what stands above the packed ones of a kind, by number of their parents' texts."""
        self._aboves[kind] = aboves
        self._forget()

    def match(self, kind: str, live: Sequence[str | None]) -> None:
        """Note the live entities that the packed ones of a kind are: their ids, by number."""
        self._live[kind] = live
        self._forget()

    def cleared(self) -> set[int]:
        """Return the numbers of the references of packed entities that name nothing."""
        return {no for no, (_, texts) in enumerate(self._packer.references) if not texts}

    def _forget(self) -> None:
        """Forget what was made again and listed: it is otherwise from now on."""
        self._listed.clear()
        self._lately.clear()
        self._open = None

    def with_text(self, wanted: Callable[[RefText], bool]) -> dict[int, list[RefText]]:
        """Return the texts that are wanted by the number of the packed reference that has them."""
        found = (
            (number, list(filter(wanted, texts)))
            for number, (_, texts) in enumerate(self._packer.references)
        )
        return {number: texts for number, texts in found if texts}

    def is_packed(self, number: int) -> bool:
        """Return whether an entity is packed."""
        return number not in self._whole

    def keys_of(self, kind: str, columns: Columns) -> list[Key]:
        """Return the keys of some packed entities of a kind."""
        above = self._aboves[kind].__getitem__
        return list(map(add, map(above, columns.parents()), columns.labels()))

    def keys(self, kind: str) -> Iterator[tuple[Key, int]]:
        """Yield the keys of the packed ones of a kind, with their numbers."""
        for _, columns in self.packed(kind):
            yield from zip(self.keys_of(kind, columns), columns.seqs, strict=True)

    def invalidate(self, where: Container[tuple[int, int]]) -> None:
        """Note that packed entities of some rows (sheet number, row) are not valid."""
        for piece, columns in self.packed():
            no = piece.sheet.no
            for seq, row in zip(columns.seqs, columns.rows(), strict=True):
                if (no, row) in where:
                    self._states[seq] = 0

    def valid(self) -> Iterator[tuple[str, int, int]]:
        """Yield of packed entities that are valid the kind, the number of the first, how many."""
        for piece in self._pieces:
            states = self._states[piece.first : piece.first + piece.count]
            if 1 in states:
                kind = piece.bound.kind.name
                yield kind, piece.first + states.index(1), states.count(1)
