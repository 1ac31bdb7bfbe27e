"""Rows that are no data, each with its reason: repeated headings, totals, blank words, sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from importer.proposal.cells import Row, Texts, folded
from importer.proposal.forms import form_of
from importer.proposal.normalize import plain
from importer.proposal.proposal import Skipped
from importer.proposal.words import listed


def data_rows(rows: Sequence[Row], headings: Texts) -> tuple[list[Row], list[Skipped]]:
    """Return the rows below the headings that are data, and those that are none."""
    usual = median(len(row.filled) for row in rows[:200]) if rows else 0
    repeated = [folded(heading) for heading in headings]
    data, left = [], []
    for row in rows:
        reason = _reason(row, repeated, usual)
        if reason:
            left.append(Skipped(row.number, reason))
        else:
            data.append(row)
    return data, left


def _reason(row: Row, headings: Sequence[str], usual: float) -> str:
    """Return why a row is no data, nothing where it is."""
    filled = row.filled
    if _repeats(row, headings):
        return "repeats the headings"
    if len(filled) > 1 and all(plain(cell) in listed("column_types") for cell in filled):
        return "says what the columns hold"
    if _is_total(filled):
        return f"`{filled[0]}`: a line of totals"
    if all(form_of(cell) == "blank" for cell in filled):
        return "has only words that mean blank"
    if len(filled) == 1 and usual >= 3:
        return "a single cell is filled: a section or a note"
    return ""


def _repeats(row: Row, headings: Sequence[str]) -> bool:
    both = [(folded(cell), head) for cell, head in zip(row.cells, headings, strict=False) if cell]
    same = sum(cell == head for cell, head in both)
    return same >= 2 and same >= 0.8 * len(both)


def _is_total(filled: Sequence[str]) -> bool:
    """Return whether the first cell is a word for totals, with numbers or nothing beside it."""
    first = plain(filled[0]).strip(" :=")
    start = first.split(" ")[0].strip(":")
    if first not in listed("total_words") and start not in listed("total_words"):
        return False
    beside = [form_of(cell) for cell in filled[1:]]
    return all(form in ("integer", "number", "blank") for form in beside) and (
        bool(beside) or first in listed("total_words")
    )


def blank_words(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the words that stand for a blank cell, as they are written."""
    seen = {cell: None for row in rows for cell in row.cells if cell and form_of(cell) == "blank"}
    yield from seen
