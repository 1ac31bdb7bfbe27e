"""Findings on how a text was read: a guessed encoding, spoilt letters, a file cut off."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.model import Finding, Severity
from importer.read.encoding_names import flag_of, name_of
from importer.read.excerpt import excerpt
from importer.read.mojibake import may_be_spoilt, repaired
from importer.way_out import way_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from importer.model import Cell, Place
    from importer.read.eight_bit import Guess

    At = Callable[[int, int], Place]
    """Makes the place of a row and a column, both from 1."""

LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
MOST_LOOKED_AT = 1000
BEST = 3
SAVE_ANEW = "Wrong? Save the file anew as UTF-8 where it was made, and upload that."


class Sample(Struct, frozen=True):
    """A cell that shows how a text was read: row and column from 1, and its text."""

    row: int
    column: int
    text: str


def guessed_encoding(guess: Guess, rows: Iterable[Sequence[Cell]], at: At) -> Finding | None:
    """Return what a guess has made of a cell, and how to overrule it; a warning if it is close."""
    sample = telling(rows, guess)
    if sample is None:
        return None
    place, name = at(sample.row, sample.column), name_of(guess.encoding)
    words = f"Read as {name}, for example `{sample.text}` in {place.cell}."
    other = read_as(sample.text, guess)
    if guess.close and other:
        words += f" As {name_of(guess.other)} it is `{other}`."
    words += way_out(f" Wrong? --encoding {flag_of(guess.other)}", f" {SAVE_ANEW}")
    severity = Severity.WARNING if guess.close else Severity.INFO
    return Finding(FindingCode.GUESSED_ENCODING, words, place, severity, sample.text)


def telling(rows: Iterable[Sequence[Cell]], guess: Guess) -> Sample | None:
    """Return a cell that the other encoding reads otherwise, best one with a letter beyond ASCII.

    Where none of the first foreign cells does, it is the first of them.
    """
    best: tuple[int, Sample] | None = None
    for row, column, text in islice(foreign(rows), MOST_LOOKED_AT):
        letter = LETTER.search(text)
        rank = 2 * bool(read_as(text, guess)) + bool(letter)
        if best is None or rank > best[0]:
            start = different_at(text, guess) if rank > 1 else letter and letter.start()
            best = (rank, Sample(row, column, excerpt(text, start or 0)))
        if rank == BEST:
            break
    return best[1] if best else None


def foreign(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of each cell beyond ASCII."""
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if type(cell) is str and not cell.isascii():
                yield row, column, cell


def different_at(text: str, guess: Guess) -> int:
    """Return where the two readings of a text part."""
    other = read_as(text, guess)
    return next(
        (at for at, pair in enumerate(zip(text, other, strict=False)) if pair[0] != pair[1]), 0
    )


def read_as(text: str, guess: Guess) -> str:
    """Return a text in the other encoding, empty where that changes nothing."""
    raw = text.replace("…", "").encode(guess.encoding, "replace")
    other = raw.decode(guess.other, "replace")
    return "" if other == text else other


def overruled(named: str, encoding: str, at: At) -> Finding:
    """Return what the file proves to be, where another encoding was named."""
    words = (
        f"The file is {name_of(encoding)}, as its bytes prove, and is read so: "
        f"{way_out(f'--encoding {flag_of(named)}', name_of(named))} counts for files that prove "
        "nothing."
    )
    return Finding(FindingCode.GUESSED_ENCODING, words, at(0, 0), Severity.INFO)


def spoilt(rows: Iterable[Sequence[Cell]], at: At) -> Finding | None:
    """Return a warning that shows the first spoilt text as it was, and counts them all."""
    count, first, before = 0, None, ""
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if type(cell) is str and may_be_spoilt(cell) and (was := repaired(cell)):
                count += 1
                if first is None:
                    first, before = Sample(row, column, cell), was
    if first is None:
        return None
    many = f" {count:,} cells look like that: correct them" if count > 1 else " Correct it"
    words = (
        f"`{excerpt(first.text, 0)}` was probably `{excerpt(before, 0)}`: UTF-8 that was opened "
        f"in another encoding and saved.{many}, or import the file from before."
    )
    place = at(first.row, first.column)
    return Finding(FindingCode.MOJIBAKE, words, place, Severity.WARNING, first.text, before)


def closed_early(found: dict[int, list[int]], at: At) -> list[Finding]:
    """Return a warning for each cell that goes on after its closing quote."""
    words = (
        'A quotation mark (") closes inside the cell and is left out: put the whole cell in '
        "quotes, with the marks inside doubled."
    )
    return [
        Finding(FindingCode.CLOSED_EARLY, words, at(row, column), Severity.WARNING)
        for row, columns in found.items()
        for column in columns
    ]


def cut_off(row: int, cells: int, usual: int, at: At) -> Finding:
    """Return a warning that the last line stops after fewer cells than every other."""
    words = (
        f"The last line stops after {cells} of {usual} cells and has no line end: the file may be "
        "cut off. Compare it with where it comes from."
    )
    return Finding(FindingCode.CUT_OFF, words, at(row, cells), Severity.WARNING)
