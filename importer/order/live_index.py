"""What is live in a target in, the live entity that one of the file means out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from importer.mapping.entity import Entity
from importer.model import Key
from importer.order.key_index import KeyIndex, Named
from importer.template import Kind, Template


class Indexable(Protocol):
    """What is asked of a live entity: its names, and what it refers to by payload path."""

    @property
    def type(self) -> str:
        """The target's name of its type."""

    @property
    def key(self) -> Key:
        """Labels of what it stands in, outermost first, then its own."""

    @property
    def id(self) -> str:
        """The target's id."""

    @property
    def identities(self) -> Key:
        """Other values that identify it."""

    @property
    def relations(self) -> Mapping[str, Sequence[Reference]]:
        """What it refers to."""

    @property
    def archived(self) -> bool:
        """Whether it was deleted, and can be had back."""


class Reference(Protocol):
    """A live entity as another one names it."""

    @property
    def id(self) -> str:
        """The target's id."""


@dataclass(frozen=True, slots=True)
class Several:
    """Live entities that cannot be told apart by what was said; how to name each of them."""

    handles: tuple[str, ...]


@dataclass(slots=True)
class LiveIndex:
    """Everything live that a run looked up, findable by key, by id and by identifying value."""

    template: Template
    index: KeyIndex = field(default_factory=KeyIndex)
    ids: dict[Named, str] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    archived: dict[Named, str] = field(default_factory=dict)
    _identified: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _own: dict[str, Key] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)
    _below: dict[str, list[str]] = field(default_factory=dict)
    _apart: set[Named] = field(default_factory=set)
    _parents: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, live: Indexable) -> None:
        """Make a live entity known; what it stands in comes before it."""
        kind = self.template.kind_of(live.type)
        if kind is None:
            return
        self.types[live.id] = live.type
        if live.archived:
            self.archived.setdefault((kind.name, live.key), live.id)
            return
        self._own[live.id] = live.identities
        key = self._placed(live, kind)
        self._name(live.id, (kind.name, self._told_apart(live.id, kind.name, key)))
        for identity in live.identities:
            self._identified.setdefault((kind.name, identity), []).append(live.id)
            self.index.identify(kind.name, identity, self.names[live.id][1])

    def _name(self, identity: str, named: Named) -> None:
        self.names[identity] = named
        self.ids[named] = identity
        self.index.add(*named)

    def _placed(self, live: Indexable, kind: Kind) -> Key:
        """A live entity's key: that of what it stands in, as it is told apart here, and its own."""
        if kind.name not in self._parents:
            self._parents[kind.name] = tuple(_parent_paths(self.template, kind.name))
        paths = self._parents[kind.name]
        above = next((ref.id for path in paths for ref in live.relations.get(path, ())), None)
        if above is None:
            return live.key
        self._above[live.id] = above
        self._below.setdefault(above, []).append(live.id)
        own = live.key[-len(kind.key) :]
        return (*self.names[above][1], *own) if above in self.names else live.key

    def _told_apart(self, identity: str, kind: str, key: Key) -> Key:
        """The key itself, or what tells those apart that bear it: `HQ (B-1)`."""
        first = self.ids.get((kind, key))
        if first is None and not self.index.sharing(kind, key):
            return key
        for one in (first, identity) if first is not None else (identity,):
            apart = (*key[:-1], f"{key[-1]} ({self.handle(one)})")
            self._apart.add((kind, apart))
            if one == first:
                self._rename({one: (kind, apart)})
            self.index.share(kind, key, apart)
        return apart

    def identified(self, entity: Entity) -> str | Several | None:
        """The id of the live entity that one of the file names by an identifying value."""
        if entity.id is not None:
            found = self.names.get(entity.id)
            if found is not None and found[0] == entity.kind:
                return entity.id
            if not entity.hint:
                return None
        for identity in identities_of(self.template, entity):
            bearers = self._identified.get((entity.kind, identity), ())
            if bearers:
                return bearers[0] if len(bearers) == 1 else Several(tuple(bearers))
        return None

    def find(self, entity: Entity) -> str | Several | None:
        """The id of the live entity that one of the file means: by id, identifying value, or key.

        An entity found by its key that has another identifying value is another entity.
        """
        found = self.identified(entity)
        if found is not None or entity.key is None or (entity.id is not None and not entity.hint):
            return found
        bearers = [one for one in self._bearers(entity) if not self._another(entity, one)]
        if len(bearers) > 1:
            return Several(tuple(map(self.handle, bearers)))
        return bearers[0] if bearers else self._archived(entity)

    def _bearers(self, entity: Entity) -> list[str]:
        """The ids of all live entities with an entity's key."""
        named = entity.kind, entity.key or ()
        if named in self.ids and named not in self._apart:
            return [self.ids[named]]
        apart = ((entity.kind, key) for key in self.index.sharing(*named))
        return [self.ids[one] for one in apart if one in self.ids]

    def _archived(self, entity: Entity) -> str | None:
        named = entity.kind, entity.key or ()
        return None if named in self.ids else self.archived.get(named)

    def handle(self, identity: str) -> str:
        """What a sheet may write to mean a live entity: an identifying value, else the id."""
        return next(iter(self._own.get(identity, ())), identity)

    def _another(self, entity: Entity, identity: str) -> bool:
        live = self._own.get(identity, ())
        return bool(entity.identities and live and not set(entity.identities) & set(live))

    def inside(self, identity: str, named: Named) -> bool:
        """Whether a live entity stands somewhere below another."""
        above = self.ids.get(named)
        here = self._above.get(identity)
        while here is not None and above is not None:
            if here == above:
                return True
            here = self._above.get(here)
        return False

    def children(self, identity: str) -> list[str]:
        """The ids of what stands in a live entity, when all is renamed and moved."""
        return [one for one in self._below.get(identity, ()) if self._above.get(one) == identity]

    def goes_along(self, identity: str) -> bool:
        """Whether a live entity is deleted with what it stands in."""
        return self.template.kinds[self.names[identity][0]].goes_along

    def inside_of(self, identity: str) -> Iterator[str]:
        """The ids of what stands in a live entity, but for what would go along with it."""
        return (one for one in self.children(identity) if not self.goes_along(one))

    def attached(self, identity: str) -> Iterator[str]:
        """The ids of what goes along with a live entity, and along with that."""
        for one in self.children(identity):
            if self.goes_along(one):
                yield one
                yield from self.attached(one)

    def place_of(self, identity: str) -> Key:
        """The key of what a live entity stands in."""
        above = self._above.get(identity)
        return self.names[above][1] if above in self.names else ()

    def rename(self, renamed: Mapping[str, tuple[Named, Named | None]]) -> None:
        """What live entities, by id, are called and stand in from now on; all below moves along.

        An old name means what it meant, unless another entity of the file bears it.
        """
        changed = {one: named for one, (named, _) in renamed.items() if self.names[one] != named}
        self._rename(changed)
        for one in changed:
            above = renamed[one][1]
            if above in self.ids:
                self._above[one] = self.ids[above]
            else:
                self._above.pop(one, None)

    def _rename(self, renamed: Mapping[str, Named]) -> None:
        moved = dict(self._with_all_below(renamed))
        old = {one: self.names[one] for one in moved}
        for one, named in old.items():
            if self.ids.get(named) == one:
                del self.ids[named]
        for one, (kind, key) in moved.items():
            self.names[one] = kind, key
            self.ids[kind, key] = one
            self.index.rename(kind, old[one][1], key, self._own.get(one, ()))

    def _with_all_below(self, renamed: Mapping[str, Named]) -> Iterator[tuple[str, Named]]:
        waiting = list(renamed.items())
        for one, named in waiting:
            yield one, named
            depth = len(self.names[one][1])
            for child in self._below.get(one, ()):
                kind, key = self.names[child]
                if child not in renamed:
                    waiting.append((child, (kind, (*named[1], *key[depth:]))))


def identities_of(template: Template, entity: Entity) -> Key:
    """An entity's identifying values; of a kind that has none, the one label that is its key."""
    kind = template.kinds[entity.kind]
    alone = entity.parent is None and len(kind.key) == 1 and not kind.identities
    return entity.labels if alone else entity.identities


def _parent_paths(template: Template, kind: str) -> Iterator[str]:
    for sheet in template.sheets:
        for rule in sheet.entities:
            if rule.kind == kind:
                yield from (reference.path for reference in rule.references if reference.parent)
