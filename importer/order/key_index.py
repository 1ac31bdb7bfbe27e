"""Finds the entity that a path of texts means, among all keys of the files and the target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from importer.mapping.key_text import labels
from importer.model import Key
from importer.order.packed_names import PackedNames

Named = tuple[str, Key]
"""Kind and key, which identify an entity."""


class Missing(Struct, frozen=True):
    """No entity has that name: the text at `step` was not found; `near` is set when reported."""

    step: int
    text: str
    within: Key
    near: str | None = None


class Ambiguous(Struct, frozen=True):
    """Several entities have the name at `step`."""

    step: int
    text: str
    candidates: tuple[Named, ...]


Answer = Named | Missing | Ambiguous


class KeyIndex:
    """All known keys, of the files (with the entity's number) and of the target (with None).

    `_shared` holds, for a key that several live entities have, the distinct keys that replace it,
    and `_plain` the way back. `_renamed` leads from a former key to the present one. `_packed` are
    keys of files that are added once somebody asks for what may be one of them.
    """

    def __init__(self) -> None:
        self.keys: defaultdict[str, dict[Key, int | None]] = defaultdict(dict)
        self._shared: dict[Named, list[Key]] = {}
        self._renamed: dict[Named, Key] = {}
        self._plain: dict[Named, Key] = {}
        self._identities: dict[str, dict[str, Key]] = {}
        self._labels: dict[str, dict[str, list[Key]]] = {}
        self._packed: dict[str, PackedNames] = {}

    def pack(self, kind: str, names: PackedNames) -> None:
        """Add the keys and identifying values of packed entities later; no other one has these."""
        self._packed[kind] = names
        names.after = len(self.keys[kind])

    def packed(self, kind: str) -> PackedNames | None:
        """Return the names of a kind's packed entities, as long as they are not added."""
        return self._packed.get(kind)

    def _known(self, kind: str) -> Mapping[Key, int | None]:
        """Return all keys of a kind: those that are packed are added."""
        if kind in self._packed:
            self._unpack(kind, self._packed.pop(kind))
        return self.keys.get(kind, {})

    def _unpack(self, kind: str, names: PackedNames) -> None:
        """Add packed names where the order of the rows has them, and those of rows that waited."""
        self.keys[kind] = dict(names.among(self.keys[kind]))
        for identity, key in names.identities():
            self.identify(kind, identity, key)

    def items(self, kind: str) -> Iterable[tuple[Key, int | None]]:
        """Return the keys of a kind, with the numbers of those of the files."""
        packed = self._packed.get(kind)
        known = self.keys.get(kind, {})
        return packed.among(known) if packed else known.items()

    def number(self, kind: str, key: Key) -> int | None:
        """Return the number of the file's entity that has a key, if any."""
        return self._known(kind).get(key)

    def add(self, kind: str, key: Key, seq: int | None = None) -> int | None:
        """Add a key; return the number of the file's entity that has it already, if any."""
        keys = self.keys[kind]
        before = len(keys)
        known = keys.setdefault(key, seq)
        if len(keys) > before:
            if self._renamed:
                self._renamed.pop((kind, key), None)
            if self._labels:
                self._label(kind, key[-1], key)
            return None
        if known is None:
            keys[key] = seq
        return known

    def share(self, kind: str, key: Key, distinct: Key) -> None:
        """Note that several live entities have `key`, and that one of them goes by `distinct`."""
        self._shared.setdefault((kind, key), []).append(distinct)
        self._renamed.pop((kind, key), None)
        self._plain[kind, distinct] = key
        self._label(kind, key[-1], distinct)

    def rename(self, kind: str, old: Key, new: Key, identities: Iterable[str]) -> None:
        """Replace the key of a live entity; the old key leads to it unless the file states it."""
        keys = self.keys[kind]
        if keys.get(old, 0) is None:
            del keys[old]
            self._renamed[kind, old] = new
            if kind in self._labels:
                self._labels[kind].get(old[-1], []).remove(old)
        self.add(kind, new)
        known = self._identities.get(kind, {})
        known.update((identity, new) for identity in identities if known.get(identity) == old)

    def keys_of(self, kind: str) -> Collection[Key]:
        """Return the keys of a kind."""
        return self._known(kind).keys()

    def sharing(self, kind: str, key: Key) -> list[Key]:
        """Return the distinct keys of the live entities that share a key, if any do."""
        keys = self.keys.get(kind, {})
        return [distinct for distinct in self._shared.get((kind, key), ()) if distinct in keys]

    def was_known(self, kind: str, key: Key) -> bool:
        """Return whether live entities share a key, or one had it before it was renamed."""
        return (kind, key) in self._shared or (kind, key) in self._renamed

    def last_labels(self, kind: str) -> Iterator[str]:
        """Yield the last labels of the keys of a kind, and of keys that live entities share."""
        yield from (key[-1] for key in self.keys.get(kind, ()))
        yield from (key[-1] for of, key in self._shared if of == kind)

    def stated(self, kind: str, key: Key) -> bool:
        """Return whether the file itself states a key."""
        return self._known(kind).get(key) is not None

    def _label(self, kind: str, label: str, key: Key) -> None:
        if kind in self._labels:
            self._labels[kind].setdefault(label, []).append(key)

    def forget_labels(self, kind: str) -> None:
        """Drop the labels of a kind, whose keys were added directly; they are collected again."""
        self._labels.pop(kind, None)

    def identify(self, kind: str, identity: str, key: Key) -> None:
        """Make a key known by an identifying value, unless the value has a key already."""
        self._identities.setdefault(kind, {}).setdefault(identity, key)

    def identities(self, kind: str) -> Mapping[str, Key]:
        """Return the identifying values of all entities of a kind, with their keys."""
        self._known(kind)
        return self.codes(kind)

    def codes(self, kind: str) -> Mapping[str, Key]:
        """Return the identifying values of a kind that are not packed, with their keys."""
        return self._identities.get(kind, {})

    def identified(self, kinds: Iterable[str], text: str) -> Named | None:
        """Return the entity with this identifying value."""
        for kind in kinds:
            if kind in self._packed and text in self._packed[kind].values:
                self._known(kind)
            key = self._identities.get(kind, {}).get(text)
            if key is not None:
                return kind, key
        return None

    def has(self, kinds: Iterable[str], key: Key) -> Named | None:
        """Return the entity with exactly this key, or that had it before it was renamed."""
        for kind in kinds:
            if kind in self._packed and len(key) in self._packed[kind].lengths:
                self._known(kind)
            if key in self.keys.get(kind, ()):
                return kind, key
            if (kind, key) in self._renamed:
                return self.has((kind,), self._renamed[kind, key])
        return None

    def _all(self, kinds: Iterable[str], key: Key) -> list[Named]:
        """Return the entity with exactly this key, or all that share it."""
        for kind in kinds:
            if found := self.has((kind,), key):
                return [found]
            if distinct := self.sharing(kind, key):
                return [(kind, other) for other in distinct]
        return []

    def follow(
        self, kinds: Sequence[str], texts: Key, separators: tuple[str, ...], *, loose: bool = True
    ) -> Answer:
        """Return the entity that the texts lead to, outermost first.

        Each text is a label, a path of labels or an identifying value; the last one, if `loose`,
        also a label that is unique below what the others name.
        """
        exact = self.has(kinds, texts)
        if exact:
            return self._unless_code(exact, texts) if self._identities else exact
        key: Key = ()
        for step, text in enumerate(texts[:-1]):
            found = self._step(tuple(self.keys), key, text, separators)
            if len(found) > 1:
                return Ambiguous(step, text, tuple(found))
            if not found:
                return Missing(step, text, key)
            key = found[0][1]
        return self._last(kinds, key, len(texts) - 1, texts[-1], separators, loose=loose)

    def awaited(self, texts: Key, separators: tuple[str, ...]) -> Iterator[Key | str]:
        """Yield the keys and identifying values that would lead texts further, once added."""
        yield texts
        key: Key = ()
        for text in texts:
            yield text
            for path in labels(text, separators):
                yield from (key + path, path)
            found = self._step(tuple(self.keys), key, text, separators)
            if len(found) != 1:
                return
            key = found[0][1]

    def _unless_code(self, exact: Named, texts: Key) -> Answer:
        """Return the entity of this name, unless the last text is also the code of a sibling."""
        *scope, text = texts
        other = self.identified((exact[0],), text)
        if other in {None, exact} or other[1][: len(scope)] != tuple(scope):
            return exact
        return Ambiguous(len(scope), text, (exact, other))

    def _last(
        self,
        kinds: Sequence[str],
        key: Key,
        step: int,
        text: str,
        separators: tuple[str, ...],
        *,
        loose: bool,
    ) -> Answer:
        found = self._step(kinds, key, text, separators)
        if not found and loose:
            found = self.below(kinds, key, labels(text, separators))
        if len(found) > 1:
            return Ambiguous(step, text, tuple(found))
        return found[0] if found else Missing(step, text, key)

    def _step(
        self, kinds: Sequence[str], key: Key, text: str, separators: tuple[str, ...]
    ) -> list[Named]:
        """Return what a text names: also two, as label of an entity and code of another."""
        named = self.identified(kinds, text)
        if named and named[1][: len(key)] != key:
            named = None
        for path in labels(text, separators):
            found = self._all(kinds, key + path)
            if not found and path[: len(key)] == key:
                found = self._all(kinds, path)
            if found:
                other = named and named[0] == found[0][0] and named not in found
                return [*found, named] if named and other else found
        return [named] if named else []

    def below(self, kinds: Sequence[str], key: Key, paths: Iterable[Key]) -> list[Named]:
        """Return the entities whose key ends with one of the paths, anywhere below a key."""
        return [
            (kind, candidate)
            for path in paths
            for kind in kinds
            for candidate in self._by_label(kind).get(path[-1], ())
            if candidate[: len(key)] == key
            and candidate in self.keys[kind]
            and self._plain.get((kind, candidate), candidate)[-len(path) :] == path
        ]

    def _by_label(self, kind: str) -> dict[str, list[Key]]:
        if kind not in self._labels:
            found: dict[str, list[Key]] = {}
            for key in self._known(kind):
                found.setdefault(key[-1], []).append(key)
            for (of, key), distinct in self._shared.items():
                found.setdefault(key[-1], []).extend(distinct if of == kind else ())
            self._labels[kind] = found
        return self._labels[kind]
