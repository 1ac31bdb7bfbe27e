"""The names of what is live of one kind, for entities that names alone match with it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Set

from importer.mapping.entity import Entity
from importer.model import Key
from importer.order.digests import Digests
from importer.order.live_index import LiveIndex


class LiveNames:
    """The names of the live entities of a kind of which none stands in another."""

    def __init__(self, live_index: LiveIndex, kind: str) -> None:
        self._live = live_index
        self._kind = kind
        self._labels: Digests | None = None

    def at(self, key: Key, identities: Key) -> str | None:
        """See LiveIndex.at_its_key."""
        return self._live.at_its_key(self._kind, key, identities)

    def has_label(self, label: str) -> bool:
        """Return whether a last label may be that of a live entity, wherever that stands."""
        if self._labels is None:
            self._labels = Digests()
            self._labels.add(self._live.index.last_labels(self._kind))
        return label in self._labels

    def labels_of(self, entities: Iterable[Entity]) -> Iterator[str]:
        """Yield the last labels of the live entities that entities name by an id or a code."""
        for entity in entities:
            found = self._live.identified(entity)
            if isinstance(found, str):
                yield self._live.names[found][1][-1]

    def may_be(self, marks: Set[Hashable]) -> bool:
        """Return whether one of some names may be that of a live entity."""
        index = self._live.index
        stated = not index.codes(self._kind).keys().isdisjoint(marks)
        return stated or not marks.isdisjoint(index.last_labels(self._kind))
