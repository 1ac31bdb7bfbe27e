"""Finds what stands above packed entities in their keys, and keeps whole those that are not plain.

Plain are those whose parents are of another kind or nowhere, and that share no name with others.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence, Set
from itertools import chain

from importer.mapping.entity import Entity, RefText
from importer.model import Key
from importer.order.digests import Digests, digest
from importer.order.entities import PackedEntities
from importer.order.key_index import Answer
from importer.order.packed import Columns
from importer.order.packed_match import PackedMatch
from importer.order.packed_names import PackedNames
from importer.order.plain_keys import last_of, stated_path


class PackedKeys:
    """The packed entities of one kind.

    `follow` returns what a text means, loosely or in full; `awaited` the keys and identifying
    values that would lead it further. What is `beside` means another entity of its row. `match`
    finds what is live of them, where any of their kind is.
    """

    def __init__(
        self,
        entities: PackedEntities,
        follow: Callable[[RefText, bool], Answer],
        awaited: Callable[[RefText], Iterable[Hashable]],
        beside: Container[RefText],
        match: PackedMatch | None,
    ) -> None:
        self._match = match
        self._entities = entities
        self._follow = follow
        self._awaited = awaited
        self._beside = beside

    def settle(self, kind: str) -> PackedNames | None:
        """Let the plain ones of a kind know what they stand in; return their names, if any."""
        whole = self._entities.whole(kind)
        aboves = self._aboves(kind, whole)
        if aboves is None:
            self._entities.keep_whole(kind)
            return None
        self._entities.stand_in(kind, aboves)
        names = self._apart(kind)
        if self._match:
            self._entities.keep_whole(kind, self._match.not_plain)
            self._entities.match(kind, self._match.live)
            whole = self._entities.whole(kind)
        self._keep_namesakes(kind, whole)
        return names if names.lengths else None

    def _keep_namesakes(self, kind: str, whole: Sequence[Entity]) -> None:
        """Keep those whole that may have the name of one that is kept whole."""
        labels = {entity.labels[-1] for entity in whole}
        if self._match:
            labels.update(self._match.names.labels_of(whole))
        codes = {code for one in whole for code in (one.id, *one.identities) if code}
        if whole:
            self._entities.keep_whole(kind, lambda columns: _places(columns, labels, codes))

    def _aboves(self, kind: str, whole: Sequence[Entity]) -> dict[int, Key] | None:
        """Return what each text that names a parent means; None where that may be of the kind."""
        texts = {text.number: text for text in self._entities.parents(kind)}
        found: dict[int, Key] = {}
        for number, text in texts.items():
            answer = self._follow(text, False)
            if isinstance(answer, tuple):
                found[number] = answer[1]
            if kind in text.rule.rule.to:
                return None
        lost = {number: text for number, text in texts.items() if number not in found}
        if self._may_be_found(kind, [*lost.values(), *self._lost(kind, whole)], whole):
            return None
        for number, text in lost.items():
            answer = self._follow(text, True)
            found[number] = answer[1] if isinstance(answer, tuple) else stated_path(text)
        return found

    def _lost(self, kind: str, whole: Iterable[Entity]) -> Iterator[RefText]:
        """Yield the texts that name the parents of whole entities, and mean nothing so far."""
        for text in dict.fromkeys(one.parent for one in whole if not one.bound.rule.creates):
            if text is None or kind in text.rule.rule.to or text in self._beside:
                continue
            if not isinstance(self._follow(text, False), tuple):
                yield text

    def _may_be_found(self, kind: str, lost: Sequence[RefText], whole: Sequence[Entity]) -> bool:
        """Return whether entities of the kind may lead a text further that means nothing."""
        if not lost:
            return False
        if any(one.parent and kind in one.parent.rule.rule.to for one in whole):
            return True
        marks = {last_of(mark) for text in lost for mark in self._awaited(text)}
        if self._match and (self._match.names.may_be(marks) or _called(whole, marks)):
            return True
        return any(_places(columns, marks, marks) for _, columns in self._entities.packed(kind))

    def _apart(self, kind: str) -> PackedNames:
        """Keep those whole that share a key or an identifying value; return the others' names."""
        keys, codes, lengths = Digests(), Digests(), set[int]()
        for _, columns in self._entities.packed(kind):
            codes.add(chain.from_iterable(columns.identities()))
        for _, columns in self._entities.packed(kind):
            some = self._entities.keys_of(kind, columns)
            keys.add(some)
            lengths.update(map(len, some))
        twice, same = keys.twice(), codes.twice()
        del keys
        if twice or same:
            self._entities.keep_whole(
                kind, lambda columns: self._shared(kind, columns, twice, same)
            )
        return PackedNames(self._entities, kind, lengths, codes, live=self._match is not None)

    def _shared(
        self, kind: str, columns: Columns, keys: Container[int], codes: Container[int]
    ) -> list[int]:
        """Return the places of those whose key or identifying value others may have too."""
        named = zip(self._entities.keys_of(kind, columns), columns.identities(), strict=True)
        return [
            at
            for at, (key, stated) in enumerate(named)
            if digest(key) in keys or any(digest(code) in codes for code in stated)
        ]


def _called(entities: Iterable[Entity], marks: Set[Hashable]) -> bool:
    """Return whether any entity has one of some last labels or identifying values."""
    return any(one.labels[-1] in marks or not marks.isdisjoint(one.identities) for one in entities)


def _places(columns: Columns, labels: Set[Hashable], codes: Set[Hashable]) -> list[int]:
    """Return the places of those with one of some last labels or identifying values."""
    own, stated = [one[-1] for one in columns.labels()], columns.identities()
    if labels.isdisjoint(own) and codes.isdisjoint(chain.from_iterable(stated)):
        return []
    return [
        at
        for at, (label, values) in enumerate(zip(own, stated, strict=True))
        if label in labels or not codes.isdisjoint(values)
    ]
