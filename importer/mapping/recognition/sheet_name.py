"""Tells which kind the name of a sheet or a file says it holds: `Ledger - Terms (2)` says Terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

from msgspec import Struct

from importer.template import fold

_WORDS = re.compile(r"([^\W\d_]+|\d+)([\W_]*)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_MATTER = frozenset(
    {
        "copy",
        "draft",
        "export",
        "exported",
        "final",
        "import",
        "list",
        "new",
        "old",
        "result",
        "sheet",
        "table",
        "test",
        "v",
        "version",
    }
)


class NamedAfter(Struct, frozen=True):
    """The kinds after which a sheet is named, folded, and those of them that are its whole name."""

    kinds: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


def named_after(name: str, kinds: Iterable[str]) -> NamedAfter:
    """Return which of the names of kinds a sheet's name ends with.

    What stands before a dash or another mark counts like an end: `terms-north`. Numbers, and words
    such as `copy`, do not matter. The last of several kinds counts.
    """
    known = frozenset(map(fold, kinds))
    words = _words(name)
    found = _last(words, known)
    return found if found.kinds else _last(_without(words, _NO_MATTER), known)


def _last(words: list[tuple[str, str]], known: frozenset[str]) -> NamedAfter:
    """Return the kinds whose names end where the last of them ends."""
    ends = {at for at, (_, gap) in enumerate(words, start=1) if gap.strip(" _")} | {len(words)}
    for end in sorted(ends, reverse=True):
        tails = {start: fold("".join(word for word, _ in words[start:end])) for start in range(end)}
        if kinds := known & frozenset(tails.values()):
            whole = {tails[at] for at in tails if at == 0 or _parts(words[at - 1][1])}
            return NamedAfter(kinds, kinds & whole)
    return NamedAfter()


def _parts(gap: str) -> bool:
    """Return whether a mark parts two names, as in `Ledger - Terms`, rather than two words."""
    return " " in gap and bool(gap.strip(" _"))


def _words(name: str) -> list[tuple[str, str]]:
    """Return the words of a name without its numbers, each with what parts it from the next."""
    whole = unicodedata.normalize("NFC", name)  # some systems keep accents apart from letters
    words = _WORDS.findall(_HUMP.sub(" ", whole))
    return _without(words, {word for word, _ in words if word.isdigit()})


def _without(words: list[tuple[str, str]], left_out: Container[str]) -> list[tuple[str, str]]:
    """Return the words without some; what parts these from the next parts the word before."""
    found: list[tuple[str, str]] = []
    for word, gap in words:
        if word.casefold() not in left_out:
            found.append((word, gap))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + gap)
    return found
