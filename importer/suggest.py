"""Sentences that help with a mistake: the word most likely meant, and short lists of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

_CANDIDATES = 32
"""How many words are compared with a mistake."""

_VISITS = 2_000
"""How many words an index looks at in search of these."""

_LONGEST = 200
"""How many characters a word may have: nobody takes a longer one for another by a slip."""

SLIP = 0.8
"""The least similarity of a word that is misspelt beyond doubt."""

_NOT = ("in", "un", "non", "dis", "not")
"""What makes a word its opposite, before it."""


class Speller:
    """The known words of one place, and which of them somebody meant who wrote another.

    Each mistake is looked up once, and costs the same among a hundred words as among a million;
    after `most` mistakes no more are looked up, since nobody reads that many suggestions. `fold`
    takes out what does not count; a word that only differs in that is the most alike.
    """

    def __init__(
        self,
        known: Iterable[str],
        likeness: float = 0.6,
        *,
        fold: Callable[[str], str] = str,
        most: int = 1_000,
    ) -> None:
        words = [word for word in dict.fromkeys(known) if len(word) <= _LONGEST]
        self._known = [(word, fold(word)) for word in words]
        self._likeness = likeness
        self._fold = fold
        self._most = most
        self._found: dict[str, str | None] = {}
        self._pairs: dict[str, list[int]] = {}

    def nearest(self, word: str) -> str | None:
        """Return the known word most like another one, None where all are too different."""
        if word not in self._found:
            if len(word) > _LONGEST or len(self._found) >= self._most:
                return None
            self._found[word] = self._search(word)
        return self._found[word]

    def _search(self, word: str) -> str | None:
        best, most, folded = None, 0.0, self._fold(word)
        for known, other in self._candidates(folded):
            both = len(folded) + len(other)
            if known == word or 2 * min(len(folded), len(other)) < self._likeness * both:
                continue
            alike = likeness(folded, other)
            if alike >= self._likeness and alike > most and not self._opposite(folded, other):
                best, most = known, alike
        return best

    def _opposite(self, word: str, other: str) -> bool:
        """Return whether one of two words denies the other, as `inactive` does `active`."""
        for no in _NOT:
            if other == word.removeprefix(no) or word == other.removeprefix(no):
                return word != other
            denied = word.startswith(no) and not other.startswith(no)
            if denied and likeness(word[len(no) :], other) >= self._likeness:
                return True
        return False

    def _candidates(self, folded: str) -> list[tuple[str, str]]:
        """Return the known words that share most pairs of letters with a word, the best first."""
        if len(self._known) <= _CANDIDATES:
            return self._known
        if not self._pairs:
            self._index()
        shared, left = Counter[int](), _VISITS
        for words in sorted((self._pairs.get(pair, []) for pair in _pairs(folded)), key=len):
            shared.update(words[:left])
            left = max(0, left - len(words))
        lengths = {at: abs(len(self._known[at][1]) - len(folded)) for at in shared}
        best = sorted(shared, key=lambda at: (-shared[at], lengths[at], at))
        return [self._known[at] for at in best[:_CANDIDATES]]

    def _index(self) -> None:
        for at, (_, folded) in enumerate(self._known):
            for pair in _pairs(folded):
                self._pairs.setdefault(pair, []).append(at)


def _pairs(word: str) -> Iterable[str]:
    """Return the pairs of letters in a word, its ends included."""
    return dict.fromkeys(map("".join, pairwise(f"\0{word}\0")))


def likeness(word: str, other: str) -> float:
    """Return how alike two words are, from 0 to 1: by the most letters both have in one order.

    A bit of `row` is 0 where a letter of `word` adds to what was found so far; a step takes in a
    letter of `other` (Hyyro's algorithm for the longest common subsequence).
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << at
    whole = row = (1 << len(word)) - 1
    for letter in other:
        here = row & places.get(letter, 0)
        row = ((row + here) | (row - here)) & whole
    return 2 * (len(word) - row.bit_count()) / max(1, len(word) + len(other))


def is_slip(word: str, meant: str) -> bool:
    """Return whether a word has the letters of another in disorder, or very nearly."""
    return sorted(word) == sorted(meant) or likeness(word, meant) >= SLIP


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word most like this one, None where all are too different.

    Whoever asks for many words among the same known ones keeps a `Speller` of them.
    """
    return Speller(known, likeness).nearest(word)


def did_you_mean(near: str | None, otherwise: str = "", *, after: str = ".") -> str:
    """Return the end of a message: `. Did you mean Colour?`.

    `near` is the word from `nearest`; where that is None, `otherwise` follows instead, or nothing.
    `after` ends what stands before; only after a full stop does the question begin with a capital.
    """
    question = f"{'Did' if after == '.' else 'did'} you mean {near}?" if near else otherwise
    return f"{after} {question}" if question else after


def listed(
    texts: Sequence[str], most: int = 3, *, count: int | None = None, quote: str = "`"
) -> str:
    """Return the first `most` texts and how many there are besides: `` `A`, `B` and 2 more``.

    `count` is how many there are in all, where `texts` holds only the first of them.
    """
    shown = [f"{quote}{text}{quote}" for text in texts[:most]]
    more = (len(texts) if count is None else count) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
