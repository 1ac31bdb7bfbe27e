"""Keys and identities in, the entity that a path of texts means out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importer.mapping.forms import labels
from importer.model import Key

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


class Index:
    """Every key that is known, of the file and of the target."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[Key, int | None]] = {}
        self._identities: dict[tuple[str, str], Key] = {}
        self._labels: dict[str, dict[str, list[Key]]] = {}

    def add(self, kind: str, key: Key, seq: int | None = None) -> int | None:
        """Make a key known; answers the number of the entity of the file that already had it."""
        keys = self.keys.setdefault(kind, {})
        before = len(keys)
        known = keys.setdefault(key, seq)
        if len(keys) > before:
            if kind in self._labels:
                self._labels[kind].setdefault(key[-1], []).append(key)
            return None
        if known is None:
            keys[key] = seq
        return known

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
        """The entity with exactly this key."""
        for kind in kinds:
            if key in self.keys.get(kind, ()):
                return kind, key
        return None

    def follow(
        self, kinds: Sequence[str], texts: Key, separators: tuple[str, ...], *, loose: bool = True
    ) -> Answer:
        """The entity that the texts lead to, outermost first.

        Each text is a label, a path of labels or an identifying value; the last one, if `loose`,
        also a label that is unique below what the others name.
        """
        exact = self.has(kinds, texts)
        if exact:
            return exact
        key: Key = ()
        for step, text in enumerate(texts[:-1]):
            found = self._step(tuple(self.keys), key, text, separators)
            if found is None:
                return self._missing(tuple(self.keys), step, text, key)
            key = found[1]
        return self._last(kinds, key, len(texts) - 1, texts[-1], separators, loose=loose)

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
        if found is not None:
            return found
        below = self._below(kinds, key, labels(text, separators)) if loose else []
        if len(below) == 1:
            return below[0]
        if below:
            return Ambiguous(step, text, tuple(below))
        return self._missing(kinds, step, text, key)

    def _step(
        self, kinds: Sequence[str], key: Key, text: str, separators: tuple[str, ...]
    ) -> Named | None:
        for path in labels(text, separators):
            found = (
                self.has(kinds, key + path) or self.has(kinds, path)
                if path[: len(key)] == key
                else self.has(kinds, key + path)
            )
            if found:
                return found
        named = self.identified(kinds, text)
        return named if named and named[1][: len(key)] == key else None

    def _below(self, kinds: Sequence[str], key: Key, paths: Iterable[Key]) -> list[Named]:
        """What ends with one of the paths, anywhere below a key."""
        return [
            (kind, candidate)
            for path in paths
            for kind in kinds
            for candidate in self._by_label(kind).get(path[-1], ())
            if candidate[: len(key)] == key and candidate[-len(path) :] == path
        ]

    def _by_label(self, kind: str) -> dict[str, list[Key]]:
        if kind not in self._labels:
            found: dict[str, list[Key]] = {}
            for key in self.keys.get(kind, ()):
                found.setdefault(key[-1], []).append(key)
            self._labels[kind] = found
        return self._labels[kind]

    def _missing(self, kinds: Sequence[str], step: int, text: str, within: Key) -> Missing:
        return Missing(step, text, within, self._near(kinds, text, within))

    def _near(self, kinds: Sequence[str], text: str, within: Key) -> str | None:
        """The most similar label below a key; not looked for among very many."""
        import difflib

        names = {
            key[-1]: None
            for kind in kinds
            if len(self.keys.get(kind, ())) <= _MANY
            for key in self.keys.get(kind, ())
            if key[: len(within)] == within
        }
        folded = {name.casefold(): name for name in names}
        near = difflib.get_close_matches(text.casefold(), list(folded), 1, 0.7)
        return folded[near[0]] if near else None


_MANY = 20_000
