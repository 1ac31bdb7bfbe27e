"""Leaves out the rows that the template says are none: totals, notes, rows about other things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conditions import Condition, conditions
from importer.mapping.header import own_columns
from importer.mapping.heading_rows import filled_rows
from importer.mapping.required import is_filled
from importer.model import Finding, Severity
from importer.row_ranges import in_words
from importer.spreadsheet import column_number
from importer.template.sheet_rule import Skip


class BoundSkip(Struct):
    """A rule for rows to leave out, on the columns (0-based) of one sheet.

    `only` are the columns in which alone something stands in such a row, but for what an earlier
    report wrote beside it, in `ours`; `seen` are the rows that were left out. `cannot`: the sheet
    has no column that the rule asks about.
    """

    rule: Skip
    asked: list[Condition]
    only: frozenset[int]
    ours: frozenset[int] = frozenset()
    cannot: bool = False
    seen: list[int] = field(default_factory=list)

    def positions(self, cells: Sequence[Column], numbers: Sequence[int]) -> list[int]:
        """Return which rows of a chunk are left out; `numbers` are the spreadsheet's."""
        if self.cannot:
            return []
        rows = list(range(len(numbers)))
        if self.rule.rows:
            rows = [at for at in rows if numbers[at] in self.rule.rows]
        if self.only:
            rows = self._with_nothing_else(cells, rows)
        for condition in self.asked:
            rows = condition.among(cells, rows)
        return rows

    def _with_nothing_else(self, cells: Sequence[Column], rows: Sequence[int]) -> list[int]:
        if not rows:
            return []
        aside = self.only | self.ours
        others = [column for index, column in enumerate(cells) if index not in aside]
        filled = set(filled_rows(others, len(cells[0]))) if others else set()
        own = [cells[index] for index in self.only if index < len(cells)]
        alone = (at for at in rows if at not in filled)
        return [at for at in alone if any(is_filled(column[at]) for column in own)]


def bound_skips(sheet: BoundSheet, first: Mapping[str, int]) -> list[BoundSkip]:
    """Return the rules of a sheet for rows to leave out; `first` are the columns by heading."""
    ours = frozenset(own_columns(sheet.header))
    return [_bound(rule, first, ours) for rule in sheet.rule.skip]


def _bound(rule: Skip, first: Mapping[str, int], ours: frozenset[int]) -> BoundSkip:
    asked = conditions(rule.when, first)
    unless = conditions(rule.unless, first, negated=True)
    only = frozenset(first[name] if name in first else _index(name) for name in rule.only)
    known = [one for one in (*asked, *unless) if one]
    return BoundSkip(rule, known, only - {-1}, ours, cannot=None in asked or only == {-1})


def _index(letter: str) -> int:
    """Return a column by its letter, -1 for what is none."""
    is_letter = letter.isascii() and letter.isalpha() and letter.isupper() and len(letter) <= 3
    return column_number(letter) - 1 if is_letter else -1


class SkippedRows:
    """The rows of a sheet that are left out by its rules; chunks come in order."""

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet

    def leave_out(self, cells: Sequence[Column], numbers: Sequence[int]) -> set[int]:
        """Return the positions of the rows of a chunk that are left out."""
        found: set[int] = set()
        for skip in self._sheet.skips:
            new = [at for at in skip.positions(cells, numbers) if at not in found]
            skip.seen += [numbers[at] for at in new]
            found.update(new)
        return found

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each rule that left rows out."""
        for skip in self._sheet.skips:
            if skip.seen:
                words = f"Left out, since {skip.rule.words}: {in_words(skip.seen)}."
                place = self._sheet.place(skip.seen[0])
                yield Finding(
                    FindingCode.LEFT_OUT_ROWS,
                    words,
                    place,
                    Severity.INFO,
                    more_rows=len(skip.seen) - 1,
                )


def other_rows(sheet: BoundSheet, rows: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding on rows of which nothing is made, where the template leaves such rows out."""
    if rows:
        words = f"Left out, since nothing is to be made of such rows: {in_words(rows)}."
        yield Finding(
            FindingCode.LEFT_OUT_ROWS,
            words,
            sheet.place(rows[0]),
            Severity.INFO,
            more_rows=len(rows) - 1,
        )
