"""The page of rows that are left out and words that mean blank: each of them can be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.page import Next
from importer.cli.correcting.ticking import Tick, Ticking

if TYPE_CHECKING:
    from importer.proposal import SheetProposal, Skipped

TITLE = "Rows left out, words for blank: tick what is to be imported"

Kept = Callable[[Correction], Ticking]
"""Makes the page anew, with what was kept."""

BLANK = "is read as a blank cell"


def left_out(correction: Correction, sheet: int, follows: Callable[[Correction], Next]) -> Ticking:
    """Return the page of a sheet; `follows` makes the one behind it, with what was kept."""
    page = partial(left_out, sheet=sheet, follows=follows)
    back = partial(follows, correction)
    return Ticking(
        TITLE, [*_rows(correction, sheet, page), *_words(correction, sheet, page)], back, back
    )


def _rows(correction: Correction, sheet: int, page: Kept) -> Iterator[Tick]:
    own = correction.sheet(sheet)
    for one in sorted((*own.skipped, *own.kept_rows), key=lambda one: one.row):
        changed = partial(_with_row, correction, sheet, one.row, page)
        name = f"row {one.row}: {one.reason}"
        free = changed if _may_be_kept(own, one) else None
        yield Tick(name, _text(one), one in own.kept_rows, free)


def _words(correction: Correction, sheet: int, page: Kept) -> Iterator[Tick]:
    own = correction.sheet(sheet)
    for text in sorted({*own.blanks, *own.kept_words}):
        changed = partial(_with_word, correction, sheet, text, page)
        yield Tick(f"`{text}` {BLANK}", "", text in own.kept_words, changed)


def _with_row(correction: Correction, sheet: int, number: int, page: Kept) -> Ticking:
    return page(correction.row(sheet, number))


def _with_word(correction: Correction, sheet: int, text: str, page: Kept) -> Ticking:
    return page(correction.word(sheet, text))


def _may_be_kept(sheet: SheetProposal, one: Skipped) -> bool:
    """Return whether a row can be data: none above the headings, none that is a section."""
    sections = sheet.sections
    is_section = sections and one.alone and one.column == sections.column
    return one.row > sheet.header_row and not is_section


def _text(one: Skipped) -> str:
    return "" if one.text in one.reason else one.text
