"""A heading as plain words: no case, accents, camelCase, signs; its unit and language apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from importer.proposal.data import by_word, written
from importer.proposal.plain import plain

_SHORT, _CODE = 3, 3
"""A longer heading that ends with `it` or `no` names no language by its code."""

_BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
_BROKEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-zß-ÿ])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"#|[^\W_]+")
_CUT = re.compile(r"[^\W\d_]{3,}(?=\.)")
_DIGITS_APART = re.compile(r"(?<=[^\W\d_]{3})(?=\d)|(?<=\d)(?=[^\W\d_])")


class Words(Struct, frozen=True):
    """The words of a heading, the language it names, what its unit measures, and its brackets.

    A heading that only names a language has no words. `cut` are those of its words that end with a
    full stop.
    """

    tokens: tuple[str, ...]
    language: str = ""
    unit: str = ""
    inner: tuple[str, ...] = ()
    cut: frozenset[str] = frozenset()


@lru_cache(maxsize=20_000)
def words_of(heading: str) -> Words:
    """Return the plain words of a heading."""
    languages, units = by_word("languages"), by_word("units")
    outer = tokens_of(_BRACKETS.sub(" ", heading))
    inner = tuple(token for text in _BRACKETS.findall(heading) for token in tokens_of(text))
    tokens = outer or inner
    language = next((languages[token] for token in inner if token in languages), "")
    named = len(tokens) > 1 or (tokens and len(tokens[0]) > 3)
    named = named and (len(tokens) <= _SHORT or len(tokens[-1]) > _CODE)
    if not language and named and tokens[-1] in languages:
        language, tokens = languages[tokens[-1]], tokens[:-1]
    unit = next((units[token] for token in (*inner, *tokens[1:]) if units.get(token)), "")
    unit = unit or units.get("".join(inner), "")
    unit = "percent" if "%" in heading else unit
    own = tuple(token for token in inner if token not in units and token not in languages)
    cut = frozenset(token for part in _CUT.findall(heading) for token in tokens_of(part))
    return Words(tokens, language, unit, own if outer else (), cut)


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and accents: `RaumNr.` -> `raum`, `nr`."""
    apart = _CAMEL.sub(" ", unicodedata.normalize("NFKC", _BROKEN.sub("", text)))
    return tuple(_TOKEN.findall(_DIGITS_APART.sub(" ", plain(apart))))


def written_out(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return words as databases cut them, in full: `rm`, `nbr` -> `room`, `number`."""
    full = (written().get(token, token).split() for token in tokens)
    return tuple(word for words in full for word in words)
