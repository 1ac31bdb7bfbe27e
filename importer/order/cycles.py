"""Finds the possible parents of entities that wait for theirs, and the cycles among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key


def text_paths(text: RefText) -> list[Key]:
    """Return the paths of texts to follow, outermost text first: one for each reading."""
    if text.steps:
        return [text.within + text.steps]
    return [((scope,) if scope else text.within) + (path,) for scope, path in text.readings]


class CycleFinder:
    """Entities of one kind whose parents are not known yet, findable by label and identity."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._entities = entities
        self._labelled: dict[str, list[Entity]] = {}
        self._identified: dict[str, list[Entity]] = {}
        for entity in entities:
            self._labelled.setdefault(entity.labels[-1], []).append(entity)
            for identity in entity.identities:
                self._identified.setdefault(identity, []).append(entity)

    def parents(self, entity: Entity) -> list[Entity]:
        """Return the waiting entities that an entity's parent text may mean."""
        text = entity.parent
        if text is None or entity.kind not in text.rule.rule.to:
            return []
        if text.rule.rule.via:
            return self._identified.get(text.steps[-1], [])
        return list({other.seq: other for other in self._named(text)}.values())

    def _named(self, text: RefText) -> Iterator[Entity]:
        for *scope, last in text_paths(text):
            for path in labels(last, text.rule.rule.path_separators):
                known = self._labelled.get(path[-1], ())
                yield from (other for other in known if _may_be_within(scope, other))
            yield from self._identified.get(last, ())

    def cycles(self) -> dict[int, list[Entity]]:
        """Return the cycle of each entity in one, by its number: from the entity back to itself."""
        found = {entity.seq: self._cycle_from(entity) for entity in self._entities}
        return {seq: cycle for seq, cycle in found.items() if cycle}

    def _cycle_from(self, start: Entity) -> list[Entity]:
        came_from: dict[int, Entity] = {}
        waiting = [start]
        while waiting:
            entity = waiting.pop()
            for parent in self.parents(entity):
                if parent is start:
                    return _traced(came_from, start, entity)
                if parent.seq not in came_from:
                    came_from[parent.seq] = entity
                    waiting.append(parent)
        return []


def _may_be_within(scope: Sequence[str], entity: Entity) -> bool:
    """Return whether an entity may stand within a scope, as far as the outermost texts show."""
    paths = text_paths(entity.parent) if entity.parent else []
    outermost = {path[0] for path in paths if len(path) > 1}
    return not scope or not outermost or scope[0] in outermost


def _traced(came_from: dict[int, Entity], start: Entity, last: Entity) -> list[Entity]:
    backwards = [start, last]
    while backwards[-1] is not start:
        backwards.append(came_from[backwards[-1].seq])
    return backwards[::-1]
