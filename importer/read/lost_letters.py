"""Cells in which letters were lost before, or signs stand that nobody typed.

A program that cannot show a letter writes a question mark or U+FFFD in its place. What stood there
is gone, and nothing brings it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.model import Finding, Severity
from importer.read.excerpt import excerpt
from importer.read.mojibake import REPLACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from importer.model import Cell
    from importer.read.doubts import At

END_OF_FILE = "\x1a"
CONTROLS = bytes((*range(1, 9), *range(14, 32), 127))
"""Control characters but for blanks, line breaks and NUL, which is a fault of its cell."""

CONTROL = re.compile(f"[{re.escape(CONTROLS.decode())}]")
MARK = re.compile(r"\?\??[a-z]+(?![\w=&/%?:.-])")
WORD_BEFORE = re.compile(r"(?:\A|[\s\"'(,;|])[A-Za-z][a-z]*\Z")
LONGEST_WORD = 40


def holds_controls(raw: bytes) -> bool:
    """Return whether a text's bytes hold control characters: a look for each of them is quick."""
    return any(sign in raw for sign in CONTROLS)


def may_hold_lost(text: str) -> bool:
    """Return whether letters of a text were lost: `Gr??e`, but not `page?id=1`."""
    return REPLACED in text or ("?" in text and any(map(is_lost, MARK.finditer(text))))


def is_lost(mark: re.Match[str]) -> bool:
    """Return whether the question mark stands inside a word."""
    before = mark.string[max(0, mark.start() - LONGEST_WORD) : mark.start()]
    return WORD_BEFORE.search(before) is not None


def lost_letters(rows: Iterable[Sequence[Cell]], at: At) -> Finding | None:
    """Return a warning on the first cell whose letters were lost, with the number of cells."""
    found = first_and_count(rows, may_hold_lost)
    if found is None:
        return None
    row, column, text, count = found
    sign = REPLACED if REPLACED in text else "?"
    many = f"{count:,} cells look like that: correct them" if count > 1 else "Correct it"
    words = (
        f"`{excerpt(text, text.index(sign))}` has lost letters: a program that could not show them "
        f"put `{sign}` in their place. {many}, or import the file from before."
    )
    return Finding(FindingCode.LOST_LETTERS, words, at(row, column), Severity.WARNING, text)


def control_characters(rows: Iterable[Sequence[Cell]], at: At) -> Finding | None:
    """Return a warning on the first cell with a control character, with the number of cells."""
    found = first_and_count(rows, lambda text: CONTROL.search(text) is not None)
    if found is None:
        return None
    row, column, text, count = found
    shown = CONTROL.sub(lambda sign: pictured(sign[0]), text)
    many = f"{count:,} cells hold such signs: type them anew" if count > 1 else "Type it anew"
    words = (
        f"`{excerpt(shown, 0)}` holds a control character, which nobody sees and which is sent as "
        f"it is. {many}."
    )
    return Finding(FindingCode.CONTROL_CHARACTER, words, at(row, column), Severity.WARNING, shown)


def pictured(control: str) -> str:
    """Return the picture of a control character: `\\x07` -> `␇`."""
    return "␡" if control == "\x7f" else chr(0x2400 + ord(control))


def first_and_count(
    rows: Iterable[Sequence[Cell]], wanted: Callable[[str], bool]
) -> tuple[int, int, str, int] | None:
    """Return row, column and text of the first wanted cell, and how many there are."""
    count, first = 0, None
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if type(cell) is str and wanted(cell):
                count += 1
                first = first or (row, column, cell)
    return (*first, count) if first else None
