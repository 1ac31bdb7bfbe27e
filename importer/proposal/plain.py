"""Texts without case and accents."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "°": "o"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def plain(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart)).translate(_LETTERS)


def spelt_out(text: str) -> str:
    """Return a text with its umlauts written as two letters: `Gebäude` -> `gebaeude`."""
    return plain(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def is_wide(text: str) -> bool:
    """Return whether a text is written without blanks between its words, as Japanese is."""
    return any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)
