"""Rows that a line break or a quotation mark has broken: what their lengths and lines show.

Some files leave out the blank cells at the end of their rows. Their rows are short as a habit, and
none of them is taken for broken because of that.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.model import Finding, Severity
from importer.read.delimiter import DELIMITERS
from importer.read.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importer.model import Place
    from importer.read.doubts import At

KEPT = 200
"""How many short rows, and how many cells of many lines, are looked at."""

FEW = 50
"""Short rows are no habit where fewer than one row in so many is short."""

INCHES = re.compile(r'\d"')


class Row(NamedTuple):
    """A row by its number from 1."""

    number: int
    cells: list[str]


class Taken(NamedTuple):
    """A cell with line breaks: its later lines have as many cells as a row of `width` has."""

    row: int
    column: int
    width: int
    lines: list[str]


class RowShapes(Struct):
    """What one pass over the rows below the headings notes of their lengths.

    `width` is the number of headings, `first` are the first rows that are full.
    """

    width: int = 0
    rows: int = 0
    short: int = 0
    kept: list[Row] = field(default_factory=list)
    first: list[list[str]] = field(default_factory=list)

    def note_short(self, number: int, cells: list[str]) -> None:
        """Keep a row that has fewer cells than there are headings."""
        self.short += 1
        if len(self.kept) < KEPT:
            self.kept.append(Row(number, cells))

    @property
    def padded(self) -> bool:
        """Whether the file writes blank cells at the end of rows, so that none is left out."""
        return any(not cells[-1] for cells in self.first)

    @property
    def few_are_short(self) -> bool:
        """Whether so few rows are short that it is no habit of the file."""
        return self.short * (5 if self.padded else FEW) <= self.rows


def width_of(headings: Sequence[str]) -> int:
    """Return the number of headings, without blank ones at the end."""
    return max((at for at, cell in enumerate(headings, 1) if cell.strip()), default=0)


def broken_rows(shapes: RowShapes, delimiter: str, at: At) -> Iterator[Finding]:
    """Yield a warning for each row that stands in one cell, is divided in two, or stops short."""
    if shapes.width < 2:
        return
    whole = {row.number for row in shapes.kept if in_one_cell(row.cells, shapes.width)}
    halves = dict(divided(shapes))
    for row in shapes.kept:
        place = at(row.number, len(row.cells))
        if row.number in whole:
            yield warning(FindingCode.BROKEN_ROW, one_cell(row.cells[0], delimiter), place)
        elif row.number in halves:
            words = in_two(row.number, halves[row.number], shapes.width)
            yield warning(FindingCode.BROKEN_ROW, words, place)
        elif shapes.few_are_short and row.number not in halves.values():
            yield warning(FindingCode.BROKEN_ROW, too_short(len(row.cells), shapes.width), place)


def in_one_cell(cells: list[str], width: int) -> bool:
    """Return whether a row's only cell holds a whole row, as a delimiter divides it."""
    if len(cells) > 1:
        return False
    rows = (as_row(cells[0], each) for each in DELIMITERS)
    return any(len(row) == width and is_tight(row) for row in rows)


def as_row(cell: str, delimiter: str) -> list[str]:
    """Return the cells of the row that stands in a cell, none where it holds no row."""
    try:
        return next(csv.reader([cell], delimiter=delimiter), [])
    except csv.Error:  # a line break outside of quotes, or a text too long for a cell
        return []


def is_tight(cells: list[str]) -> bool:
    """Return whether cells are those of a row, not the parts of a sentence or of a number."""
    if not cells[0] or any(cell[:1].isspace() for cell in cells[1:]):
        return False
    return not any(left[-1:].isdigit() and right[:1].isdigit() for left, right in pairwise(cells))


def divided(shapes: RowShapes) -> Iterator[tuple[int, int]]:
    """Yield the numbers of two rows after each other that a line break has made of one.

    In a small file the second must begin as no row begins, with a small letter.
    """
    sure = shapes.few_are_short or not any(begins_small(cells) for cells in shapes.first)
    taken = 0
    for one, two in pairwise(shapes.kept):
        fits = len(one.cells) + len(two.cells) == shapes.width + 1 and two.number <= one.number + 2
        begins = shapes.few_are_short or begins_small(two.cells)
        if sure and fits and begins and one.number > taken and not begins_small(one.cells):
            taken = two.number
            yield one.number, two.number


def begins_small(cells: list[str]) -> bool:
    """Return whether a row begins with a small letter."""
    return cells[0][:1].islower()


def rows_in_cells(found: list[Taken], width: int, at: At) -> Iterator[Finding]:
    """Yield a warning for each cell that seems to have taken in the rows below it."""
    for each in found:
        if each.width == width > 1:
            place = at(each.row, each.column)
            yield warning(FindingCode.ROWS_IN_A_CELL, taken_in(each, place.cell), place)


def taken_in_by(row: int, record: list[str], lines: list[str], delimiter: str) -> Taken | None:
    """Return the cell of a record of many lines if the later lines look like rows of their own."""
    later = [line.rstrip("\r\n") for line in lines[1:]]
    width, _ = Counter(line.count(delimiter) + 1 for line in later).most_common(1)[0]
    rows = [line for line in later if line.count(delimiter) + 1 == width]
    tight = sum(is_tight(line.split(delimiter)) for line in rows)
    if width < 2 or not are_rows(tight, width, later):
        return None
    column = next((at for at, cell in enumerate(record, 1) if "\n" in cell or "\r" in cell), 1)
    return Taken(row, column, width, rows[:KEPT])


def are_rows(tight: int, width: int, lines: list[str]) -> bool:
    """Return whether enough lines are like rows of the width: a line of text may have one comma."""
    several = tight > 1 or INCHES.search(lines[-1]) is not None
    return several and tight >= len(lines) * (1 if width == 2 else 0.5)


def warning(code: FindingCode, words: str, place: Place) -> Finding:
    """Return a warning about how the file was read."""
    return Finding(code, words, place, Severity.WARNING)


def one_cell(text: str, delimiter: str) -> str:
    """Say that a whole row stands in one cell."""
    name = DELIMITERS.get(delimiter, f"`{delimiter}`")
    return (
        f"`{excerpt(text, 0)}` stands in one cell and looks like a whole row: the cells of this "
        f"file are divided by {name}, and quotes hold a cell together. Write it like other rows."
    )


def in_two(one: int, two: int, width: int) -> str:
    """Say that two rows are probably one."""
    return (
        f"Rows {one:,} and {two:,} together have the {width} cells of one row: a line break has "
        "probably divided it. Put the cell with the line break in double quotes."
    )


def too_short(cells: int, width: int) -> str:
    """Say that a row stops short."""
    return (
        f"The row stops after {cells} of {width} cells, and nearly all others have every cell: "
        "a line break may have divided it. Put a cell with a line break in double quotes."
    )


def taken_in(found: Taken, cell: str | None) -> str:
    """Say that rows stand inside a cell."""
    many = len(found.lines)
    lines = "a line that looks like a row" if many == 1 else f"{many:,} lines that look like rows"
    return (
        f'The quotation mark (") that opens {cell} takes in {lines}: '
        f"`{excerpt(found.lines[0], 0)}`. Where the mark itself is meant, put the cell in quotes "
        "and double the mark inside."
    )
