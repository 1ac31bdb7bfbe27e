"""Gives every entity its key: the key of its parent, then its own labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from operator import attrgetter

from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.model import Finding, Key
from importer.order.cycles import text_paths
from importer.order.duplicates import Duplicates
from importer.order.entities import PackedEntities
from importer.order.key_index import Answer, Missing, Named
from importer.order.levels import DEEPEST
from importer.order.live_index import LiveIndex
from importer.order.live_match import LiveMatcher
from importer.order.live_names import LiveNames
from importer.order.messages import cycle, too_deep
from importer.order.packed_keys import PackedKeys
from importer.order.packed_match import PackedMatch
from importer.order.packed_names import PackedNames
from importer.order.plain_keys import PlainKeys, stated_path
from importer.order.plain_live import PlainLive
from importer.order.queue import Queue
from importer.order.registry import Registry

_creates = attrgetter("bound.rule.creates")


def _rank(entity: Entity) -> tuple[bool, bool]:
    return entity.bound.rule.creates, entity.parent is not None and entity.parent.rule.rule.or_below


class KeyResolver:
    """The keys of all entities, kind by kind, and the meaning of the texts that name parents.

    `meaning` is what each text means, as far as it is known. `merged` maps an entity that restates
    what another one creates to that one (both by number).
    """

    def __init__(
        self,
        registry: Registry,
        live_index: LiveIndex,
        duplicates: Duplicates,
        matcher: LiveMatcher,
        sheets: Sequence[BoundSheet],
    ) -> None:
        self.meaning: dict[RefText, Named] = {}
        self.merged: dict[int, int] = {}
        self._registry = registry
        self._live = live_index
        self._index = live_index.index
        self._duplicates = duplicates
        self._matcher = matcher
        self._nested = {
            rule.kind
            for sheet in live_index.template.sheets
            for rule in sheet.entities
            if any(reference.parent and rule.kind in reference.to for reference in rule.references)
        }
        self._short = {
            bound.kind.name
            for sheet in sheets
            for bound in sheet.entities
            if any(reference.rule.or_below for reference in bound.references)
        }

    def resolve(self, kind: str) -> Iterator[Finding]:
        """Give every entity of a kind its key and match it with what is live.

        Plain ones are settled at once. Of the others, those known by an id come first, since they
        may rename what others refer to; then those stated in full, those that state least of their
        parents, and those that create on the way.
        """
        live = LiveNames(self._live, kind) if self._live.holds(kind) else None
        packed = self._names_of_packed(kind, live)
        entities = self._without_plain(kind, live)
        if packed:
            self._index.pack(kind, packed)
        waiting = [entity for entity in entities if entity.key is None]
        if live:
            known = [entity for entity in waiting if entity.id or entity.identities]
            self._passes(Queue(known, self._awaited), loose=False)
            waiting = [entity for entity in waiting if entity.key is None]
        rank = _rank if kind in self._short else _creates
        queue = Queue(sorted(waiting, key=rank), self._awaited)
        self._passes(queue)
        yield from self._stuck(queue)
        yield from (too_deep(entity) for entity in entities if entity.depth > DEEPEST)
        if live:
            yield from self._matcher.match(entities, self.merged)

    def follow(self, text: RefText, *, loose: bool = True) -> Answer:
        """Return the entity that a text means, or why it means none."""
        rule = text.rule.rule
        if rule.via:
            named = self._index.identified(rule.to, text.steps[-1])
            return named or Missing(len(text.steps) - 1, text.steps[-1], ())
        answer: Answer | None = None
        for path in text_paths(text):
            answer = self._index.follow(rule.to, path, rule.path_separators, loose=loose)
            if isinstance(answer, tuple):
                break
        return answer or Missing(0, text.text, ())

    def _passes(self, queue: Queue, *, loose: bool = True) -> None:
        """Resolve as long as one more parent becomes known.

        Parents named in full go first. A short name counts once no entity that still waits may
        have it, so that the order of the rows does not decide what it means.
        """
        while True:
            for entity in queue.due():
                key = self._key(entity, loose=False)
                if key is None:
                    queue.put_back(entity)
                else:
                    self._settle(queue, entity, key)
            more = loose and not self._matcher.rename() and self._by_short_name(queue)
            if self._matcher.rename():
                queue.wake_all()
            elif not more:
                return

    def _by_short_name(self, queue: Queue) -> bool:
        """Make keys known whose parents have short names; return whether there are any."""
        keys: list[tuple[Entity, Key]] = []
        missing: set[RefText | None] = set()
        for entity in queue.short():
            key = None if entity.parent in missing else self._key(entity, loose=True)
            if key is None:
                missing.add(entity.parent)
            else:
                keys.append((entity, key))
        for entity, key in keys:
            self._settle(queue, entity, key)
        return bool(keys)

    def _names_of_packed(self, kind: str, live: LiveNames | None) -> PackedNames | None:
        """Settle the packed ones of a kind; return their names, where any stay packed."""
        entities = self._registry.entities
        if not isinstance(entities, PackedEntities) or next(entities.packed(kind), None) is None:
            return None
        if live and kind in self._nested:
            entities.keep_whole(kind)
            return None
        match = PackedMatch(entities, live, kind) if live else None
        beside = self._registry.beside
        return PackedKeys(entities, self._known, self._awaited, beside, match).settle(kind)

    def _without_plain(self, kind: str, live: LiveNames | None) -> Sequence[Entity]:
        """Give the plain ones of a kind their keys; return all that are still to be matched."""
        whole, beside = self._registry.of_kind(kind), self._registry.beside
        if live and kind not in self._nested:
            return PlainLive(self._index, live, self._parent_in_full, beside).settle(whole)
        if whole and not self._index.keys[kind]:
            plain = PlainKeys(self._index, self.meaning, self._parent, self._awaited, beside)
            plain.settle(whole)
        return whole

    def _parent_in_full(self, entity: Entity, text: RefText) -> Named | None:
        """Return what an entity's parent text means, if that names it in full."""
        return self.meaning.get(text) or self._parent(entity, text, loose=False)

    def _known(self, text: RefText, loose: bool) -> Answer:
        """Return what a text means that names parents, and keep that in mind."""
        answer = self.meaning.get(text) or self.follow(text, loose=loose)
        if isinstance(answer, tuple):
            self.meaning[text] = answer
        return answer

    def _awaited(self, text: RefText) -> Iterator[Hashable]:
        """Yield the keys, identifying values or entities (by number) that a text awaits."""
        rule = text.rule.rule
        if text in self._registry.beside:
            yield self._registry.beside[text]
        elif rule.via:
            yield text.steps[-1]
        else:
            for path in text_paths(text):
                yield from self._index.awaited(path, rule.path_separators)

    def _settle(self, queue: Queue, entity: Entity, key: Key) -> None:
        """Make an entity's key known, and note which entity stated the same key before."""
        entity.key = key
        if self._live.names:
            self._matcher.note(entity, self.meaning.get(entity.parent) if entity.parent else None)
        other = self._index.add(entity.kind, key, entity.seq)
        for identity in entity.identities:
            self._index.identify(entity.kind, identity, key)
        queue.settled(entity)
        if other is None or other == entity.seq or entity.depth > DEEPEST:
            return
        if entity.bound.rule.creates:
            self.merged[entity.seq] = other
        else:
            self._duplicates.note(self._registry.entities[other], entity)

    def _key(self, entity: Entity, *, loose: bool) -> Key | None:
        text = entity.parent
        if text is None:
            return entity.labels
        parent = self.meaning.get(text) or self._parent(entity, text, loose)
        if parent is None:
            return None
        if parent[0] == entity.kind:
            entity.depth = len(parent[1])
            if entity.depth > DEEPEST:
                entity.valid = False
                return parent[1][:DEEPEST] + entity.labels
        if text.rule.rule.or_below:
            return self._matcher.key_below(entity, parent)
        return parent[1] + entity.labels

    def _parent(self, entity: Entity, text: RefText, loose: bool) -> Named | None:
        """Return what an entity's parent text means, once that is known."""
        beside = self._registry.beside.get(text)
        if beside is not None:
            found = self._parent_beside(entity, self._registry.entities[beside])
        else:
            answer = self.follow(text, loose=loose)
            found = answer if isinstance(answer, tuple) else None
        if found is not None:
            self.meaning[text] = found
        return found

    def _parent_beside(self, entity: Entity, parent: Entity) -> Named | None:
        """Return the parent that the same row makes; the child of an invalid one is invalid."""
        if parent.key is None:
            return None
        entity.valid = entity.valid and parent.valid
        return parent.kind, parent.key

    def _stuck(self, queue: Queue) -> Iterator[Finding]:
        """Report the cycles among entities whose parent never became known.

        All of them get the key their texts would make, so that their children are found (and
        blocked by them later) and are not reported as missing themselves.
        """
        cycles = queue.waiting.cycles()
        circle = [entity for entity in queue.left() if entity.seq in cycles]
        for entity in circle:
            entity.valid = False
            yield cycle(entity, cycles[entity.seq])
        while queue:
            first = sorted((*circle, *queue.stranded()), key=queue.place) or queue.left()
            for entity in first:
                self._settle(queue, entity, _provisional(entity))
            for entity in circle:
                self._close(entity, cycles[entity.seq].parent)
            circle = []
            self._passes(queue)

    def _close(self, entity: Entity, parent: Entity) -> None:
        """Note that the parent text of an entity in a cycle means the next entity of the cycle."""
        if entity.parent is not None and parent.key is not None:
            self.meaning.setdefault(entity.parent, (parent.kind, parent.key))


def _provisional(entity: Entity) -> Key:
    """Return the key that an entity's texts would make if they meant something."""
    return stated_path(entity.parent) + entity.labels if entity.parent else entity.labels
