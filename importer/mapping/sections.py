"""Rows that name the part of the list below them, such as `Floor 2`: values of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.fill_down import column_of
from importer.mapping.header import own_columns
from importer.mapping.required import is_filled
from importer.model import Cell, CellFault, Cells, Finding, Severity
from importer.row_ranges import in_words
from importer.spreadsheet import column_number
from importer.suggest import listed
from importer.template import Column as Rule
from importer.template import SheetRule
from importer.template.patterns import Pattern, compiled


class Section(Struct, frozen=True):
    """A column (0-based) whose blank cells have the text of the section above.

    It is one that the sheet has not where it stands right of all columns of the sheet. `under` is
    the column in which the sections stand, None for any; their texts fit `pattern`.
    """

    heading: str
    column: int
    under: int | None = None
    pattern: Pattern | None = None

    def takes(self, column: int, cell: Cell) -> bool:
        """Return whether a cell that stands alone in its row names such a section."""
        if self.under not in (None, column) or isinstance(cell, CellFault):
            return False
        return self.pattern is None or self.pattern.fullmatch(shown(cell).strip()) is not None


def bound_sections(
    rule: SheetRule, found: Mapping[str, Sequence[int]], width: int
) -> tuple[Section, ...]:
    """Return the columns of a sheet of so many columns that have their texts from sections.

    `found` are the columns (0-based) that the sheet has, by heading.
    """
    columns = (column for entity in rule.entities for column in entity.columns)
    named = {column.heading: column for column in columns if column.in_sections}
    new = iter(range(width, width + len(named)))
    return tuple(
        _bound(column, found[name][0] if name in found else next(new))
        for name, column in named.items()
    )


def _bound(rule: Rule, column: int) -> Section:
    under = column_number(rule.letter) - 1 if rule.letter else None
    return Section(rule.heading, column, under, compiled(rule.extract) if rule.extract else None)


class _Seen(Struct):
    """The sections that were seen for a column: their rows, and their first texts."""

    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


class SectionRows:
    """The rows of a sheet that are sections; chunks come in order.

    Such a row has one filled cell. A new text of a column ends those of the columns after it.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._own = set(own_columns(sheet.header))
        self._values: list[Cell] = [""] * len(sheet.sections)
        self._begun: list[tuple[int, list[Cell]]] = []
        self._seen = {section.heading: _Seen() for section in sheet.sections}

    def leave_out(
        self, cells: Sequence[Column], numbers: Sequence[int], others: Iterable[int]
    ) -> set[int]:
        """Return the positions of the sections of a chunk, but for `others`; note their texts."""
        self._begun = [(0, self._values)]
        found: set[int] = set()
        for at, column in self._alone(cells) if self._sheet.sections else ():
            if at not in others and self._begin(numbers[at], column, cells[column][at]):
                found.add(at)
        return found

    def _alone(self, cells: Sequence[Column]) -> Iterator[tuple[int, int]]:
        """Yield position and column of each cell that is alone in its row, from top to bottom."""
        users = [(index, column) for index, column in enumerate(cells) if index not in self._own]
        filled = [
            (at, i) for i, column in users for at, cell in enumerate(column) if is_filled(cell)
        ]
        count = Counter(at for at, _ in filled)
        yield from sorted((at, index) for at, index in filled if count[at] == 1)

    def _begin(self, row: int, column: int, cell: Cell) -> bool:
        """Note the section that a row begins; return whether it is one."""
        values, new, taken = list(self._values), False, False
        for at, section in enumerate(self._sheet.sections):
            if section.takes(column, cell):
                new, taken = new or values[at] != cell, True
                values[at] = cell
                self._note(self._seen[section.heading], row, shown(cell).strip())
            elif new:
                values[at] = ""
        if taken:
            self._values = values
            self._begun.append((row, values))
        return taken

    def _note(self, seen: _Seen, row: int, text: str) -> None:
        seen.rows.append(row)
        if text not in seen.texts:
            seen.texts.append(text)

    def fill(self, cells: list[Column], rows: Sequence[int]) -> None:
        """Fill the blank cells of a chunk, whose rows have these numbers, and add its columns."""
        if not self._sheet.sections:
            return
        del cells[self._sheet.width :]
        above = list(self._above(rows))
        for at, section in enumerate(self._sheet.sections):
            column = column_of(cells, section.column, len(rows))
            filled = zip(column, above, strict=True)
            cells[section.column] = Cells(
                cell if is_filled(cell) else values[at] for cell, values in filled
            )

    def _above(self, rows: Sequence[int]) -> Iterator[list[Cell]]:
        """Yield the texts of the sections above each row."""
        begun, at = self._begun, 0
        for row in rows:
            while at + 1 < len(begun) and begun[at + 1][0] < row:
                at += 1
            yield begun[at][1]

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each column that has texts of sections."""
        counted: set[int] = set()
        for heading, seen in self._seen.items():
            if seen.rows:
                new = set(seen.rows) - counted
                counted |= new
                one = len(seen.rows) == 1
                what = "is a section: its text" if one else "are sections: their texts"
                verb = "is" if one else "are"
                message = (
                    f"{in_words(seen.rows).capitalize()} {what} ({listed(seen.texts)}) {verb} the "
                    f"{heading} of the rows below."
                )
                place = self._sheet.place(seen.rows[0])
                more = max(len(new) - 1, 0)
                code = FindingCode.LEFT_OUT_ROWS
                yield Finding(code, message, place, Severity.INFO, more_rows=more)
