"""A registry and an index of live keys in, every reference resolved or explained out."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from operator import attrgetter

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet
from importer.mapping.entity import Entity, RefText
from importer.mapping.key_text import labels
from importer.model import Finding, Key, Severity
from importer.order.cycles import CycleFinder, ways
from importer.order.dangling import DanglingReferences
from importer.order.duplicates import Duplicates
from importer.order.key_index import Ambiguous, Answer, Missing, Named
from importer.order.levels import Levels
from importer.order.live_index import LiveIndex
from importer.order.live_match import LiveMatcher
from importer.order.messages import blame, contradiction
from importer.order.messages import words as words_of
from importer.order.registry import Registry
from importer.template import Template

_creates = attrgetter("bound.rule.creates")


def _rank(entity: Entity) -> tuple[bool, bool]:
    return entity.bound.rule.creates, entity.parent is not None and entity.parent.rule.rule.or_below


class Resolver:
    """Gives every entity its key and every RefText the entity it means.

    `looked_up` says whether the directory holds what is live in a target: without it, what is not
    in the file is a warning, since it may be there.
    """

    def __init__(
        self,
        template: Template,
        registry: Registry,
        directory: LiveIndex,
        sheets: Sequence[BoundSheet],
        *,
        looked_up: bool,
    ) -> None:
        self.template = template
        self.registry = registry
        self.directory = directory
        self.index = directory.index
        self.looked_up = looked_up
        self.levels = Levels(template)
        self.meaning: dict[RefText, Named] = {}
        self._twice = Duplicates(template, registry)
        self._standing = LiveMatcher(directory)
        self._short = {
            bound.kind.name
            for sheet in sheets
            for bound in sheet.entities
            if any(reference.rule.or_below for reference in bound.references)
        }
        self.duplicates: dict[int, int] = {}

    def resolve(self) -> Iterator[Finding]:
        """Resolve all; the findings come with the rows they make invalid already marked."""
        for kind in self.levels.order():
            yield from self._keys_of(kind)
        unanswered = dict(self._unanswered())
        uses = self.registry.uses(unanswered) if unanswered else {}
        for text, answer in unanswered.items():
            if text in uses:
                yield from self._explain(text, answer, uses[text])
        yield from self._contradictions()
        yield from self._twice.identities()
        lasting = DanglingReferences(self.template, self.registry, self.index)
        deletes = [entity for entity in self.registry.entities if entity.delete]
        yield from lasting.findings(self.meaning, deletes)
        yield from self._standing.still_full(deletes)

    def _unanswered(self) -> Iterator[tuple[RefText, Missing | Ambiguous]]:
        """Give every text its meaning; answers those that have none."""
        for text in self.registry.texts:
            if text not in self.meaning:
                answer = self._answer(text)
                if isinstance(answer, tuple):
                    self.meaning[text] = answer
                else:
                    yield text, answer

    def _keys_of(self, kind: str) -> Iterator[Finding]:
        """Give every entity of a kind its key and what is live of it.

        Those known by an id come first, for they may rename what others refer to; then those stated
        in full, those that say least of where they stand, and those that create.
        """
        entities = waiting = self.registry.of_kind(kind)
        if self.directory.names:
            known = [entity for entity in entities if entity.id or entity.identities]
            yield from self._passes(known, loose=False)
            waiting = [entity for entity in entities if entity.key is None]
        elif entities and not self.index.keys[kind]:
            waiting = self._plain(entities)
        rank = _rank if kind in self._short else _creates
        waiting = yield from self._passes(sorted(waiting, key=rank))
        yield from self._stuck(waiting)
        yield from self._standing.meet(entities, self.duplicates)

    def _plain(self, entities: list[Entity]) -> list[Entity]:
        """Give the plain ones their keys; answers all others.

        Most rows of a large file are plain: what they stand in is of another kind and known, and
        nothing else bears their name.
        """
        kind, left = entities[0].kind, []
        keys = self.index.keys[kind]
        for entity in entities:
            text = entity.parent
            if text is None or entity.identities or entity.bound.rule.creates:
                left.append(entity)
                continue
            parent = self.meaning.get(text) or self._parent(entity, text, loose=False)
            if parent is None or parent[0] == kind:
                left.append(entity)
                continue
            key = parent[1] + entity.labels
            if keys.setdefault(key, entity.seq) == entity.seq:
                entity.key = key
            else:
                left.append(entity)
        self.index.forget_labels(kind)
        return left

    def _passes(
        self, waiting: list[Entity], *, loose: bool = True
    ) -> Generator[Finding, None, list[Entity]]:
        """Resolve as long as one more parent becomes known; answers what is left.

        Parents named in full go first. A short name counts once nothing that still waits may bear
        it, so that the order of the rows does not decide what it means.
        """
        while waiting:
            keys = ((entity, self._key(entity, loose=False)) for entity in waiting)
            left = yield from self._settle_all(keys)
            if loose and len(left) == len(waiting):
                left = yield from self._settle_all(self._by_short_name(waiting))
            self._standing.rename()
            if len(left) == len(waiting):
                break
            waiting = left
        return waiting

    def _by_short_name(self, waiting: list[Entity]) -> list[tuple[Entity, Key | None]]:
        others = CycleFinder(waiting)
        return [
            (entity, None if others.parents(entity) else self._key(entity, loose=True))
            for entity in waiting
        ]

    def _settle_all(
        self, keys: Iterable[tuple[Entity, Key | None]]
    ) -> Generator[Finding, None, list[Entity]]:
        """Make keys known; answers the entities that have none yet."""
        left = []
        for entity, key in keys:
            if key is None:
                left.append(entity)
            elif (other := self._settle(entity, key)) is not None:
                yield from self._twice.keys(other, entity, key)
        return left

    def _key(self, entity: Entity, *, loose: bool) -> Key | None:
        text = entity.parent
        if text is None:
            return entity.labels
        parent = self.meaning.get(text) or self._parent(entity, text, loose=loose)
        if parent is None:
            return None
        if parent[0] == entity.kind:
            entity.depth = len(parent[1])
        if text.rule.rule.or_below:
            return self._standing.key_below(entity, parent)
        return parent[1] + entity.labels

    def _parent(self, entity: Entity, text: RefText, *, loose: bool) -> Named | None:
        """What an entity's parent text means, once that is known."""
        beside = self.registry.beside.get(text)
        if beside is not None:
            found = self._made_beside(entity, self.registry.entities[beside])
        else:
            answer = self._answer(text, loose=loose)
            found = answer if isinstance(answer, tuple) else None
        if found is not None:
            self.meaning[text] = found
        return found

    def _made_beside(self, entity: Entity, parent: Entity) -> Named | None:
        """The parent that the same row makes; what hangs from a bad one is bad."""
        if parent.key is None:
            return None
        entity.valid = entity.valid and parent.valid
        return parent.kind, parent.key

    def _settle(self, entity: Entity, key: Key) -> Entity | None:
        """Make an entity's key known; answers the one that stated the same key before."""
        entity.key = key
        if self.directory.names:
            self._standing.note(entity, self.meaning.get(entity.parent) if entity.parent else None)
        other = self.index.add(entity.kind, key, entity.seq)
        for identity in entity.identities:
            self.index.identify(entity.kind, identity, key)
        if other is None or other == entity.seq:
            return None
        if entity.bound.rule.creates:
            self.duplicates[entity.seq] = other
            return None
        return self.registry.entities[other]

    def _answer(self, text: RefText, *, loose: bool = True) -> Answer:
        rule = text.rule.rule
        if rule.via:
            named = self.index.identified(rule.to, text.steps[-1])
            return named or Missing(len(text.steps) - 1, text.steps[-1], ())
        answer: Answer | None = None
        for way in ways(text):
            answer = self.index.follow(rule.to, way, rule.path_separators, loose=loose)
            if isinstance(answer, tuple):
                break
        return answer or Missing(0, text.text, ())

    def _contradictions(self) -> Iterator[Finding]:
        """Rows that name what they stand in twice, and mean two things."""
        for seq, text, other in self.registry.second:
            here, there = self.meaning.get(text), self.meaning.get(other)
            if here and there and here[1][: len(there[1])] != there[1]:
                entity = self.registry.entities[seq]
                entity.valid = False
                yield contradiction(self.template, text, other, here, there, entity)

    def _stuck(self, waiting: list[Entity]) -> Iterator[Finding]:
        """Entities whose parent never became known: missing, ambiguous, or in a circle.

        They get the key their texts would make, so that what stands below them is found (and later
        blocked by them) and is not itself reported as missing.
        """
        circles = CycleFinder(waiting).circles()
        for entity in waiting:
            if entity.seq in circles:
                entity.valid = False
                yield self._circle(entity, circles[entity.seq])
        while waiting:
            others = CycleFinder(waiting)
            first = [r for r in waiting if r.seq in circles or not others.parents(r)] or waiting
            yield from self._settle_all([(entity, _provisional(entity)) for entity in first])
            for entity in first:
                self._close(entity, circles)
            done = {entity.seq for entity in first}
            waiting = [entity for entity in waiting if entity.seq not in done]
            waiting = yield from self._passes(waiting)

    def _close(self, entity: Entity, circles: dict[int, list[Entity]]) -> None:
        """What an entity in a circle names is the next one on the way round."""
        if entity.seq in circles and entity.parent is not None:
            parent = circles[entity.seq][1]
            if parent.key is not None:
                self.meaning.setdefault(entity.parent, (parent.kind, parent.key))

    def _circle(self, entity: Entity, way: Sequence[Entity]) -> Finding:
        sheet = entity.sheet
        path = " > ".join(other.labels[-1] for other in way)
        column, heading = blame(entity.parent, -1, sheet) if entity.parent else (0, None)
        return Finding(
            FindingCode.CYCLE,
            f"This leads back to itself: {path}.",
            sheet.place(entity.row, column, heading),
            value=entity.parent.text if entity.parent else None,
        )

    def _explain(
        self, text: RefText, answer: Missing | Ambiguous, uses: Sequence[int]
    ) -> Iterator[Finding]:
        if self._told_elsewhere(text, answer, self.registry.entities[uses[0]]):
            return
        words = words_of(self.template, text, answer, looked_up=self.looked_up)
        if isinstance(answer, Missing) and not self.looked_up:
            yield self._to_be_looked_up(text, answer, words, uses)
            return
        for seq in uses:
            self.registry.entities[seq].valid = False
            yield self._unresolved(text, answer, words, seq)

    def _told_elsewhere(self, text: RefText, answer: Missing | Ambiguous, entity: Entity) -> bool:
        """Whether the cells that narrow the search are at fault, which another reference names."""
        own_scope = text.readings and text.readings[-1][0] is None
        if not own_scope or answer.step >= len(text.within):
            return False
        return any(
            text.rule.within[0] in other.by
            for bound in entity.sheet.entities
            for other in bound.references
            if other.no != text.rule.no
        )

    def _to_be_looked_up(
        self, text: RefText, answer: Missing, words: str, uses: Sequence[int]
    ) -> Finding:
        """One warning for all rows that name something which only a target can know."""
        more = len(uses) - 1
        also = f" {more} more {'row names' if more == 1 else 'rows name'} it." if more else ""
        return self._unresolved(text, answer, f"{words}{also}", uses[0], Severity.WARNING)

    def _unresolved(
        self,
        text: RefText,
        answer: Missing | Ambiguous,
        words: str,
        seq: int,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        entity = self.registry.entities[seq]
        sheet = entity.sheet
        column, heading = blame(text, answer.step, sheet)
        return Finding(
            FindingCode.AMBIGUOUS if isinstance(answer, Ambiguous) else FindingCode.NOT_FOUND,
            words,
            sheet.place(entity.row, column, heading),
            severity,
            answer.text,
            answer.near if isinstance(answer, Missing) else None,
        )


def _provisional(entity: Entity) -> Key:
    """The key that an entity's texts would make if they meant something."""
    if entity.parent is None:
        return entity.labels
    *scope, text = ways(entity.parent)[0]
    path = labels(text, entity.parent.rule.rule.path_separators)[-1]
    inside = path[: len(scope)] == tuple(scope)
    return (path if inside else (*scope, *path)) + entity.labels
