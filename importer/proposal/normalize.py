"""A heading as plain words: no case, accents, camelCase, signs; its unit and language apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from importer.proposal.data import by_word

_BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
_BROKEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-zß-ÿ])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"#|[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "°": "o"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DIGITS_APART = re.compile(r"(?<=[^\W\d_]{3})(?=\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a heading, the language it names, what its unit measures, and its brackets.

    A heading that only names a language has no words.
    """

    tokens: tuple[str, ...]
    language: str = ""
    unit: str = ""
    inner: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def words_of(heading: str) -> Words:
    """Return the plain words of a heading."""
    languages, units = by_word("languages"), by_word("units")
    outer = tokens_of(_BRACKETS.sub(" ", heading))
    inner = tuple(token for text in _BRACKETS.findall(heading) for token in tokens_of(text))
    tokens = outer or inner
    language = next((languages[token] for token in inner if token in languages), "")
    named = len(tokens) > 1 or (tokens and len(tokens[0]) > 3)
    if not language and named and tokens[-1] in languages:
        language, tokens = languages[tokens[-1]], tokens[:-1]
    unit = next((units[token] for token in (*inner, *tokens[1:]) if units.get(token)), "")
    unit = "percent" if "%" in heading else unit
    own = tuple(token for token in inner if token not in units and token not in languages)
    return Words(tokens, language, unit, own if outer else ())


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without case and accents: `RaumNr.` -> `raum`, `nr`."""
    apart = _CAMEL.sub(" ", unicodedata.normalize("NFKC", _BROKEN.sub("", text)))
    return tuple(_TOKEN.findall(_DIGITS_APART.sub(" ", plain(apart))))


def plain(text: str) -> str:
    """Return a text without case and accents."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_LETTERS)


def spelt_out(text: str) -> str:
    """Return a text with its umlauts written as two letters: `Gebäude` -> `gebaeude`."""
    return plain(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def is_wide(text: str) -> bool:
    """Return whether a text is written without blanks between its words, as Japanese is."""
    return any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)
