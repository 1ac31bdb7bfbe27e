"""Keys and identities in, the entity that a path of texts means out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.mapping.key_text import labels
from importer.model import Key
from importer.suggest import nearest

Named = tuple[str, Key]
"""Kind and key: what names one entity."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing has that name. `step` counts the texts that were followed, `near` is a likely one."""

    step: int
    text: str
    within: Key
    near: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several have that name."""

    step: int
    text: str
    candidates: tuple[Named, ...]


Answer = Named | Missing | Ambiguous


class KeyIndex:
    """Every key that is known, of the file and of the target."""

    def __init__(self) -> None:
        self.keys: defaultdict[str, dict[Key, int | None]] = defaultdict(dict)
        self._shared: dict[Named, list[Key]] = {}
        self._now: dict[Named, Key] = {}
        self._plain: dict[Named, Key] = {}
        self._identities: dict[tuple[str, str], Key] = {}
        self._labels: dict[str, dict[str, list[Key]]] = {}

    def add(self, kind: str, key: Key, seq: int | None = None) -> int | None:
        """Make a key known; answers the number of the entity of the file that already had it."""
        keys = self.keys[kind]
        before = len(keys)
        known = keys.setdefault(key, seq)
        if len(keys) > before:
            if self._now:
                self._now.pop((kind, key), None)
            if self._labels:
                self._label(kind, key[-1], key)
            return None
        if known is None:
            keys[key] = seq
        return known

    def share(self, kind: str, key: Key, apart: Key) -> None:
        """Several live entities bear `key`; this one goes by `apart`."""
        self._shared.setdefault((kind, key), []).append(apart)
        self._now.pop((kind, key), None)
        self._plain[kind, apart] = key
        self._label(kind, key[-1], apart)

    def rename(self, kind: str, old: Key, new: Key, identities: Iterable[str]) -> None:
        """What was live under a key has another; the old one leads to it unless the file has it."""
        keys = self.keys[kind]
        if keys.get(old, 0) is None:
            del keys[old]
            self._now[kind, old] = new
            if kind in self._labels:
                self._labels[kind].get(old[-1], []).remove(old)
        self.add(kind, new)
        for identity in identities:
            if self._identities.get((kind, identity)) == old:
                self._identities[kind, identity] = new

    def sharing(self, kind: str, key: Key) -> list[Key]:
        """The keys that tell those apart that bear one key; none where at most one bears it."""
        keys = self.keys.get(kind, {})
        return [apart for apart in self._shared.get((kind, key), ()) if apart in keys]

    def stated(self, kind: str, key: Key) -> bool:
        """Whether the file itself states a key."""
        return self.keys.get(kind, {}).get(key) is not None

    def _label(self, kind: str, label: str, key: Key) -> None:
        if kind in self._labels:
            self._labels[kind].setdefault(label, []).append(key)

    def forget_labels(self, kind: str) -> None:
        """Keys of a kind were added without its labels: they are gone through again when asked."""
        self._labels.pop(kind, None)

    def identify(self, kind: str, identity: str, key: Key) -> None:
        """Make a key known by another identifying value; the file's word comes first."""
        self._identities.setdefault((kind, identity), key)

    def identified(self, kinds: Iterable[str], text: str) -> Named | None:
        """The entity with this identifying value."""
        for kind in kinds:
            key = self._identities.get((kind, text))
            if key is not None:
                return kind, key
        return None

    def has(self, kinds: Iterable[str], key: Key) -> Named | None:
        """The entity with exactly this key, or that had it before it was renamed."""
        for kind in kinds:
            if key in self.keys.get(kind, ()):
                return kind, key
            if (kind, key) in self._now:
                return self.has((kind,), self._now[kind, key])
        return None

    def _all(self, kinds: Iterable[str], key: Key) -> list[Named]:
        """The entity with exactly this key, or all that share it."""
        for kind in kinds:
            if found := self.has((kind,), key):
                return [found]
            if apart := self.sharing(kind, key):
                return [(kind, one) for one in apart]
        return []

    def follow(
        self, kinds: Sequence[str], texts: Key, separators: tuple[str, ...], *, loose: bool = True
    ) -> Answer:
        """The entity that the texts lead to, outermost first.

        Each text is a label, a path of labels or an identifying value; the last one, if `loose`,
        also a label that is unique below what the others name.
        """
        exact = self.has(kinds, texts)
        if exact:
            return self._unless_a_code(exact, texts) if self._identities else exact
        key: Key = ()
        for step, text in enumerate(texts[:-1]):
            found = self._step(tuple(self.keys), key, text, separators)
            if len(found) > 1:
                return Ambiguous(step, text, tuple(found))
            if not found:
                return self._missing(tuple(self.keys), step, text, key)
            key = found[0][1]
        return self._last(kinds, key, len(texts) - 1, texts[-1], separators, loose=loose)

    def _unless_a_code(self, exact: Named, texts: Key) -> Answer:
        """What is called so, unless the last text is also the code of another one there."""
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
        return found[0] if found else self._missing(kinds, step, text, key)

    def _step(
        self, kinds: Sequence[str], key: Key, text: str, separators: tuple[str, ...]
    ) -> list[Named]:
        """What a text names: several where it is the label of one and the code of another."""
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
        """What ends with one of the paths, anywhere below a key."""
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
            for key in self.keys.get(kind, ()):
                found.setdefault(key[-1], []).append(key)
            for (of, key), apart in self._shared.items():
                found.setdefault(key[-1], []).extend(apart if of == kind else ())
            self._labels[kind] = found
        return self._labels[kind]

    def _missing(self, kinds: Sequence[str], step: int, text: str, within: Key) -> Missing:
        return Missing(step, text, within, self.near(kinds, text, within))

    def near(self, kinds: Sequence[str], text: str, within: Key) -> str | None:
        """The most similar label below a key; not looked for among very many."""
        names = {
            key[-1]: None
            for kind in kinds
            if len(self.keys.get(kind, ())) <= _MANY
            for key in self.keys.get(kind, ())
            if key[: len(within)] == within
        }
        folded = {name.casefold(): name for name in names}
        near = nearest(text.casefold(), folded, 0.7)
        return folded[near] if near else None


_MANY = 20_000
