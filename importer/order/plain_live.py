"""Matches most rows of a large file with what is live at once: only their own names decide that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence

from importer.mapping.entity import Entity, RefText
from importer.model import Key
from importer.order.key_index import KeyIndex, Named
from importer.order.live_index import UNSURE
from importer.order.live_names import LiveNames


class PlainLive:
    """The entities of one kind that are live under the very key that they have, or new.

    `parent` returns what the text means that names an entity's parent, in full; what is `beside`
    means another entity of its row. What may be renamed, moved or restored, fits several or shares
    a name with such a one, is left to others.
    """

    def __init__(
        self,
        index: KeyIndex,
        names: LiveNames,
        parent: Callable[[Entity, RefText], Named | None],
        beside: Container[RefText],
    ) -> None:
        self._index = index
        self._names = names
        self._parent = parent
        self._beside = beside

    def settle(self, entities: Sequence[Entity]) -> list[Entity]:
        """Give the plain entities their keys and what is live of them; return all others."""
        sure = [entity for entity in entities if self._is_sure(entity)]
        times = Counter(entity.key for entity in sure)
        left = [entity for entity in entities if entity.key is None]
        labels = {one.labels[-1] for one in left} | set(self._names.labels_of(left))
        codes = {code for one in left for code in (one.id, *one.identities) if code}
        for entity in entities:
            known = entity.labels[-1] in labels or not codes.isdisjoint(entity.identities)
            if known or entity.key is None or times[entity.key] > 1:
                entity.key = entity.live = None
            else:
                self._take(entity, entity.key)
        return [entity for entity in entities if entity.key is None]

    def _is_sure(self, entity: Entity) -> bool:
        """Give an entity the key and the live entity that its own names lead to, if they do."""
        key = self._key(entity)
        found = UNSURE if key is None else self._names.at(key, entity.identities)
        if found is UNSURE or (found is None and self._may_be_moved(entity)):
            return False
        entity.key, entity.live = key, found
        return True

    def _key(self, entity: Entity) -> Key | None:
        """Return the key of an entity whose parent is known; None where more is said of it."""
        text, said = entity.parent, entity.id is not None or entity.delete or entity.hint
        if text is None or said or entity.bound.rule.creates or text in self._beside:
            return None
        parent = self._parent(entity, text)
        return parent[1] + entity.labels if parent else None

    def _may_be_moved(self, entity: Entity) -> bool:
        """Return whether a new one may be a live one of another place."""
        below = entity.parent is not None and entity.parent.rule.rule.or_below
        cleared = any(not texts for _, texts in entity.references)
        return cleared or (below and self._names.has_label(entity.labels[-1]))

    def _take(self, entity: Entity, key: Key) -> None:
        self._index.add(entity.kind, key, entity.seq)
        for identity in entity.identities:
            self._index.identify(entity.kind, identity, key)
