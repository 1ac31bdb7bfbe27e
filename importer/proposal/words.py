"""What the words of headings mean, in many languages: the longest match of up to four words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from importer.proposal.compounds import Compounds
from importer.proposal.data import listed
from importer.proposal.inflection import singulars
from importer.proposal.meanings import Meaning

LONGEST = 4
"""No more words are matched together."""

PROSE = 4
"""In a heading of more words, those that only link others mean nothing of their own."""

SHORTEST_CUT = 3
"""A word that is cut short keeps so many letters."""

_MOST_BEGIN = 4
"""A word cut so short that it may mean more says nothing."""


class Segment(Struct, frozen=True):
    """Words of a heading that belong together, and all that they may mean; nothing if unknown."""

    size: int
    meanings: tuple[Meaning, ...]


class Vocabulary:
    """The words of the list, those that are known only when they stand alone apart."""

    def __init__(self, known: dict[str, tuple[Meaning, ...]], alone: frozenset[str]) -> None:
        self._known = known
        self._alone = alone
        self._fillers = listed("filler") | listed("neutral") | listed("asking")
        self._beginnings = _by_beginning(known)
        self._compounds = Compounds(self._within, self.meanings)

    def segments(
        self,
        tokens: Sequence[str],
        spoken: frozenset[str] = frozenset(),
        cut: frozenset[str] = frozenset(),
    ) -> Iterator[Segment]:
        """Yield the words of a heading in their order; fillers and numbers are passed over.

        Only meanings in the languages spoken count, where some are given. Words that are `cut`
        short, as `Verd.` is, may be any that begin so.
        """
        at = 0
        while at < len(tokens):
            segment = self._longest(tokens, at, spoken)
            if (
                segment
                and segment.size == 1
                and len(tokens) > PROSE
                and tokens[at] in self._fillers
            ):
                segment = None
            if segment is None and tokens[at] in cut:
                segment = self._beginning(tokens[at], spoken)
            if segment is None and not self._is_filler(tokens[at]):
                segment = Segment(1, ())
            if segment:
                yield segment
            at += segment.size if segment else 1

    def meanings(self, phrase: str, *, alone: bool = False) -> tuple[Meaning, ...]:
        """Return what words mean that stand together, in the singular or the plural."""
        return next(filter(None, (self._exact(phrase, alone), *self._plural(phrase, alone))), ())

    def _within(self, word: str) -> tuple[Meaning, ...]:
        """Return what a word means that a compound begins with; `en` alone is no part of one."""
        short = len(word) < SHORTEST_CUT and word.isascii() and word in self._alone
        return () if short else self._known.get(word, ())

    def _beginning(self, token: str, spoken: frozenset[str]) -> Segment | None:
        """Return what the words may mean that begin with one, unless they are many."""
        words = self._beginnings.get(token[:SHORTEST_CUT], ())
        begun = [word for word in words if word.startswith(token)]
        whole = (word for word in begun if not _continues(word, begun))
        longer = (self._known[word] for word in whole)
        found: dict[tuple[str, str], frozenset[str]] = {}
        for meaning in chain.from_iterable(longer):
            if not spoken or meaning.languages & spoken:
                key = meaning.thing, meaning.attribute
                found[key] = found.get(key, frozenset()) | meaning.languages
        meanings = tuple(Meaning(*key, languages) for key, languages in found.items())
        return Segment(1, meanings) if 0 < len(meanings) <= _MOST_BEGIN else None

    def _is_filler(self, token: str) -> bool:
        return token in self._fillers or token.isdecimal()

    def _longest(self, tokens: Sequence[str], at: int, spoken: frozenset[str]) -> Segment | None:
        named = sum(not token.isdecimal() for token in tokens)
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size])
            for meanings in self._matches(phrase, size == 1, size == named):
                found = tuple(m for m in meanings if not spoken or m.languages & spoken)
                if found:
                    return Segment(size, found)
        return None

    def _matches(self, phrase: str, single: bool, alone: bool) -> Iterator[tuple[Meaning, ...]]:
        """Yield what words may mean: as they are, as a compound, in the plural."""
        yield self._exact(phrase, alone)
        if single:
            yield self._compounds.meanings(phrase)
        yield from self._plural(phrase, alone)

    def _exact(self, phrase: str, alone: bool) -> tuple[Meaning, ...]:
        return self._known.get(phrase, ()) if alone or phrase not in self._alone else ()

    def _plural(self, phrase: str, alone: bool) -> Iterator[tuple[Meaning, ...]]:
        yield from (self._exact(form, alone) for form in singulars(phrase))


def _continues(word: str, words: Sequence[str]) -> bool:
    """Return whether a word begins with another one: `room type` is not what `ro.` stands for."""
    return any(word != other and word.startswith(other) for other in words)


def _by_beginning(known: dict[str, tuple[Meaning, ...]]) -> dict[str, list[str]]:
    """Return the single words by their first letters."""
    found: dict[str, list[str]] = {}
    for word in known:
        if " " not in word:
            found.setdefault(word[:SHORTEST_CUT], []).append(word)
    return found
