"""Splits the text of a list cell into items, and reads the signs that add or remove them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from importer.invisible import trimmed

_SIGNED = re.compile(r"[+-]\S")
_SPACED = re.compile(r"[+-]\s+\S")
_SIGNS = ("+", "-")
_QUOTED = r'"(?:[^"]|"")*"'


def split(text: str, separators: Sequence[str]) -> list[str]:
    """Return the trimmed, non-empty items of a list cell.

    An item in double quotes may hold a separator, and a double quote written twice.
    """
    if '"' in text:
        items = map(trimmed, _splitter(tuple(separators)).findall(text))
        return [_unquoted(item) for item in items if item]
    pieces = [text]
    for separator in separators:
        if separator in text:
            pieces = [part for piece in pieces for part in piece.split(separator)]
    return list(filter(None, map(trimmed, pieces)))


Signs = tuple[list[str], list[str]]
"""The items that are added and those that are removed."""


class UnclearSigns(Struct, frozen=True):
    """Signs that may mean two things: why, and what to write instead."""

    message: str


def signed(text: str, separators: Sequence[str]) -> Signs | UnclearSigns | None:
    """Return the items of a list cell by their signs, `+` or `-`; None where no item has a sign.

    A name that begins with a sign stands in double quotes. A dash and a blank, as in a bulleted
    list, may mean either.
    """
    if "+" not in text and "-" not in text:
        return None
    items = _items(text, separators)
    if spaced := next(filter(_SPACED.match, items), None):
        return _spaced(spaced[0], spaced[1:].strip())
    plain = [item for item in items if not _SIGNED.match(item)]
    if len(plain) == len(items):
        return None
    if plain:
        other = next(item for item in items if item not in plain)
        return UnclearSigns(
            f"`{other}` has a sign and `{plain[0]}` has none: put + or - before every item, or "
            "before none. A name that begins with a sign stands in double quotes."
        )
    added, removed = (
        [_unquoted(item[1:].strip()) for item in items if item[0] == sign] for sign in "+-"
    )
    return added, removed


def _spaced(sign: str, name: str) -> UnclearSigns:
    does = {"+": "add it to", "-": "take it from"}[sign]
    return UnclearSigns(
        f"`{sign} {name}` begins with a sign and a blank: write `{name}`, or `{sign}{name}` to "
        f"{does} what is there."
    )


def quoted(item: str, separators: Sequence[str]) -> str:
    """Return an item as a list cell must have it: in double quotes where it would be changed."""
    split_up = any(mark in item for mark in ('"', *separators)) or trimmed(item) != item
    return '"{}"'.format(item.replace('"', '""')) if split_up or item[:1] in _SIGNS else item


def _items(text: str, separators: Sequence[str]) -> list[str]:
    """Return the items as the cell has them, with their quotes."""
    if '"' not in text:
        return split(text, separators)
    found = _splitter(tuple(separators)).findall(text)
    return list(filter(None, map(trimmed, found)))


@cache
def _splitter(separators: tuple[str, ...]) -> re.Pattern[str]:
    apart = "|".join(re.escape(separator) for separator in separators) or r"\Z"
    return re.compile(rf"(\s*[+-]?{_QUOTED}\s*|(?:(?!{apart})[\s\S])*)(?:{apart}|\Z)")


def _unquoted(item: str) -> str:
    quoted = re.fullmatch(_QUOTED, item)
    return item[1:-1].replace('""', '"') if quoted else item


LISTED = (",", ";", "|", "/", "\n", "\t", " & ", " + ", " and ", "\u3001", "\uff1b", "\uff0c")
"""What people write between the names of a list."""

_WRAPPING = " '\"[](){}\u201c\u201d\u2018\u2019"
_MOST = 20


def split_otherwise(text: str, separators: Sequence[str] = LISTED) -> Iterator[list[str]]:
    """Yield the names in a text by each separator that it has, then the text without brackets."""
    for separator in separators:
        if separator in text:
            names = (" ".join(name.split()).strip(_WRAPPING) for name in text.split(separator))
            parts = list(dict.fromkeys(filter(None, names)))
            if parts and len(parts) <= _MOST:
                yield parts
    bare = text.strip(_WRAPPING)
    if bare and bare != text:
        yield [bare]
