"""The keys and identifying values of the packed entities of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from heapq import merge
from itertools import chain, islice
from operator import itemgetter

from importer.model import Key
from importer.order.digests import Digests
from importer.order.entities import PackedEntities


class PackedNames:
    """The names of packed entities, which no other entity has.

    `lengths` are those of their keys, `values` their identifying values. The first `after` keys
    that are not packed stand among theirs, in the order of the rows. Where any of their kind is
    `live`, the keys of the target come first, and packed entities may have these.
    """

    def __init__(
        self,
        entities: PackedEntities,
        kind: str,
        lengths: Collection[int],
        values: Digests,
        *,
        live: bool = False,
    ) -> None:
        self._entities = entities
        self._kind = kind
        self.lengths = lengths
        self.values = values
        self.live = live
        self.after = 0

    def among(self, keys: Mapping[Key, int | None]) -> Iterator[tuple[Key, int | None]]:
        """Yield the keys with their numbers, among those that are not packed."""
        packed: Iterator[tuple[Key, int | None]] = self._entities.keys(self._kind)
        if self.live:
            first = islice(keys.items(), self.after)
            return chain(first, packed, islice(keys.items(), self.after, None))
        if self.after:
            packed = merge(islice(keys.items(), self.after), packed, key=itemgetter(1))
        return chain(packed, islice(keys.items(), self.after, None))

    def labels(self) -> Iterator[list[str]]:
        """Yield the last labels of the keys, some at a time."""
        for _, columns in self._entities.packed(self._kind):
            yield [labels[-1] for labels in columns.labels()]

    def codes(self) -> Iterator[list[str]]:
        """Yield the identifying values, some at a time."""
        for _, columns in self._entities.packed(self._kind):
            yield list(chain.from_iterable(columns.identities()))

    def identities(self) -> Iterator[tuple[str, Key]]:
        """Yield each identifying value with the key of its entity."""
        for _, columns in self._entities.packed(self._kind):
            stated = columns.identities()
            if any(stated):
                keys = self._entities.keys_of(self._kind, columns)
                for key, values in zip(keys, stated, strict=True):
                    yield from ((value, key) for value in values)
