"""Names that look alike: the form they share, and what tells one from the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from importer.invisible import INVISIBLE, visible

_LETTERS = str.maketrans(
    "авекмнорстухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "abekmhopctyxijsABEZHIKMNOPTYXo",
)
"""Cyrillic and Greek letters that look like Latin ones; Cyrillic ones in lower case."""

_SIGNS = str.maketrans("‐‑‒–—―−‘’‚‛′`´“”„‟″", "-------'''''''\"\"\"\"\"")

PLAIN_BLANKS = "more than one blank"

_WORDS = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}


def look(name: str) -> str:
    """Return what names that look alike have in common.

    Case, the number and kind of blanks, forms of a letter, dash or quote, and invisible characters
    make no difference, nor do letters of another script within a Latin name.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKC", visible(name)).translate(_SIGNS)
    folded = name.casefold()
    if not folded.isascii() and any(map(_is_latin, folded)):
        folded = name.translate(_LETTERS).casefold().translate(_LETTERS)
        folded = unicodedata.normalize("NFKC", folded)
    return " ".join(folded.split())


def is_plain(name: str) -> bool:
    """Return whether a name holds nothing that is hard to see."""
    plain = " ".join(name.split())
    return name == (plain if plain.isascii() else unicodedata.normalize("NFKC", visible(plain)))


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


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
        for name in names:
            groups.setdefault(look(name), []).append(name)
    return (group for group in groups.values() if len(group) > 1)


def looks(names: Collection[str]) -> set[str]:
    """Return the look of each name; of plain ASCII names all at once."""
    joined = "\n".join(names)
    plain = joined.isascii() and joined.count("\n") == len(names) - 1
    if plain and not any(blank in f"\n{joined}\n" for blank in _ODD_BLANKS):
        return set(joined.casefold().split("\n"))
    return set(map(look, names))


_ODD_BLANKS = ("  ", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", " \n", "\n ")
