"""The project's own vocabulary, made from words.json once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from importer.proposal.data import word_list
from importer.proposal.meanings import Meaning
from importer.proposal.normalize import tokens_of
from importer.proposal.plain import plain, spelt_out
from importer.proposal.words import Vocabulary

_UMLAUTS = frozenset("äöü")


@cache
def vocabulary() -> Vocabulary:
    """Return the project's own list of words."""
    known: dict[str, dict[tuple[str, str], set[str]]] = {}
    alone: dict[str, bool] = {}
    for thing, attribute, language, word in _entries(word_list()):
        for form in _forms(word.removesuffix("!")):
            known.setdefault(form, {}).setdefault((thing, attribute), set()).add(language)
            alone[form] = alone.get(form, True) and word.endswith("!")
    meaning = cache(Meaning)  # many words mean the same
    meanings = {
        form: tuple(meaning(*both, frozenset(languages)) for both, languages in found.items())
        for form, found in known.items()
    }
    return Vocabulary(meanings, frozenset(form for form, only in alone.items() if only))


def _entries(data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for section in ("things", "attributes"):
        for name, languages in data[section].items():
            thing, _, attribute = name.partition(".")
            both = (thing, attribute) if section == "things" else ("", name)
            for language, words in languages.items():
                yield from ((*both, language, word) for word in words)


def _forms(word: str) -> set[str]:
    """Return how a word of the list may stand in a heading, its umlauts spelt out or not."""
    own = plain(word)
    forms = {own if own.replace(" ", "").isalpha() else " ".join(tokens_of(word))}
    if not _UMLAUTS.isdisjoint(word):
        forms.add(" ".join(tokens_of(spelt_out(word))))
    return forms - {""}
