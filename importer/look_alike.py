"""Names that look alike: the form they share, and what tells one from the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from importer.invisible import INVISIBLE, visible

_LETTERS = str.maketrans(
    "авекмнорстухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "abekmhopctyxijsABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that look like Latin ones; Cyrillic ones in lower case."""

_SIGNS = str.maketrans("‐‑‒–—―−‘’‚‛′“”„‟", "-------'''''" + '"' * 4)

_FANCY = re.compile(f"[{INVISIBLE}{''.join(map(chr, _SIGNS))}]")
_FOREIGN = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
_LATIN = re.compile("[a-z]")

PLAIN_BLANKS = "more than one blank"

_WORDS = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


def look(name: str) -> str:
    """Return what names that look alike have in common.

    Case, the number and kind of blanks, forms of a letter, dash or quote, and invisible characters
    make no difference, nor do letters of another script within a Latin name.
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    folded = _sober(name).casefold()
    if _LATIN.search(folded) and _FOREIGN.search(folded):
        folded = _sober(name).translate(_LETTERS).casefold().translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFKC", folded).split())


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
    lines = f"\n{joined}\n"
    if lines.count("\n") > len(names) + 1 or any(blank in lines for blank in _ODD_BLANKS):
        return set(map(look, names))
    return set(unicodedata.normalize("NFKC", joined.casefold()).split("\n"))


_STRANGE = (*INVISIBLE, *map(chr, _SIGNS), *map(chr, _LETTERS))
_ODD_BLANKS = ("  ", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", " \n", "\n ")
