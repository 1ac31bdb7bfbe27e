"""Finds the headings of a rule among texts that other languages have for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from importer.template import fold
from importer.template.words import Index, Sense


def in_other_languages(
    row: Collection[str], mains: Mapping[str, str], words: Index
) -> dict[str, str]:
    """Return the texts of a row, all folded, that are words for headings: the name of each.

    `mains` are the main headings of a rule by all their names. The words of one language count: of
    that in which most of the row is known, if the rule's own names are no more. A heading that
    stands there under a name of the rule takes no word, and of two words for one heading neither
    counts: nobody knows which is meant.
    """
    own = [text for text in row if text in mains]
    senses = {text: list(_senses(text, mains, words)) for text in row if text in words}
    spoken = Counter(language for each in senses.values() for language in _languages(each))
    most = max(spoken.values(), default=0)
    if most < len(own):
        return {}
    spoken_most = {language for language, count in spoken.items() if count == most}
    meant = {
        text: fold(each[0].name)
        for text, each in senses.items()
        if text not in mains and spoken_most & _languages(each)
    }
    taken = Counter(mains[name] for name in (*own, *meant.values()))
    return {text: name for text, name in meant.items() if taken[mains[name]] == 1}


def meanings(heading: str, mains: Mapping[str, str], words: Index) -> dict[str, str]:
    """Return the main headings for which a text is a word, by language."""
    text = fold(heading)
    senses = _senses(text, mains, words) if text in words else ()
    return {sense.language: mains[fold(sense.name)] for sense in senses}


def _senses(text: str, mains: Mapping[str, str], words: Index) -> Iterator[Sense]:
    """Yield the senses in which a text names a heading of the rule."""
    return (sense for sense in words[text] if fold(sense.name) in mains)


def _languages(senses: Collection[Sense]) -> set[str]:
    return {sense.language for sense in senses}
