"""What the words of headings mean, in many languages: the longest match of up to four words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from importer.proposal.data import word_list
from importer.proposal.normalize import is_wide, plain, spelt_out, tokens_of

LONGEST = 4
"""No more words are matched together."""

_ENDINGS = (("ies", "y"), *((end, "") for end in ("s", "es", "n", "en", "e", "er")), ("i", "o"),
            ("i", "e"), ("e", "a"))  # fmt: skip
"""What a plural ends with, and the singular instead."""

_LINKS = ("", "s", "n", "en", "es")
"""What stands between the words of a compound."""


class Meaning(NamedTuple):
    """What a word means: a thing, or an attribute of one; `languages` are those it is a word of."""

    thing: str
    attribute: str
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a heading that belong together, and all that they may mean; nothing if unknown."""

    size: int
    meanings: tuple[Meaning, ...]


class Vocabulary:
    """The words of the list, those that are known only when they stand alone apart."""

    def __init__(self, known: dict[str, tuple[Meaning, ...]], alone: frozenset[str]) -> None:
        self._known = known
        self._alone = alone
        self._fillers = frozenset(word_list()["filler"])

    def segments(self, tokens: Sequence[str]) -> Iterator[Segment]:
        """Yield the words of a heading in their order; fillers and numbers are passed over."""
        at = 0
        while at < len(tokens):
            segment = self._longest(tokens, at)
            if segment is None and not self._is_filler(tokens[at]):
                segment = Segment(1, ())
            if segment:
                yield segment
            at += segment.size if segment else 1

    def meanings(self, phrase: str, *, alone: bool = False) -> tuple[Meaning, ...]:
        """Return what words mean that stand together, in the singular or the plural."""
        for form in (phrase, *_singulars(phrase)):
            if form in self._known and (alone or form not in self._alone):
                return self._known[form]
        return ()

    def _is_filler(self, token: str) -> bool:
        return token in self._fillers or token.isdecimal()

    def _longest(self, tokens: Sequence[str], at: int) -> Segment | None:
        named = sum(not token.isdecimal() for token in tokens)
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            found = self.meanings(" ".join(tokens[at : at + size]), alone=size == named)
            if found:
                return Segment(size, found)
        return self._compound(tokens[at])

    def _compound(self, token: str) -> Segment | None:
        """Return the parts of a compound as one segment, where it splits wholly into words."""
        parts = self._split(token)
        return Segment(1, _joined(parts)) if len(parts) > 1 else None

    def _split(self, token: str) -> list[tuple[Meaning, ...]]:
        shortest = 1 if is_wide(token) else 3
        for end in range(len(token) - (shortest > 1), shortest - 1, -1):
            found = self._known.get(token[:end], ()) if token[:end] not in self._alone else ()
            rest = self._rest(token[end:], shortest) if found else []
            if rest:
                return [found, *rest]
        return []

    def _rest(self, rest: str, shortest: int) -> list[tuple[Meaning, ...]]:
        """Return the parts of what follows the first word of a compound."""
        for link in _LINKS if shortest > 1 else ("",):
            tail = rest.removeprefix(link) if rest.startswith(link) else ""
            whole = self.meanings(tail, alone=True) if len(tail) >= min(shortest, 2) else ()
            found = [whole] if whole else self._split(tail)
            if found:
                return found
        return []


def _joined(parts: Sequence[tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
    """Return what a compound means: the first thing among its parts, and the last attribute."""
    joined = {}
    for head in parts[-1]:
        for part in parts[0]:
            thing = head.thing if head.thing and not head.attribute else part.thing
            attribute = head.attribute or part.attribute
            languages = head.languages & part.languages or head.languages | part.languages
            joined[(thing or head.thing, attribute)] = languages
    return tuple(Meaning(*both, languages) for both, languages in joined.items())


def _singulars(phrase: str) -> Iterator[str]:
    if len(phrase) < 4 or is_wide(phrase):
        return
    for ending, instead in _ENDINGS:
        if phrase.endswith(ending):
            yield phrase.removesuffix(ending) + instead


@cache
def vocabulary() -> Vocabulary:
    """Return the project's own list of words."""
    known: dict[str, dict[tuple[str, str], set[str]]] = {}
    alone: dict[str, bool] = {}
    for thing, attribute, language, word in _entries(word_list()):
        for form in {" ".join(tokens_of(word)), _spelt_out(word)} - {""}:
            known.setdefault(form, {}).setdefault((thing, attribute), set()).add(language)
            alone[form] = alone.get(form, True) and word.endswith("!")
    meanings = {
        form: tuple(Meaning(*both, frozenset(languages)) for both, languages in found.items())
        for form, found in known.items()
    }
    return Vocabulary(meanings, frozenset(form for form, only in alone.items() if only))


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list as cells are compared: `blank_words`, `total_words`, `yes`..."""
    return frozenset(plain(word).strip() for word in word_list()[name])


def _entries(data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for section in ("things", "attributes"):
        for name, languages in data[section].items():
            both = (name, "") if section == "things" else ("", name)
            for language, words in languages.items():
                yield from ((*both, language, word) for word in words)


def _spelt_out(word: str) -> str:
    return " ".join(tokens_of(spelt_out(word)))
