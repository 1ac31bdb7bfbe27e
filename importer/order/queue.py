"""Queues entities until their parents are known: each is tried only when that may have changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from heapq import heappop, heappush

from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.order.cycles import Waiting, Word, text_paths


class Queue:
    """Entities of one kind that wait for their parents, in order.

    `awaited` returns the keys and identifying values with which a text would lead further. What
    is settled makes the entities due whose texts await it: those after it at once, those before it
    in the next round. A short name is due once no entity that waits may have it.
    """

    def __init__(
        self, entities: Sequence[Entity], awaited: Callable[[RefText], Iterable[Hashable]]
    ) -> None:
        self.waiting = Waiting(entities)
        self._awaited = awaited
        self._left = dict(enumerate(entities))
        self._places = {entity.seq: place for place, entity in self._left.items()}
        self._due = [(0, place) for place in self._left]
        self._now = (0, -1)
        self._failed: dict[RefText, list[int]] = {}
        self._wakes: dict[Hashable, list[RefText]] = {}
        self._watches: dict[Word, list[RefText]] = {}
        self._short: dict[RefText, None] = {}
        self._stranded: dict[RefText, None] = {}

    def __len__(self) -> int:
        return len(self._left)

    def left(self) -> list[Entity]:
        """Return the entities that still wait, in order."""
        return list(self._left.values())

    def due(self) -> Iterator[Entity]:
        """Yield the entities whose parents may be known by now, in order."""
        while self._due:
            self._now = heappop(self._due)
            entity = self._left.get(self._now[1])
            if entity is None:
                continue
            if entity.parent in self._failed:
                self._failed[entity.parent].append(self._now[1])
            else:
                yield entity
        self._now = (self._now[0] + 1, -1)

    def put_back(self, entity: Entity) -> None:
        """Let an entity wait, and all that name the same parent, until that may be known."""
        text = entity.parent
        if text is None:
            return
        self._failed[text] = [self._places[entity.seq]]
        for one in dict.fromkeys(self._awaited(text)):
            self._wakes.setdefault(one, []).append(text)
        self._watch(text)

    def _watch(self, text: RefText) -> None:
        """Let a text wait for the last entity that it may mean by its short name."""
        word = self.waiting.word(text)
        if word is not None:
            self._watches.setdefault(word, []).append(text)
        elif text in self._failed:
            self._short[text] = None

    def short(self) -> list[Entity]:
        """Return the entities whose short names are due, in order; none of them a second time."""
        texts, self._short = self._short, {}
        for text in texts:
            if text in self._failed:
                self._stranded[text] = None
                for *_, last in text_paths(text):
                    for path in labels(last, text.rule.rule.path_separators):
                        self._wakes.setdefault(("short", path[-1]), []).append(text)
        return self._users(texts)

    def stranded(self) -> list[Entity]:
        """Return the entities whose parents can be none of those that wait, in order; each once."""
        texts, self._stranded = self._stranded, {}
        return self._users(texts)

    def place(self, entity: Entity) -> int:
        """Return the place of an entity in the order."""
        return self._places[entity.seq]

    def _users(self, texts: Iterable[RefText]) -> list[Entity]:
        places = sorted(place for text in texts for place in self._failed.get(text, ()))
        return [self._left[place] for place in places if place in self._left]

    def settled(self, entity: Entity) -> None:
        """Take an entity out; what its key leads to is due."""
        if self._left.pop(self._places.get(entity.seq, -1), None) is None:
            return
        for one in (entity.key, entity.seq, *entity.identities):
            for text in self._wakes.pop(one, ()):
                self._wake(text)
        for text in self._wakes.pop(("short", entity.labels[-1]), ()):
            if self._stranded.pop(text, 0) is None:
                self._short[text] = None
        for word in self.waiting.remove(entity):
            for text in self._watches.pop(word, ()):
                self._watch(text)

    def _wake(self, text: RefText) -> None:
        """Make the entities due that name a parent by a text."""
        self._short.pop(text, None)
        self._stranded.pop(text, None)
        for place in self._failed.pop(text, ()):
            later = place <= self._now[1]
            heappush(self._due, (self._now[0] + later, place))

    def wake_all(self) -> None:
        """Make all entities due: names have changed."""
        for text in list(self._failed):
            self._wake(text)
