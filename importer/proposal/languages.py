"""Headings in the languages of their sheet: a word that several share is read in those.

Codes of languages that stand beside each other are names in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from importer.proposal.concepts import ONLY_A_LANGUAGE, Concept, Reading, reading
from importer.proposal.data import by_word
from importer.proposal.plain import plain


def in_languages(headings: Sequence[str]) -> list[Reading]:
    """Return what the headings of a sheet mean in its main languages, or in any if in none."""
    readings = [reading(heading) for heading in headings]
    spoken = frozenset(languages_of(readings))
    found = [_first_known(reading(each.heading, spoken), each) for each in readings]
    return list(map(_in_language, found)) if _are_languages(headings) else found


def _are_languages(headings: Sequence[str]) -> bool:
    """Return whether several headings are codes of languages: `EN` beside `FR`."""
    codes = {by_word("languages").get(plain(heading)) for heading in headings if len(heading) == 2}
    return len(codes - {None}) > 1


def _in_language(own: Reading) -> Reading:
    """Return what a heading means where codes of languages stand for names in them."""
    language = by_word("languages").get(plain(own.heading)) if len(own.heading) == 2 else None
    if not language:
        return own
    concept = Concept("", "name", frozenset({language}))
    return Reading(own.heading, (concept,), ONLY_A_LANGUAGE, language)


def _first_known(best: Reading, other: Reading) -> Reading:
    return best if best.concepts else other


def languages_of(readings: Iterable[Reading]) -> list[str]:
    """Return the main languages of a sheet, by the words that few languages share."""
    heard: Counter[str] = Counter()
    for each in readings:
        languages = {language for concept in each.concepts for language in concept.languages}
        for language in languages:
            heard[language] += 1 / len(languages) ** 0.5
    most = max(heard.values(), default=0)
    return [language for language, points in heard.most_common() if points >= 0.6 * most]
