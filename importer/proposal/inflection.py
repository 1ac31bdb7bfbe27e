"""Words in the plural or in another case: what they may be in the singular."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from importer.proposal.data import word_list
from importer.proposal.plain import is_wide

SHORTEST = 4
"""A word that loses its ending keeps so many letters."""


@lru_cache(maxsize=20_000)
def singulars(phrase: str) -> tuple[str, ...]:
    """Return what words may be in the singular: `raume`, `raum`; languages are not told apart."""
    return () if is_wide(phrase) else tuple(_singulars(phrase))


def _singulars(phrase: str) -> Iterator[str]:
    endings = _endings()
    longest = min(max(map(len, endings)), len(phrase) - SHORTEST)
    found = [end for size in range(1, longest + 1) if (end := phrase[-size:]) in endings]
    for ending in sorted(found, key=endings.__getitem__):
        yield phrase.removesuffix(ending)
    for ending, instead in word_list()["plurals"].items():
        if phrase.endswith(ending) and len(phrase) >= SHORTEST:
            yield from (phrase.removesuffix(ending) + end for end in instead)


@cache
def _endings() -> dict[str, int]:
    """Return the endings of words, the usual ones first."""
    return {ending: at for at, ending in enumerate(word_list()["endings"])}
