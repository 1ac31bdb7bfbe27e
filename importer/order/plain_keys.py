"""Gives most rows of a large file their keys at once: nothing else of their kind is about them.

What they stand in is of another kind, whose keys are all known by then, or it is nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Key
from importer.order.cycles import text_paths
from importer.order.key_index import KeyIndex, Named


class PlainKeys:
    """The plain entities among those of one kind.

    `meaning` is what is known already of the texts that name parents; `parent` returns what that of
    an entity means, `loose` or in full; `awaited` returns the keys and identifying values that
    would lead a text further. What is `beside` means another entity of its row.
    """

    def __init__(
        self,
        index: KeyIndex,
        meaning: Mapping[RefText, Named],
        parent: Callable[[Entity, RefText, bool], Named | None],
        awaited: Callable[[RefText], Iterable[Hashable]],
        beside: Container[RefText],
    ) -> None:
        self._index = index
        self._meaning = meaning
        self._parent = parent
        self._awaited = awaited
        self._beside = beside

    def settle(self, entities: Sequence[Entity]) -> list[Entity]:
        """Give the plain entities their keys and return all others, in order."""
        kind = entities[0].kind
        left: list[Entity] = []
        lost: dict[RefText, list[Entity]] = {}
        for entity in entities:
            text = entity.parent
            if text is None or entity.bound.rule.creates:
                left.append(entity)
            elif text in lost:
                lost[text].append(entity)
            elif parent := self._meaning.get(text) or self._parent(entity, text, False):
                if parent[0] == kind or not self._take(entity, parent[1]):
                    left.append(entity)
            elif kind in text.rule.rule.to or text in self._beside:
                left.append(entity)
            else:
                lost[text] = [entity]
        if lost:
            left = sorted((*left, *self._lost(lost, left, entities)), key=lambda one: one.seq)
        self._index.forget_labels(kind)
        return left

    def _take(self, entity: Entity, above: Key) -> bool:
        """Give an entity its key, unless another one has it."""
        key = above + entity.labels
        if self._index.keys[entity.kind].setdefault(key, entity.seq) != entity.seq:
            return False
        entity.key = key
        for identity in entity.identities:
            self._index.identify(entity.kind, identity, key)
        return True

    def _lost(
        self,
        lost: dict[RefText, list[Entity]],
        left: Sequence[Entity],
        entities: Sequence[Entity],
    ) -> Iterator[Entity]:
        """Give those their keys whose parents have short names, or are nowhere; yield all others.

        Where entities of the kind may stand in each other, or may lead a text further that means
        nothing by itself, none of them is plain. Those come last that may stand further down.
        """
        kind, marks = entities[0].kind, {last_of(one) for t in lost for one in self._awaited(t)}
        nested = any(one.parent and kind in one.parent.rule.rule.to for one in left)
        if nested or any(_may_be(entity, marks) for entity in entities):
            yield from (entity for users in lost.values() for entity in users)
            return
        waiting: list[tuple[bool, int, Entity, Key]] = []
        for text, users in lost.items():
            parent = self._parent(users[0], text, True)
            above = parent[1] if parent else stated_path(text)
            loose = text.rule.rule.or_below
            waiting += ((loose, entity.seq, entity, above) for entity in users)
        waiting.sort(key=itemgetter(0, 1))
        yield from (entity for *_, entity, above in waiting if not self._take(entity, above))


def last_of(mark: Hashable) -> Hashable:
    """Return the name of what a key or an identifying value leads to."""
    return mark[-1] if isinstance(mark, tuple) and mark else mark


def _may_be(entity: Entity, marks: set[Hashable]) -> bool:
    return entity.labels[-1] in marks or not marks.isdisjoint(entity.identities)


def stated_path(text: RefText) -> Key:
    """Return the key that a text would make if it meant something."""
    *scope, last = text_paths(text)[0]
    path = labels(last, text.rule.rule.path_separators)[-1]
    inside = path[: len(scope)] == tuple(scope)
    return path if inside else (*scope, *path)
