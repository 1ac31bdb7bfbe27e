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

_SHORT = 2
"""A part of so few words has no clause."""

_PARTS = 3
"""So many parts of a heading are looked at."""

_LONGEST_REMARK = 4
"""So many words of a remark are matched together."""

_ORDINAL = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\(?[a-z]\))\s*(?=[^\W\d])", re.IGNORECASE)
_MARKS = re.compile(r"^[\s*†‡•▪>]+|[\s*†‡:]+$|[\s*†‡:]*\(\s*[*†‡\d]\s*\)\s*$")
_YES_NO = re.compile(r"[\s(\[]+[^\W\d_]\s?/\s?[^\W\d_][)\]\s]*$")
_APART = re.compile(r"\s*\n\s*|\s+[-–—|]\s+|[:;,?!]\s+|(?<=[^\W\d_]{5})\.\s+|\s+/\s+")
_WIDE_BRACKETS = str.maketrans("（）【】［］〔〕", "()[][][]")
_BRACKET = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def unmarked(heading: str) -> str:
    """Return a heading without its number, its stars and the remarks in its brackets."""
    text = _without_remarks(heading.translate(_WIDE_BRACKETS))
    text = _ORDINAL.sub("", _MARKS.sub("", text), count=1)
    text = _YES_NO.sub("", _MARKS.sub("", _BRACKET.sub(_unless_remark, text)))
    return text if _WORD.search(text) else heading


def parts(heading: str) -> Iterator[str]:
    """Yield the parts of a heading that may say all, the likeliest first: its lines, its clauses.

    Remarks are none, as `mandatory` on a line of its own.
    """
    found = [part for part in _APART.split(heading) if part.strip()]
    for part in found[:_PARTS]:
        head = before_clause(part, least=_SHORT)
        yield from (each for each in (head, part) if not is_remark(each))


def is_remark(text: str) -> bool:
    """Return whether a text says how a column is filled, not what stands in it."""
    words = [plain(word) for word in _WORD.findall(text)]
    phrases = (
        " ".join(words[at : at + size])
        for size in range(1, _LONGEST_REMARK + 1)
        for at in range(len(words) + 1 - size)
    )
    return not listed("remarks").isdisjoint(phrases)


def before_clause(text: str, least: int = LONG) -> str:
    """Return what stands before a clause: `Name` of `Name as it is shown in the register`."""
    words = list(_WORD.finditer(text))
    if len(words) <= least:
        return text
    for at, word in enumerate(words):
        if at and plain(word[0]) in listed("clauses"):
            return text[: word.start()]
    return text


def _without_remarks(heading: str) -> str:
    """Return a heading without the lines below its first that are remarks."""
    first, *others = heading.split("\n")
    return "\n".join([first, *(line for line in others if not is_remark(line))])


def _unless_remark(bracket: re.Match[str]) -> str:
    return " " if is_remark(bracket[1]) else bracket[0]
