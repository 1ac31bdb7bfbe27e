"""Finds the names and codes that somebody may have meant who named what does not exist."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence

from importer.look_alike import look
from importer.model import Key
from importer.order.key_index import KeyIndex
from importer.suggest import Speller

LIKENESS = 0.7
"""The least likeness of a misspelt name to the known one."""

_SEARCHES = 1_000
"""How many names are looked for: nobody reads more suggestions."""

_NAMES = 20_000
"""Among how many entities of a kind names are looked for."""

_ALL_NAMES = 200_000
"""How many names are looked at for all places together."""


class NearNames:
    """The labels of known keys: `keys_of` returns those of a kind, and is asked once."""

    def __init__(self, keys_of: Callable[[str], Collection[Key]]) -> None:
        self._keys_of = keys_of
        self._sorted: dict[str, list[Key]] = {}
        self._spellers: dict[tuple[frozenset[str], Key], Speller] = {}
        self._asked: set[tuple[frozenset[str], Key, str]] = set()
        self._names = 0

    def nearest(self, kinds: Collection[str], text: str, within: Key) -> str | None:
        """Return the label below a key that is most like a text, None where none is like it."""
        where = frozenset(kinds), within
        if len(self._asked) >= _SEARCHES and (*where, text) not in self._asked:
            return None
        self._asked.add((*where, text))
        if where not in self._spellers:
            self._spellers[where] = Speller(self._labels(*where), LIKENESS, fold=look)
        return self._spellers[where].nearest(text)

    def _labels(self, kinds: frozenset[str], within: Key) -> Sequence[str]:
        found: list[str] = []
        for keys in map(self._keys, sorted(kinds)):
            first = bisect_left(keys, within)
            last = bisect_right(keys, within, first, key=lambda key: key[: len(within)])
            if self._names + last - first <= _ALL_NAMES:
                self._names += last - first
                found += [key[-1] for key in keys[first:last]]
        return found

    def _keys(self, kind: str) -> list[Key]:
        if kind not in self._sorted:
            keys = self._keys_of(kind)
            self._sorted[kind] = sorted(keys) if len(keys) <= _NAMES else []
        return self._sorted[kind]


class AlikeCodes:
    """The identifying values that look like a text: `E-7` where somebody wrote `e-7`.

    Nobody can say which code is meant by another one, so only what the eye passes over may differ.
    """

    def __init__(self, index: KeyIndex) -> None:
        self._index = index
        self._codes: dict[str, dict[str, list[str]]] = {}

    def alike(self, kinds: Collection[str], text: str, within: Key) -> str | None:
        """Return the code below a key that looks like a text, None where there is none."""
        for kind in kinds:
            for code in self._by_look(kind).get(look(text), ()):
                named = self._index.identified((kind,), code)
                if named and named[1][: len(within)] == within and code != text:
                    return code
        return None

    def _by_look(self, kind: str) -> dict[str, list[str]]:
        if kind not in self._codes:
            found = self._codes.setdefault(kind, {})
            for code in self._index.identities(kind):
                found.setdefault(look(code), []).append(code)
        return self._codes[kind]
