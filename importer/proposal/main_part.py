"""The part of a heading that says what stands below it: no number, no star, no remark, no clause.

`3. Room name* (as on the door)` says `Room name`, and so does `Room name, if it has one`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from importer.proposal.data import listed
from importer.proposal.plain import plain

LONG = 4
"""A heading of more words may hold a clause."""

_LONGEST_REMARK = 4
"""So many words of a remark are matched together."""

_ORDINAL = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z]\))\s*(?=[^\W\d])", re.IGNORECASE)
_MARKS = re.compile(r"^[\s*†‡•▪>]+|[\s*†‡:]+$|[\s*†‡:]*\(\s*[*†‡\d]\s*\)\s*$")
_APART = re.compile(r"\s*\n\s*|\s+[-–—|]\s+|[:;,.?!]\s+|\s+/\s+")
_WIDE_BRACKETS = str.maketrans("（）【】［］〔〕", "()[][][]")
_BRACKET = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def unmarked(heading: str) -> str:
    """Return a heading without its number, its stars and the remarks in its brackets."""
    text = _ORDINAL.sub("", _MARKS.sub("", heading.translate(_WIDE_BRACKETS)), count=1)
    text = _MARKS.sub("", _BRACKET.sub(_unless_remark, text))
    return text if _WORD.search(text) else heading


def parts(heading: str) -> Iterator[str]:
    """Yield the parts of a heading that may say all, the likeliest first: its lines, its clauses.

    Remarks are none, as `mandatory` on a line of its own.
    """
    found = [part for part in _APART.split(heading) if part.strip() and not is_remark(part)]
    for part in found[: 3 if len(found) < 9 else 0]:
        yield before_clause(part)
        yield part


def is_remark(text: str) -> bool:
    """Return whether a text says how a column is filled, not what stands in it."""
    words = [plain(word) for word in _WORD.findall(text)]
    phrases = (
        " ".join(words[at : at + size])
        for size in range(1, _LONGEST_REMARK + 1)
        for at in range(len(words) + 1 - size)
    )
    return not listed("remarks").isdisjoint(phrases)


def before_clause(text: str) -> str:
    """Return what stands before a clause: `Name` of `Name as it is shown in the register`."""
    words = list(_WORD.finditer(text))
    if len(words) <= LONG:
        return text
    for at, word in enumerate(words):
        if at and plain(word[0]) in listed("clauses"):
            return text[: word.start()]
    return text


def _unless_remark(bracket: re.Match[str]) -> str:
    return " " if is_remark(bracket[1]) else bracket[0]
