"""Indexes the live entities of a target by key, by id and by identifying value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from sys import intern
from typing import Protocol

from msgspec import Struct, field

from importer.mapping.entity import Entity
from importer.model import Key
from importer.order.key_index import KeyIndex, Named
from importer.template import Kind, Template

UNSURE = ""
"""What stands for an id where more than an entity's own names decides which live entity it is."""


class Indexable(Protocol):
    """A live entity as the index needs it: its names, and its references by payload path."""

    @property
    def type(self) -> str:
        """Return the target's name of its type."""

    @property
    def key(self) -> Key:
        """Return the labels of its ancestors, outermost first, then its own."""

    @property
    def id(self) -> str:
        """The target's id."""

    @property
    def identities(self) -> Key:
        """Return the other values that identify it."""

    @property
    def relations(self) -> Mapping[str, Sequence[Reference]]:
        """Return its references by payload path."""

    @property
    def archived(self) -> bool:
        """Return whether it was deleted and can be restored."""


class Reference(Protocol):
    """A reference of a live entity to another one."""

    @property
    def id(self) -> str:
        """The target's id."""


class Namesakes(Struct, frozen=True):
    """Live entities that an entity fits equally well, with a handle to name each of them."""

    handles: tuple[str, ...]


class LiveIndex(Struct):
    """The live entities that a run looked up.

    `ids` and `names` map kind and key to the id and back, `types` an id to its type where the kind
    does not say it. `archived` are deleted entities that can be restored. Entities that share a key
    get distinct keys.
    """

    template: Template
    index: KeyIndex = field(default_factory=KeyIndex)
    ids: dict[Named, str] = field(default_factory=dict)
    names: dict[str, Named] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    archived: dict[Named, str] = field(default_factory=dict)
    _identified: dict[str, dict[str, str | list[str]]] = field(default_factory=dict)
    _own: dict[str, Key] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)
    _below: dict[str, list[str]] = field(default_factory=dict)
    _parent_ids: dict[str, str] = field(default_factory=dict)
    _foreign: dict[str, list[str]] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _distinct: set[Named] = field(default_factory=set)
    _parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _kinds: dict[str, Kind | None] = field(default_factory=dict)
    _there: set[str] = field(default_factory=set)

    def add(self, live: Indexable) -> None:
        """Add a live entity; its parent must have been added before."""
        kind = self._kind_of(live.type)
        if kind is None:
            self._note_foreign(live)
            return
        if kind.type != live.type:
            self.types[live.id] = intern(live.type)
        self._there.add(kind.name)
        if live.archived:
            self.archived.setdefault((kind.name, live.key), live.id)
            return
        if live.identities:
            self._own[live.id] = live.identities
        key = self._distinct_key(live.id, kind.name, self._key_of(live, kind))
        self._name(live.id, (kind.name, key))
        for identity in live.identities:
            self._identify(kind.name, identity, live.id)
            self.index.identify(kind.name, identity, key)

    def _identify(self, kind: str, identity: str, live_id: str) -> None:
        """Note who has an identifying value: one, or a list where there are several."""
        known = self._identified.setdefault(kind, {})
        before = known.setdefault(identity, live_id)
        if isinstance(before, list):
            before.append(live_id)
        elif before != live_id:
            known[identity] = [before, live_id]

    def holds(self, kind: str) -> bool:
        """Return whether any entity of a kind was looked up and found, archived ones too."""
        return kind in self._there

    def type_of(self, live_id: str) -> str:
        """Return the target's type of an entity that has a name."""
        return self.types.get(live_id) or self.template.kinds[self.names[live_id][0]].type or ""

    def _kind_of(self, type_name: str) -> Kind | None:
        """Return the kind of a type, looked for once."""
        if type_name not in self._kinds:
            self._kinds[type_name] = self.template.kind_of(type_name)
        return self._kinds[type_name]

    def _note_foreign(self, live: Indexable) -> None:
        """Note what no row can be about, and yet stands in something."""
        if live.archived:
            return
        self._labels[live.id] = "".join(live.key[-1:]) or live.id
        paths = {path for kind in self.template.kinds for path in self._parent_paths(kind)}
        for above in {ref.id for path in paths for ref in live.relations.get(path, ())}:
            self._foreign.setdefault(above, []).append(live.id)

    def _parent_paths(self, kind: str) -> tuple[str, ...]:
        """Return the paths of a kind's references to what it stands in."""
        if kind not in self._parents:
            self._parents[kind] = tuple(_parent_paths(self.template, kind))
        return self._parents[kind]

    def _name(self, live_id: str, named: Named) -> None:
        self.names[live_id] = named
        self.ids[named] = live_id
        self.index.add(*named)

    def _key_of(self, live: Indexable, kind: Kind) -> Key:
        """Return a live entity's key: the distinct key of its parent, and its own labels."""
        above = self._stands_in(live, kind)
        if above is None:
            return live.key
        above = self._parent_ids.setdefault(above, above)  # one text for all children
        self._above[live.id] = above
        self._below.setdefault(above, []).append(live.id)
        own = live.key[-len(kind.key) :]
        return (*self.names[above][1], *own) if above in self.names else live.key

    def _stands_in(self, live: Indexable, kind: Kind) -> str | None:
        """Return the id of what a live entity stands in."""
        for path in self._parent_paths(kind.name):
            for ref in live.relations.get(path, ()):
                return ref.id
        return None

    def _distinct_key(self, live_id: str, kind: str, key: Key) -> Key:
        """Return the key itself or, if another entity has it, a distinct one: `HQ (B-1)`."""
        first = self.ids.get((kind, key))
        if first is None and not self.index.sharing(kind, key):
            return key
        for id_ in (first, live_id) if first is not None else (live_id,):
            distinct = (*key[:-1], f"{key[-1]} ({self.handle(id_)})")
            self._distinct.add((kind, distinct))
            if id_ == first:
                self._rename({id_: (kind, distinct)})
            self.index.share(kind, key, distinct)
        return distinct

    def identified(self, entity: Entity) -> str | Namesakes | None:
        """Return the id of the live entity that an entity names by id or identifying value."""
        if entity.id is not None:
            found = self.names.get(entity.id)
            if found is not None and found[0] == entity.kind:
                return entity.id
            if not entity.hint:
                return None
        for identity in identities_of(self.template, entity):
            ids = self._identified.get(entity.kind, {}).get(identity)
            if ids:
                return Namesakes(tuple(ids)) if isinstance(ids, list) else ids
        return None

    def find(self, entity: Entity) -> str | Namesakes | None:
        """Return the id of the live entity that an entity is: by id, identifying value, or key.

        A live entity with its key but another identifying value is another entity.
        """
        found = self.identified(entity)
        if found is not None or entity.key is None or (entity.id is not None and not entity.hint):
            return found
        ids = [id_ for id_ in self._namesakes(entity) if not self._is_another(entity, id_)]
        if len(ids) > 1:
            return Namesakes(tuple(map(self.handle, ids)))
        return ids[0] if ids else self._archived(entity)

    def at_its_key(self, kind: str, key: Key, identities: Key) -> str | None:
        """Return the id of the live entity that has this key, and whose names are not others'.

        None where nothing live has one of the names; UNSURE where it may be renamed or restored, or
        where there are several.
        """
        named = kind, key
        for identity in identities:
            found = self._identified.get(kind, {}).get(identity)
            if isinstance(found, str):
                return found if self.names[found] == named else UNSURE
            if found:
                return UNSURE
        here = self.ids.get(named)
        if here is None:
            return UNSURE if named in self.archived or self.index.was_known(kind, key) else None
        another = identities and not set(identities) & set(self._own.get(here) or identities)
        return UNSURE if another or named in self._distinct else here

    def _namesakes(self, entity: Entity) -> list[str]:
        """Return the ids of all live entities with an entity's key."""
        named = entity.kind, entity.key or ()
        if named in self.ids and named not in self._distinct:
            return [self.ids[named]]
        distinct = ((entity.kind, key) for key in self.index.sharing(*named))
        return [self.ids[name] for name in distinct if name in self.ids]

    def _archived(self, entity: Entity) -> str | None:
        named = entity.kind, entity.key or ()
        return None if named in self.ids else self.archived.get(named)

    def handle(self, live_id: str) -> str:
        """Return what a cell may hold to name a live entity: an identifying value, else the id."""
        return next(iter(self._own.get(live_id, ())), live_id)

    def _is_another(self, entity: Entity, live_id: str) -> bool:
        live = self._own.get(live_id, ())
        return bool(entity.identities and live and not set(entity.identities) & set(live))

    def inside(self, live_id: str, named: Named) -> bool:
        """Return whether a live entity stands anywhere below another."""
        above = self.ids.get(named)
        here = self._above.get(live_id)
        while here is not None and above is not None:
            if here == above:
                return True
            here = self._above.get(here)
        return False

    def children(self, live_id: str) -> list[str]:
        """Return the ids of a live entity's children, after all renames and moves."""
        return [
            child for child in self._below.get(live_id, ()) if self._above.get(child) == live_id
        ]

    def goes_along(self, live_id: str) -> bool:
        """Return whether a live entity is deleted with its parent."""
        return self.template.kinds[self.names[live_id][0]].goes_along

    def inside_of(self, live_id: str) -> Iterator[str]:
        """Yield the ids of a live entity's children that are not deleted along with it.

        Among them are those of types that the template does not have.
        """
        yield from (child for child in self.children(live_id) if not self.goes_along(child))
        yield from self._foreign.get(live_id, ())

    def label(self, live_id: str) -> str:
        """Return the last label of a live entity, of any type."""
        return self._labels.get(live_id) or self.names[live_id][1][-1]

    def attached(self, live_id: str) -> Iterator[str]:
        """Yield the ids of what is deleted along with a live entity, at any depth."""
        waiting = [live_id]
        for above in waiting:
            along = [child for child in self.children(above) if self.goes_along(child)]
            yield from along
            waiting += along

    def keys_of(self, kind: str) -> list[Key]:
        """Return the keys of a kind's live entities."""
        return [key for of, key in self.names.values() if of == kind]

    def place_of(self, live_id: str) -> Key:
        """Return the key of a live entity's parent, () where it has none."""
        above = self._above.get(live_id)
        return self.names[above][1] if above in self.names else ()

    def rename(self, renamed: Mapping[str, tuple[Named, Named | None]]) -> None:
        """Rename live entities (by id) to a name and parent; all that stands below moves along.

        An old name keeps its meaning, unless another entity of the file has it.
        """
        changed = {id_: named for id_, (named, _) in renamed.items() if self.names[id_] != named}
        self._rename(changed)
        for id_ in changed:
            above = renamed[id_][1]
            if above in self.ids:
                self._above[id_] = self.ids[above]
            else:
                self._above.pop(id_, None)

    def _rename(self, renamed: Mapping[str, Named]) -> None:
        moved = dict(self._with_all_below(renamed))
        old = {id_: self.names[id_] for id_ in moved}
        for id_, named in old.items():
            if self.ids.get(named) == id_:
                del self.ids[named]
        for id_, (kind, key) in moved.items():
            self.names[id_] = kind, key
            self.ids[kind, key] = id_
            self.index.rename(kind, old[id_][1], key, self._own.get(id_, ()))

    def _with_all_below(self, renamed: Mapping[str, Named]) -> Iterator[tuple[str, Named]]:
        waiting = list(renamed.items())
        for id_, named in waiting:
            yield id_, named
            depth = len(self.names[id_][1])
            for child in self._below.get(id_, ()):
                kind, key = self.names[child]
                if child not in renamed:
                    waiting.append((child, (kind, (*named[1], *key[depth:]))))


def identities_of(template: Template, entity: Entity) -> Key:
    """Return an entity's identifying values; for a kind without any, the label that is its key."""
    kind = template.kinds[entity.kind]
    alone = entity.parent is None and len(kind.key) == 1 and not kind.identities
    return entity.labels if alone else entity.identities


def _parent_paths(template: Template, kind: str) -> Iterator[str]:
    """Yield the paths of a kind's references to what it stands in, the innermost first.

    Where rules differ, as for the levels of a tree, the one with most of them counts first.
    """
    rules = (rule for sheet in template.sheets for rule in sheet.entities if rule.kind == kind)
    found = [[ref.path for ref in rule.references if ref.parent] for rule in rules]
    for paths in sorted(found, key=lambda each: -len(set(each))):
        yield from paths
