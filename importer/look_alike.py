"""Names that look alike: the form they share, and what tells one from the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from importer.invisible import INVISIBLE, visible

_SMALL = str.maketrans("авекмнорстухіјѕο", "abekmhopctyxijso")
"""Cyrillic letters that look like Latin ones, small or as capitals; and one Greek letter."""

_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")
"""Greek letters that look like Latin ones as capitals only: nobody takes `μm` for `mm`."""

_DRAWN = "".join(map(chr, range(0xFE00, 0xFE10)))
"""What says how an emoji is drawn."""

_SIGNS = str.maketrans("‐‑‒–—―−‘’‚‛′“”„‟", "-------'''''" + '"' * 4, _DRAWN)

_FANCY = re.compile(f"[{INVISIBLE}{''.join(map(chr, _SIGNS))}]")
_FOREIGN = re.compile("[\u0370-\u04ff]")
_GREEK_WORD = re.compile("[\u0370-\u03ff]{2}")
_LATIN = re.compile("[A-Za-z]")

Case: TypeAlias = Callable[[str], str]
"""Writes a name in one case: names that differ in nothing else become equal."""

CASES: tuple[Case, ...] = (str.lower, str.upper, str.title)

PLAIN_BLANKS = "more than one blank"

_WORDS = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


def look(name: str) -> str:
    """Return what names that look alike have in common.

    Case, the number and kind of blanks, forms of a letter, dash or quote, and invisible characters
    make no difference, nor do letters of another script within a Latin name, or in a name that
    could be written with Latin ones throughout.
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    folded = _sober(name)
    folded = _in_latin(folded) if _FOREIGN.search(folded) else folded.casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _in_latin(name: str) -> str:
    """Return a name without case, with Latin letters for what looks like these, if they suffice."""
    is_mixed = _LATIN.search(name)
    word = name if is_mixed or not _GREEK_WORD.search(name) else name.upper()
    latin = word.translate(_CAPITALS).casefold().translate(_SMALL)
    return latin if is_mixed or not _FOREIGN.search(latin) else name.casefold()


def _sober(name: str) -> str:
    """Return a name in plain forms of its letters, dashes and quotes, nothing of it invisible."""
    name = unicodedata.normalize("NFKC", name)
    return visible(name).translate(_SIGNS) if _FANCY.search(name) else name


def is_plain(name: str) -> bool:
    """Return whether a name holds nothing that is hard to see."""
    plain = " ".join(name.split())
    if not plain.isascii():
        plain = _sober(plain)
    return name == plain


def difference(name: str, other: str) -> str:
    """Return what tells a name from one that looks alike: ``but has a NO-BREAK SPACE after `A` ``.

    It is the end of a sentence that names both; `which` means the other name.
    """
    if name.lower() == other.lower():
        return "but differs in upper and lower case"
    here, there = hidden(name, other)
    if here or there:
        return f"but has {here}" if here else f"which has {there}"
    return "but is spelt with other characters"


def hidden(name: str, other: str) -> tuple[str, str]:
    """Return what is hard to see, and where, in each of two names where they first differ."""
    one, two = name.lower(), other.lower()
    if len(one) != len(name) or len(two) != len(other):
        one, two = name, other
    pairs = zip(one, two, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))
    return _remarkable(name, at), _remarkable(other, at)


def _remarkable(text: str, at: int) -> str:
    """Return the character at a position and where it stands, if it is one that is hard to see."""
    for i in (at, at + 1):
        if i < len(text) and (what := _named(text, i)):
            before = text[:i].split()
            return f"{what} after `{before[-1]}`" if before else f"{what} at its beginning"
    return ""


def _named(text: str, at: int) -> str:
    sign = text[at]
    if sign == " ":
        return PLAIN_BLANKS if text[at - 1 : at].isspace() else ""
    if sign in _WORDS:
        return _WORDS[sign]
    unseen = sign in INVISIBLE or sign.isspace() or unicodedata.combining(sign)
    if unseen or (not sign.isascii() and look(f"x{sign}") != f"x{sign.casefold()}"):
        full = unicodedata.name(sign, f"character U+{ord(sign):04X}")
        return f"an {full}" if full[0] in "AEIO" else f"a {full}"
    return ""


def alike(names: Collection[str]) -> Iterator[list[str]]:
    """Yield the names that look alike, of names that differ; at little cost where none do."""
    groups: dict[str, list[str]] = {}
    if len(looks(names)) < len(names):
        for name in sorted(names):
            groups.setdefault(look(name), []).append(name)
    return (group for group in groups.values() if len(group) > 1)


def looks(names: Collection[str]) -> set[str]:
    """Return the look of each name: all at once where no name holds anything unusual."""
    joined = "\n".join(names)
    if not joined.isascii():
        either_case = joined + joined.casefold()
        if any(sign in either_case for sign in _STRANGE):
            return set(map(look, names))
        joined = unicodedata.normalize("NFKC", joined)
    if not _are_lines(joined, len(names)):
        return set(map(look, names))
    return set(unicodedata.normalize("NFKC", joined.casefold()).split("\n"))


def cases(names: Collection[str], among: Sequence[Case]) -> list[Case]:
    """Return the cases in which all of the names are written; none where one is unusual.

    Names in one case that look alike are equal.
    """
    joined = "\n".join(names)
    if not joined.isascii() or not _are_lines(joined, len(names)):
        return []
    return [case for case in among if case(joined) == joined]


def _are_lines(joined: str, number: int) -> bool:
    """Return whether so many names, joined by line breaks, hold no blanks that look like others."""
    lines = f"\n{joined}\n"
    return lines.count("\n") <= number + 1 and not any(blank in lines for blank in _ODD_BLANKS)


_GREEK = "".join(map(chr, _CAPITALS))
_STRANGE = (*INVISIBLE, *map(chr, _SIGNS), *map(chr, _SMALL), *_GREEK, *_GREEK.lower())
_ODD_BLANKS = ("  ", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", " \n", "\n ")
