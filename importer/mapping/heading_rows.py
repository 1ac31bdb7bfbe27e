"""Finds rows that are no rows of a list: headings repeated, ruled lines, a second table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet, HeadingWords
from importer.mapping.columns import Column, kinds_of
from importer.mapping.conversion.values import shown
from importer.mapping.header import ALIKE, SEARCHED, headed, needed
from importer.mapping.required import is_filled
from importer.model import OWN_COLUMNS, Finding, Severity
from importer.row_ranges import in_words
from importer.suggest import Speller, listed
from importer.template import fold, fold_all

_LINE_BEGINS = "-=_:\u2010\u2011\u2012\u2013\u2014\u2015"
_LINE = re.compile(r":?[-=_\u2010-\u2015]{2,}:?\s*")
"""A line drawn with letters: `----`, `====`, `:---`."""

_FEW = 3
"""A row of so few filled cells heads a table only if all of them are headings."""


class HeadingRows:
    """The headings below the heading row of one sheet.

    A row of the sheet's own headings is no row of the list, nor is one of dashes alone. From a row
    of other headings on the cells stand under headings that are not theirs: `second` is its number,
    and nothing from there on is imported.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._words: HeadingWords = sheet.heading_words
        self._own = [fold(heading) for heading in sheet.header.headings]
        spelt = (heading for heading in sheet.header.headings if heading)
        self._spellings = self._words.spellings | frozenset(spelt)
        self._first = [at for at, heading in enumerate(self._own) if heading][:2]
        self._fewest = len(self._first)
        self._folded = self._words.known | {heading for heading in self._own if heading}
        ours = {fold(name) for name in OWN_COLUMNS}
        self._reported = [at for at, heading in enumerate(self._own) if heading in ours]
        self._repeated: list[int] = []
        self._lines: list[int] = []
        self._headings: tuple[str, ...] = ()
        self._below: list[int] = []
        self.second = 0

    def leave_out(self, cells: list[Column], rows: Sequence[int]) -> tuple[set[int], int]:
        """Return the positions of the rows that are none of the list, and where the table ends.

        The second value is the position of the first row of another table, else `len(rows)`.
        """
        repeated: set[int] = set()
        end = 0 if self.second or self._sheet.headless else len(rows)
        if not end or not self._first:
            return repeated, end
        first = _distinct(cells, self._first[0])
        for at in self._suspects(cells, first):
            texts = self._texts(cells, at)
            if self._repeats(texts):
                repeated.add(at)
            elif self._heads_another(texts) and not self._is_like_others(cells, texts):
                self.second, end = rows[at], at
                self._headings = tuple(filter(None, texts))
                break
        lines = {at for at in self._ruled(cells, first) if at < end}
        self._repeated += sorted(rows[at] for at in repeated)
        self._lines += sorted(rows[at] for at in lines)
        return repeated | lines, end

    def _texts(self, cells: list[Column], at: int) -> list[str]:
        """Return the cells of a row as texts, blank where an earlier report wrote its outcome."""
        texts = [shown(column[at]).strip() for column in cells]
        for index in self._reported:
            texts[index : index + 1] = [""] * (index < len(texts))
        return texts

    def below(self, cells: list[Column], rows: Sequence[int], end: int) -> list[int]:
        """Return the rows of another table, from the position `end` on."""
        if end == len(rows):
            return []
        users = [column[end:] for i, column in enumerate(cells) if i not in self._reported]
        filled = filled_rows(users, len(rows) - end)
        found = [rows[end + at] for at in filled]
        self._below += found
        return found

    def _suspects(self, cells: list[Column], first: set[str]) -> list[int]:
        """Return the positions of the rows in which enough cells may be headings."""
        return sorted({*self._spelt(cells), *self._respelt(cells, first)})

    def _respelt(self, cells: list[Column], first: set[str]) -> set[int]:
        """Return the rows whose first two cells are headings, however they are written.

        `first` are the distinct texts of the first column.
        """
        found: set[int] | None = None
        for index in self._first:
            texts = first if found is None else _distinct(cells, index)
            if self._folded.isdisjoint(fold_all(texts)):
                return set()
            names = {text for text in texts if fold(text) in self._folded}
            here = {at for at, cell in enumerate(cells[index]) if cell in names}
            found = here if found is None else found & here
        return found or set()

    def _spelt(self, cells: list[Column]) -> list[int]:
        """Return the rows in which enough cells are spelt like headings, in any columns."""
        counted: Counter[int] = Counter()
        columns = [column for column in cells if not self._spellings.isdisjoint(column)]
        for column in columns if len(columns) >= self._fewest else ():
            counted.update(at for at, cell in enumerate(column) if cell in self._spellings)
        return [at for at, count in counted.items() if count >= self._fewest]

    def _ruled(self, cells: list[Column], first: set[str]) -> Iterator[int]:
        """Yield the rows whose filled cells hold nothing but dashes, as below headings in SQL.

        `first` are the distinct texts of the first column.
        """
        lines = {text for text in first if text[:1] in _LINE_BEGINS and _LINE.fullmatch(text)}
        column = cells[self._first[0]] if lines else []
        for at in [at for at, cell in enumerate(column) if cell in lines]:
            if all(map(_LINE.fullmatch, filter(None, self._texts(cells, at)))):
                yield at

    def _repeats(self, texts: Sequence[str]) -> bool:
        """Return whether every filled cell of a row is the heading of its column, and most are."""
        filled = [(i, fold(text)) for i, text in enumerate(texts) if text]
        same = all(i < len(self._own) and self._own[i] == text for i, text in filled)
        return same and 2 * len(filled) >= sum(1 for heading in self._own if heading)

    def _heads_another(self, texts: Sequence[str]) -> bool:
        """Return whether a row holds little but known headings, a required one among them.

        A list may have rows about headings, such as a term `Category` of a glossary `Metadata`.
        """
        filled = [fold(text) for text in texts if text]
        known = sum(1 for text in filled if text in self._words.known)
        needed = any(text in self._words.required for text in filled)
        enough = 3 * known >= 2 * len(filled) if len(filled) > _FEW else known == len(filled)
        return needed and known >= 2 and enough

    def _is_like_others(self, cells: list[Column], texts: Sequence[str]) -> bool:
        """Return whether a cell that is no heading stands in other rows of its column too."""
        values = [(i, text) for i, text in enumerate(texts) if text]
        return any(
            fold(text) not in self._words.known and cells[i].count(text) > 1 for i, text in values
        )

    def findings(self) -> Iterator[Finding]:
        """Yield what the whole sheet holds, once all its rows are read."""
        place = self._sheet.place
        if self._repeated:
            words = f"The headings are repeated in {in_words(self._repeated)}; this is skipped."
            code = FindingCode.REPEATED_HEADINGS
            yield Finding(code, words, place(self._repeated[0]), Severity.INFO)
        if self._lines:
            words = f"Nothing but dashes stands in {in_words(self._lines)}; this is skipped."
            yield Finding(FindingCode.RULED_LINE, words, place(self._lines[0]), Severity.INFO)
        if self._sheet.headless and self._below:
            yield Finding(FindingCode.HEADINGS_NOT_FOUND, self._no_headings(), place(0))
        if self.second:
            yield Finding(FindingCode.SECOND_HEADINGS, self._message(), place(self.second))

    def _no_headings(self) -> str:
        rule, count = self._sheet.rule, len(self._below)
        names = list(dict.fromkeys((*needed(rule), *rule.known_by)))
        return (
            f"The sheet {self._sheet.name} has no row with the headings of {rule.name} "
            f"({listed(names, 4)}) among its first {SEARCHED} rows, so none of its rows "
            f"({count:,}) is imported: correct the headings, or rename the sheet if it is not for "
            f"import. Seen: {listed(self._sheet.seen, 8)}.{self._lacking(names)}"
        )

    def _lacking(self, names: Sequence[str]) -> str:
        """Return which headings the row lacks that was seen, and what stands for them."""
        columns = headed(self._sheet.rule)
        seen = {fold(text): text for text in self._sheet.seen}
        known = {fold(each) for column in columns.values() for each in column.names}
        lacking = [n for n in names if seen.keys().isdisjoint(map(fold, columns[n].names))]
        if not lacking or len(lacking) == len(names):
            return ""
        speller = Speller((text for at, text in seen.items() if at not in known), ALIKE, fold=fold)
        near = ((name, speller.nearest(name)) for name in lacking)
        said = (f"{name} (`{text}`?)" if text else name for name, text in near)
        return f" It lacks {', '.join(said)}."

    def _message(self) -> str:
        own, row = [h for h in self._sheet.header.headings if h], self._sheet.header.row
        return (
            f"Row {self.second} looks like the headings of a second table "
            f"({listed(self._headings, 4)}); the first are in row {row} ({listed(own, 4)}). "
            f"A sheet holds one table, so nothing of {in_words(self._below)} is imported: put the "
            "second table on a sheet of its own, or all its columns under the first headings."
        )


def _distinct(cells: list[Column], index: int) -> set[str]:
    """Return the distinct texts of a column."""
    column = cells[index] if index < len(cells) else []
    if kinds_of(column) == {str}:
        return set(column)
    return {cell for cell in column if type(cell) is str}


def filled_rows(columns: list[Column], count: int) -> list[int]:
    """Return which of the first `count` rows have a filled cell in any of the columns."""
    rows = islice(zip(*columns, strict=True), count)
    return [at for at, row in enumerate(rows) if any(map(is_filled, row))]
