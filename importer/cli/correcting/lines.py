"""What a page is drawn from: pieces of text, each with a colour, cut to the width of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from importer.credentials import without_credentials
from importer.invisible import escaped


class Look(StrEnum):
    """How a piece of text looks; without colours the words alone must do."""

    PLAIN = ""
    TITLE = "bold"
    SURE = "fg:ansigreen"
    DOUBTFUL = "fg:ansiyellow"
    FAINT = "fg:ansibrightblack"
    HERE = "reverse"


class Piece(NamedTuple):
    """A piece of a line and how it looks."""

    text: str
    look: Look = Look.PLAIN


BETWEEN = " · "
"""What parts the keys that are explained."""

Line = tuple[Piece, ...]
"""A line of a page."""


def line(text: str, look: Look = Look.PLAIN) -> Line:
    """Return a line that looks the same all over."""
    return (Piece(text, look),)


def cut(text: str, width: int) -> str:
    """Return a text in one line that does no harm, not wider than so many letters."""
    whole = " ".join(escaped(without_credentials(text)).split())
    if cell_len(whole) <= width:
        return whole
    return set_cell_size(whole, max(width - 1, 0)).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """Return a text that is exactly so wide."""
    return set_cell_size(cut(text, width), width)


def wrapped(text: str, width: int, most: int = 2) -> list[str]:
    """Return a text broken between its words into lines, at most so many."""
    words = cut(text, width * most).split(" ")
    found = [""]
    for word in words:
        longer = f"{found[-1]} {word}".lstrip()
        if cell_len(longer) <= width:
            found[-1] = longer
        else:
            found.append(word)
    return [cut(one, width) for one in found[:most]]


def window(count: int, here: int, height: int) -> range:
    """Return which of so many lines are shown, so that the one at `here` is among them."""
    first = max(0, min(here - height // 2, count - height))
    return range(first, min(first + height, count))


def columns_of(rows: Sequence[Sequence[str]], widest: Sequence[int]) -> list[int]:
    """Return how wide each column of a table must be, at most `widest`."""
    return [
        min(most, max((cell_len(row[at]) for row in rows), default=0))
        for at, most in enumerate(widest)
    ]


def keys_line(keys: Iterable[tuple[str, str]], width: int) -> list[Line]:
    """Return what the keys do, in as many lines as that takes."""
    found: list[str] = []
    for one in (f"{key} {does}" for key, does in keys):
        if found and cell_len(longer := f"{found[-1]}{BETWEEN}{one}") <= width:
            found[-1] = longer
        else:
            found.append(one)
    return [line(cut(each, width), Look.FAINT) for each in found]
