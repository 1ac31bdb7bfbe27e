"""Fold headings: without case, blanks and signs, so that one can be known by its spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from importer.invisible import visible

_IGNORED_IN_HEADINGS = re.compile(r"[\s_\-*\u2010-\u2015]+")


@lru_cache(maxsize=10_000)
def fold(heading: str) -> str:
    """Return a heading without case, blanks, `_`, `-`, `*`: `Glossary name *` -> `glossaryname`.

    Invisible characters, other forms of a letter or dash and a colon at the end do not matter.
    """
    if not heading.isascii():
        heading = unicodedata.normalize("NFKC", visible(heading))
    return _IGNORED_IN_HEADINGS.sub("", heading).rstrip(":").casefold()


_IN_ASCII = dict.fromkeys(map(ord, "\t\n\x0b\f\r\x1c\x1d\x1e\x1f _-*"))
"""What `_IGNORED_IN_HEADINGS` matches in ASCII, to be taken out."""


def fold_all(texts: Iterable[str]) -> set[str]:
    """Return texts without a NUL, folded, each once."""
    return set(fold_each(texts))


def fold_each(texts: Iterable[str]) -> list[str]:
    """Return texts without a NUL, each folded: all at once, which is faster than one by one."""
    joined = "\0".join(texts)
    if joined.isascii():
        joined = joined.translate(_IN_ASCII)
    else:
        joined = _IGNORED_IN_HEADINGS.sub("", unicodedata.normalize("NFKC", visible(joined)))
    return [text.rstrip(":") for text in joined.casefold().split("\0")]
