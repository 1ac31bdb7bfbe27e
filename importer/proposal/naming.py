"""What the names of a sheet and its file say of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from importer.proposal.normalize import tokens_of
from importer.proposal.words import listed, vocabulary

_SUFFIX = re.compile(r"\.\w{2,5}$")


@lru_cache(maxsize=1_000)
def named_things(file: str, sheet: str) -> tuple[tuple[str, float, str], ...]:
    """Return the things that a sheet is named after, or else its file, how surely, and the name."""
    stem = _SUFFIX.sub("", file)
    own = list(_things(sheet))
    if own and _SUFFIX.sub("", sheet) != stem:
        return tuple((thing, weight, sheet) for thing, weight in own)
    return tuple((thing, weight, stem) for thing, weight in _things(stem))


def no_data(sheet: str) -> str:
    """Return the name of a sheet that is a legend, a list to pick from or a read me."""
    tokens = tokens_of(_SUFFIX.sub("", sheet))
    words = listed("sheets_that_are_no_data")
    return sheet if tokens and any(token in words for token in tokens) and len(tokens) <= 3 else ""


def _things(name: str) -> Iterator[tuple[str, float]]:
    """Yield each thing that a name speaks of; of several each weighs less."""
    tokens = [token for token in tokens_of(name) if token not in listed("unnamed_sheets")]
    found: dict[str, None] = {}
    for segment in vocabulary().segments(tokens):
        for meaning in segment.meanings:
            if meaning.thing:
                found[meaning.thing] = None
            elif meaning.attribute == "url":
                found["url"] = None
    for thing in found:
        yield thing, 1.0 / len(found) ** 0.5
