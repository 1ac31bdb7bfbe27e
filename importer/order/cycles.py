"""Entities whose parents are not known yet in: who may be whose parent, who stands in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key


def ways(text: RefText) -> list[Key]:
    """The texts to follow, outermost first: a list item's own scope, else what its row names."""
    if text.steps:
        return [text.within + text.steps]
    return [((scope,) if scope else text.within) + (path,) for scope, path in text.readings]


class CycleFinder:
    """Entities of one kind that wait for their parents, findable by what they are called."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = entities
        self._labelled: dict[str, list[Entity]] = {}
        self._identified: dict[str, list[Entity]] = {}
        for entity in entities:
            self._labelled.setdefault(entity.labels[-1], []).append(entity)
            for identity in entity.identities:
                self._identified.setdefault(identity, []).append(entity)

    def parents(self, entity: Entity) -> list[Entity]:
        """The waiting entities that an entity's text may mean."""
        text = entity.parent
        if text is None or entity.kind not in text.rule.rule.to:
            return []
        if text.rule.rule.via:
            return self._identified.get(text.steps[-1], [])
        return list({other.seq: other for other in self._named(text)}.values())

    def _named(self, text: RefText) -> Iterator[Entity]:
        for way in ways(text):
            for path in labels(way[-1], text.rule.rule.path_separators):
                known = self._labelled.get(path[-1], ())
                yield from (other for other in known if _together(way[:-1], other))
            yield from self._identified.get(way[-1], ())

    def circles(self) -> dict[int, list[Entity]]:
        """Number of each entity in a circle -> the entities on the way round, from itself."""
        found = {entity.seq: self._way_round(entity) for entity in self._entities}
        return {seq: way for seq, way in found.items() if way}

    def _way_round(self, start: Entity) -> list[Entity]:
        came_from: dict[int, Entity] = {}
        heads = [start]
        while heads:
            entity = heads.pop()
            for parent in self.parents(entity):
                if parent is start:
                    return _traced(came_from, start, entity)
                if parent.seq not in came_from:
                    came_from[parent.seq] = entity
                    heads.append(parent)
        return []


def _together(scope: Key, other: Entity) -> bool:
    """Whether an entity may stand within a scope, as far as the outermost texts tell."""
    there = {way[0] for way in ways(other.parent) if len(way) > 1} if other.parent else set()
    return not scope or not there or scope[0] in there


def _traced(came_from: dict[int, Entity], start: Entity, last: Entity) -> list[Entity]:
    way = [start, last] if last is not start else [start]
    while way[-1] is not start:
        way.append(came_from[way[-1].seq])
    if len(way) == 1:
        way.append(start)
    return way[::-1]
