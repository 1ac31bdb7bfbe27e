"""Words in the plural or in another case: what they may be in the singular."""

from __future__ import annotations

from collections.abc import Iterator

from importer.proposal.data import word_list
from importer.proposal.plain import is_wide

SHORTEST = 4
"""A word that loses its ending keeps so many letters."""


def singulars(phrase: str) -> Iterator[str]:
    """Yield what words may be in the singular: `raume`, `raum`; languages are not told apart."""
    if is_wide(phrase):
        return
    for ending in word_list()["endings"]:
        if phrase.endswith(ending) and len(phrase) - len(ending) >= SHORTEST:
            yield phrase.removesuffix(ending)
    for ending, instead in word_list()["plurals"].items():
        if phrase.endswith(ending) and len(phrase) >= SHORTEST:
            yield from (phrase.removesuffix(ending) + end for end in instead)
