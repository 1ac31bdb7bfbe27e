"""Finds what is live of packed entities, where nothing but their own names decides that."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Set

from importer.mapping.entity import Entity
from importer.model import Key
from importer.order.digests import Digests
from importer.order.entities import PackedEntities
from importer.order.live_index import UNSURE, LiveIndex
from importer.order.packed import Columns


class PackedMatch:
    """The live entities that the packed entities of one kind are: `live` has their ids, by number.

    Plain are those that are live under the very key that they have, and those of which nothing is
    live. What may be renamed, moved or restored, or fits several, is not.
    """

    def __init__(self, entities: PackedEntities, live_index: LiveIndex, kind: str) -> None:
        self.live: list[str | None] = [None] * len(entities)
        self._entities = entities
        self._index = live_index
        self._kind = kind
        self._cleared = entities.cleared()
        self._below = {text.number for text in entities.parents(kind) if text.rule.rule.or_below}
        self._labels: Digests | None = None

    def not_plain(self, columns: Columns) -> list[int]:
        """Note what is live of some entities; return the places of those that are not plain."""
        keys, find = self._entities.keys_of(self._kind, columns), self._index.at_its_key
        found = [
            find(self._kind, key, stated)
            for key, stated in zip(keys, columns.identities(), strict=True)
        ]
        for seq, one in zip(columns.seqs, found, strict=True):
            self.live[seq] = one
        unsure = [at for at, one in enumerate(found) if one is UNSURE]
        new = [at for at, one in enumerate(found) if one is None]
        return sorted([*unsure, *self._may_be_moved(columns, keys, new)]) if new else unsure

    def _may_be_moved(self, columns: Columns, keys: list[Key], new: list[int]) -> Iterator[int]:
        """Yield the places of new ones that may be live ones of other places."""
        parents, references = columns.parents(), columns.references()
        for at in new:
            cleared = not self._cleared.isdisjoint(references[at])
            if cleared or (parents[at] in self._below and keys[at][-1] in self._live_labels()):
                yield at

    def _live_labels(self) -> Digests:
        """Return the last labels of what is live of the kind."""
        if self._labels is None:
            self._labels = Digests()
            self._labels.add(self._index.index.last_labels(self._kind))
        return self._labels

    def labels_of(self, entities: Iterable[Entity]) -> Iterator[str]:
        """Yield the last labels of the live entities that entities name by an id or a code."""
        for entity in entities:
            found = self._index.identified(entity)
            if isinstance(found, str):
                yield self._index.names[found][1][-1]

    def may_be(self, marks: Set[Hashable]) -> bool:
        """Return whether one of some names may be that of a live entity of the kind."""
        index = self._index.index
        stated = not index.codes(self._kind).keys().isdisjoint(marks)
        return stated or not marks.isdisjoint(index.last_labels(self._kind))
