"""Finds what is live of packed entities, where nothing but their own names decides that."""

from __future__ import annotations

from collections.abc import Iterator

from importer.model import Key
from importer.order.entities import PackedEntities
from importer.order.live_index import UNSURE
from importer.order.live_names import LiveNames
from importer.order.packed import Columns


class PackedMatch:
    """The live entities that the packed entities of one kind are: `live` has their ids, by number.

    Plain are those that are live under the very key that they have, and those of which nothing is
    live. What may be renamed, moved or restored, or fits several, is not.
    """

    def __init__(self, entities: PackedEntities, names: LiveNames, kind: str) -> None:
        self.live: list[str | None] = [None] * len(entities)
        self.names = names
        self._entities = entities
        self._kind = kind
        self._cleared = entities.cleared()
        self._below = {text.number for text in entities.parents(kind) if text.rule.rule.or_below}

    def not_plain(self, columns: Columns) -> list[int]:
        """Note what is live of some entities; return the places of those that are not plain."""
        keys = self._entities.keys_of(self._kind, columns)
        found = list(map(self.names.at, keys, columns.identities()))
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
            if cleared or (parents[at] in self._below and self.names.has_label(keys[at][-1])):
                yield at
