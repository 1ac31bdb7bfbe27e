"""Rows that are no data, each with its reason: repeated headings, totals, blank words, sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from statistics import median

from importer.model import column_letter
from importer.proposal.cells import PROFILED, Row, Texts, folded
from importer.proposal.data import by_word, listed
from importer.proposal.forms import form_of
from importer.proposal.lone_names import LoneNames
from importer.proposal.plain import plain
from importer.proposal.profile import number_of
from importer.proposal.proposal import Skipped

_COMPARED = 30
"""A row below the headings is compared with so many that follow."""


def data_rows(rows: Sequence[Row], headings: Texts) -> tuple[list[Row], list[Skipped]]:
    """Return the rows below the headings that are data, and those that are none."""
    usual = median(len(row.filled) for row in rows[:200]) if rows else 0
    repeated = [folded(heading) for heading in headings]
    data, left, names = [], [], LoneNames(rows)
    for at, row in enumerate(rows):
        odd = (
            not at
            or (row.is_lone and not names.has(row))
            or _is_odd(row.first(), frozenset(repeated))
        )
        reason = _reason(row, repeated, usual, first=not at) if odd else ""
        if not at and not reason and _explains(row, rows[1:_COMPARED]):
            reason = "says what the columns hold"
        if reason:
            left.append(_left_out(row, reason))
        else:
            data.append(row)
    if _adds_up(data, usual):
        left.append(_left_out(data.pop(), "its numbers are the sums of those above"))
    return data, left


def _left_out(row: Row, reason: str) -> Skipped:
    at, text = next((at, cell) for at, cell in enumerate(row.cells) if cell)
    return Skipped(row.number, reason, column_letter(at + 1), text, len(row.filled) == 1)


@lru_cache(maxsize=50_000)
def _is_odd(first: str, headings: frozenset[str]) -> bool:
    """Return whether a row that begins with a cell may be no data."""
    word = _total_word(first)
    known = listed("total_words") | listed("column_types")
    return (
        folded(first) in headings
        or form_of(first) == "blank"
        or not {word, *_ends(word)}.isdisjoint(known)
    )


def _reason(row: Row, headings: Sequence[str], usual: float, *, first: bool) -> str:
    """Return why a row is no data, nothing where it is."""
    filled = row.filled
    if _repeats(row, headings):
        return "repeats the headings"
    if _describes(filled, first=first):
        return "says what the columns hold"
    if first and _counts(filled):
        return "numbers the columns"
    if _is_total(filled):
        return f"`{filled[0]}`: a line of totals"
    if all(form_of(cell) == "blank" for cell in filled):
        return "has only words that mean blank"
    if len(filled) == 1 and usual >= 3:
        return "a single cell is filled: a section or a note"
    return ""


def _describes(filled: Sequence[str], *, first: bool) -> bool:
    """Return whether cells are units or the types of columns."""
    units = by_word("units") if first else {}
    words = [plain(cell).strip("()[] .") for cell in filled]
    known = listed("column_types")
    return (len(words) > 1 or first) and all(word in known or word in units for word in words)


def _counts(filled: Sequence[str]) -> bool:
    """Return whether cells number the columns: 1, 2, 3 or A, B, C."""
    numbers = [str(at) for at in range(1, len(filled) + 1)]
    letters = [column_letter(at) for at in range(1, len(filled) + 1)]
    return len(filled) >= 3 and [cell.strip("().") for cell in filled] in (numbers, letters)


def _explains(row: Row, below: Sequence[Row]) -> bool:
    """Return whether a row says in words what shorter cells and numbers below it are."""
    cells = [(at, cell) for at, cell in enumerate(row.cells) if cell]
    told = [cell for at, cell in cells if _is_longer(cell, [each.cell(at) for each in below])]
    return len(cells) >= 3 and len(told) >= 0.7 * len(cells)


def _is_longer(cell: str, below: Sequence[str]) -> bool:
    filled = [each for each in below if each]
    wordy = len(cell.split()) >= 2 and bool(filled)
    return (
        wordy and len(cell) >= 2 * max(map(len, filled)) and form_of(cell) in ("text", "sentence")
    )


def _adds_up(rows: Sequence[Row], usual: float) -> bool:
    """Return whether the last row, less filled than others, has the sums of the columns."""
    if len(rows) < 4 or len(rows[-1].filled) >= usual:
        return False
    *above, last = rows[-PROFILED:]
    cells = [(at, number_of(cell)) for at, cell in enumerate(last.cells)]
    sums = [(total, [number_of(row.cells[at]) for row in above]) for at, total in cells if total]
    return bool(sums) and all(
        abs(total - sum(filter(None, numbers))) <= 0.005 * abs(total) for total, numbers in sums
    )


def _repeats(row: Row, headings: Sequence[str]) -> bool:
    both = [(folded(cell), head) for cell, head in zip(row.cells, headings, strict=False) if cell]
    same = sum(cell == head for cell, head in both)
    return same >= 2 and same >= 0.7 * len(both)


def _is_total(filled: Sequence[str]) -> bool:
    """Return whether the first cell is a word for totals, with numbers or nothing beside it."""
    first = _total_word(filled[0])
    if listed("total_words").isdisjoint({first, *_ends(first)}):
        return False
    beside = [form_of(cell) for cell in filled[1:]]
    return all(form in ("integer", "number", "blank") for form in beside) and (
        bool(beside) or first in listed("total_words")
    )


def _total_word(text: str) -> str:
    """Return a text as words for totals are compared: `Sub-total:` is `sub total`."""
    return plain(text).strip(" :=").replace("-", " ")


def _ends(text: str) -> tuple[str, str]:
    """Return the first and the last word of a text: `Total North House`, `North House total`."""
    words = text.split(" ")
    return words[0].strip(":"), words[-1]


def blank_words(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the words that stand for a blank cell, as they are written."""
    seen = {cell: None for row in rows for cell in row.cells if cell and form_of(cell) == "blank"}
    yield from seen
