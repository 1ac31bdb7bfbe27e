"""Finds the possible parents of entities that wait for theirs, and the cycles among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key
from importer.order.components import Components

Word = tuple[str, ...]
"""A mark by which texts mean entities: a label, a label within a scope, or an identity."""

_FEW = 8
"""The most entities of a cycle for which the message of each shows its own way round."""


def text_paths(text: RefText) -> list[Key]:
    """Return the paths of texts to follow, outermost text first: one for each reading."""
    if text.steps:
        return [text.within + text.steps]
    return [((scope,) if scope else text.within) + (path,) for scope, path in text.readings]


class Cycle(Struct, frozen=True):
    """The way from an entity back to it, or one that all of many share; the entity's parent."""

    way: Sequence[Entity]
    parent: Entity
    size: int
    shared: bool = False


class Waiting:
    """Entities of one kind whose parents are not known yet, by the words that may mean them."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._meant: dict[Word, dict[int, Entity]] = {}
        self._entities = {entity.seq: entity for entity in entities}
        self._kind = next((entity.kind for entity in entities), "")
        for entity in self._entities.values():
            for word in _words_of(entity):
                self._meant.setdefault(word, {})[entity.seq] = entity

    def remove(self, entity: Entity) -> Iterator[Word]:
        """Remove an entity; yield the words that mean none of those that wait any more."""
        if self._entities.pop(entity.seq, None) is None:
            return
        for word in _words_of(entity):
            meant = self._meant[word]
            meant.pop(entity.seq, None)
            if not meant:
                yield word

    def word(self, text: RefText) -> Word | None:
        """Return a word by which a text may mean an entity that waits, None where there is none."""
        return next((word for word in _words(text, self._kind) if self._meant.get(word)), None)

    def cycles(self) -> dict[int, Cycle]:
        """Return the cycle of each entity in one, by its number."""
        found: dict[int, Cycle] = {}
        for nodes in Components[int | Word](self._after).among(self._entities):
            numbers = sorted(node for node in nodes if isinstance(node, int))
            members = [self._entities[number] for number in numbers]
            if len(nodes) > 1:
                found |= self._small(members) if len(members) <= _FEW else self._large(members)
        return found

    def _after(self, node: int | Word) -> Iterable[int | Word]:
        """Return what an entity (by number) or a word leads to: words, and then entities."""
        if isinstance(node, tuple):
            return self._meant.get(node, ())
        parent = self._entities[node].parent
        return _words(parent, self._kind) if parent else ()

    def _small(self, members: Sequence[Entity]) -> Iterator[tuple[int, Cycle]]:
        for entity in members:
            way = _way(entity, lambda one: [m for m in members if self._may_mean(one, m)])
            yield entity.seq, Cycle(way, way[1], len(members))

    def _may_mean(self, entity: Entity, other: Entity) -> bool:
        return any(other.seq in self._after(word) for word in self._after(entity.seq))

    def _large(self, members: Sequence[Entity]) -> Iterator[tuple[int, Cycle]]:
        first: dict[Word, Entity] = {}
        for entity in members:
            for word in _words_of(entity):
                first.setdefault(word, entity)
        parents = {
            entity.seq: next(first[word] for word in self._after(entity.seq) if word in first)
            for entity in members
        }
        way = _ring(members[0], parents)
        return ((m.seq, Cycle(way, parents[m.seq], len(members), True)) for m in members)


def _words(text: RefText, kind: str) -> Iterator[Word]:
    """Yield the words by which a text may mean entities of a kind."""
    rule = text.rule.rule
    if kind not in rule.to:
        return
    if rule.via:
        yield "id", text.steps[-1]
        return
    for *scope, last in text_paths(text):
        for path in labels(last, rule.path_separators):
            if scope:
                yield "anywhere", path[-1]
                yield "within", path[-1], scope[0]
            else:
                yield "label", path[-1]
        yield "id", last


def _words_of(entity: Entity) -> Iterator[Word]:
    """Yield the words that may mean an entity; its scope only as far as outermost texts show it."""
    label = entity.labels[-1]
    yield "label", label
    paths = text_paths(entity.parent) if entity.parent else []
    outermost = {path[0] for path in paths if len(path) > 1}
    yield from (("within", label, text) for text in sorted(outermost))
    if not outermost:
        yield "anywhere", label
    yield from (("id", identity) for identity in entity.identities)


def _way(start: Entity, parents: Callable[[Entity], Sequence[Entity]]) -> list[Entity]:
    """Return the way from an entity by parents back to it."""
    came_from: dict[int, Entity] = {}
    waiting = [start]
    while waiting:
        entity = waiting.pop()
        for parent in parents(entity):
            if parent is start:
                return _traced(came_from, start, entity)
            if parent.seq not in came_from:
                came_from[parent.seq] = entity
                waiting.append(parent)
    raise ValueError(f"{start.labels} is in no cycle")


def _traced(came_from: dict[int, Entity], start: Entity, last: Entity) -> list[Entity]:
    backwards = [start, last]
    while backwards[-1] is not start:
        backwards.append(came_from[backwards[-1].seq])
    return backwards[::-1]


def _ring(start: Entity, parents: dict[int, Entity]) -> list[Entity]:
    """Return the cycle in which the parents of an entity end."""
    at: dict[int, int] = {}
    way = [start]
    while way[-1].seq not in at:
        at[way[-1].seq] = len(way) - 1
        way.append(parents[way[-1].seq])
    return way[at[way[-1].seq] :]
