"""Tells which kind the name of a sheet or a file says it holds: `Ledger - Terms (2)` says Terms."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

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


def named_after(name: str, kinds: Iterable[str]) -> str:
    """Return the one of the names of kinds that a sheet's name ends with, blank where none.

    What stands behind a dash or another mark counts like an end: `terms-north`. Numbers, and words
    such as `copy`, do not matter. The last of several kinds counts, the longest name first.
    """
    known = {fold(kind): kind for kind in kinds}
    words = _words(name)
    short = _without(words, _NO_MATTER)
    return _last(words, known) or _last(short, known)


def _last(words: list[tuple[str, str]], known: dict[str, str]) -> str:
    ends = [at for at, (_, gap) in enumerate(words, start=1) if not gap or gap.strip(" ")]
    for end in reversed(ends + [len(words)] * (len(words) not in ends)):
        for start in range(end):
            if kind := known.get(fold("".join(word for word, _ in words[start:end]))):
                return kind
    return ""


def _words(name: str) -> list[tuple[str, str]]:
    """Return the words of a name without its numbers, each with what parts it from the next."""
    words = _WORDS.findall(_HUMP.sub(" ", name))
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
