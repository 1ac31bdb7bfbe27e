"""Finds the headings of a rule among texts that other languages have for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping

from importer.template import fold
from importer.template.words import Index, Sense


def in_other_languages(
    row: Collection[str], mains: Mapping[str, str], words: Index
) -> dict[str, str]:
    """Return the texts of a row, all folded, that are words for headings: the name of each.

    `mains` are the main headings of a rule by all their names. Only the words of the row's own
    language count. A heading that stands there under a name of the rule takes no word, and of two
    words for one heading neither counts: nobody knows which is meant.
    """
    languages = languages_of(row, mains, words)
    strange = (text for text in row if text in words and text not in mains) if languages else ()
    meant = {text: name for text in strange if (name := _name(text, languages, mains, words))}
    own = (text for text in row if text in mains)
    taken = Counter(mains[name] for name in (*own, *meant.values()))
    return {text: name for text, name in meant.items() if taken[mains[name]] == 1}


def languages_of(row: Collection[str], mains: Mapping[str, str], words: Index) -> frozenset[str]:
    """Return the language in which most of a row is known, if the rule's own names are no more.

    A row is in one language whatever kind of list it heads, so all the template's words count.
    Languages that know the very same texts may be several; where others know as many, none counts:
    nobody knows which is meant.
    """
    known: dict[str, set[str]] = {}
    for text in row:
        for sense in words.get(text, ()):
            known.setdefault(sense.language, set()).add(text)
    most = max(map(len, known.values()), default=0)
    if most < sum(text in mains for text in row):
        return frozenset()
    best = {language: texts for language, texts in known.items() if len(texts) == most}
    alike = len(set(map(frozenset, best.values()))) == 1
    return frozenset(best) if alike else frozenset()


def words_for(names: Collection[str], languages: Collection[str], words: Index) -> frozenset[str]:
    """Return all words of some languages for names, all folded."""
    if not languages:
        return frozenset()
    return frozenset(
        text
        for text, senses in words.items()
        if any(sense.language in languages and fold(sense.name) in names for sense in senses)
    )


def meanings(heading: str, mains: Mapping[str, str], words: Index) -> dict[str, str]:
    """Return the main headings for which a text is a word, by language."""
    text = fold(heading)
    senses = _senses(text, mains, words) if text in words else ()
    return {sense.language: mains[fold(sense.name)] for sense in senses}


def _senses(text: str, mains: Mapping[str, str], words: Index) -> Iterator[Sense]:
    """Yield the senses in which a text names a heading of the rule."""
    return (sense for sense in words[text] if fold(sense.name) in mains)


def _name(text: str, languages: Container[str], mains: Mapping[str, str], words: Index) -> str:
    """Return the name for which a text stands in some languages, blank where for several."""
    said = [fold(s.name) for s in _senses(text, mains, words) if s.language in languages]
    return said[0] if len({mains[name] for name in said}) == 1 else ""
