"""The sheets of a workbook, read by python-calamine and corrected by our own scan."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.memory import trim_heap
from importer.model import Finding, Severity, column_letter
from importer.read import doubts
from importer.read.cells import parsed_rows
from importer.read.input import InputSheet
from importer.read.lost_letters import lost_letters
from importer.read.sheet_scan import SheetScanner
from importer.read.trial import UNCOUNTED, is_bounded, too_much
from importer.read.unreadable import changed, refusal, workbook_errors
from importer.spreadsheet import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MergedRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from importer.model import Cell
    from importer.read.doubts import At
    from importer.read.input import Chunk
    from importer.read.package import Package
    from importer.read.sheet_facts import SheetFacts

MAX_AREA = 1 << 26
"""Cells of all sheets from A1 to the outermost; the parser has 32 bytes for each, blank or not."""
UNCOUNTED_AREA = 1 << 24
"""The same where the parser holds all sheets at once, and a copy of the one that is read."""
BLANK_AREA, SPARSE = 1 << 22, 16
"""So many of them may be blank, and SPARSE more for each that has something in it."""
TOO_FAR = "Delete stray cells far from the table, or save the sheet as CSV"


class Workbook:
    """An open workbook, shared by its sheets; `unseen` are formats that the parser ignores."""

    def __init__(self, package: Package, unseen: Sequence[str] = ()) -> None:
        self.path, self.format, self.unseen = package.path, package.format, unseen
        self._scanner = SheetScanner(package)
        self._scanned: set[str] = set()
        self._area = self._cells = self._text = 0
        with workbook_errors(self.path):
            for sheet, facts in self._scanner.needed_before_parsing().items():
                self._check_size(sheet, facts)
            self._check_shared_texts()
            if package.format in UNCOUNTED and not is_bounded(self.path):
                for sheet in package.parts:
                    self.facts(sheet)  # which may know what is too much
                raise too_much(self.path)
            names = self.parsed.sheet_names
        if len(set(names)) < len(names):
            raise refusal(self.path, "two sheets have the same name", "Rename one of them")

    @cached_property
    def parsed(self) -> CalamineWorkbook:
        """The workbook as the parser opens it, with all texts that its sheets share."""
        return parse(self.path, self.format)

    def again(self) -> CalamineWorkbook:
        """Return the workbook, opened anew where it was released. Raises UnreadableInput."""
        try:
            return self.parsed
        except OSError:
            raise changed(self.path) from None

    def release(self) -> None:
        """Give the memory of the parser back; where the workbook is read again, it opens anew."""
        if self.__dict__.pop("parsed", None):
            trim_heap()

    def sheets(self) -> tuple[InputSheet, ...]:
        """Return the worksheets in the workbook's order, without charts and macro sheets."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return tuple(
            WorkbookSheet(self, sheet.name, hidden=sheet.visible != SheetVisibleEnum.Visible)
            for sheet in self.parsed.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        )

    @property
    def shared_spoilt(self) -> bool:
        """Whether texts that the sheets share may hold mojibake."""
        return self._scanner.shared_texts.spoilt

    def facts(self, sheet: str) -> SheetFacts:
        """Scan the sheet. Raises UnreadableInput where it is damaged or too large to parse."""
        facts = self._scanner.facts(sheet)
        self._check_size(sheet, facts)
        return facts

    def _check_shared_texts(self) -> None:
        """Refuse texts that the parser reads on opening, where they are more than it may hold."""
        if (size := self._scanner.shared_texts.size) > MAX_TEXT:
            self._refuse_text(f"{size:,}")

    def _check_size(self, sheet: str, facts: SheetFacts) -> None:
        """Refuse a sheet too large for the parser, alone or with those that were read before."""
        self._check_extent(sheet, facts)
        if sheet not in self._scanned:
            self._scanned.add(sheet)
            self._area += facts.rows * facts.columns
            self._cells += facts.cells
            self._text += facts.text
        if self._area > self._most_area(self._cells):
            seen = f"the sheets up to {sheet!r} have {self._area:,} cells, filled or blank"
            raise refusal(self.path, f"{seen}: too large to hold in memory", TOO_FAR)
        if self._text > MAX_TEXT:
            self._refuse_text(f"over {MAX_TEXT:,}")

    def _most_area(self, cells: int) -> int:
        most = most_area(cells)
        return min(most, UNCOUNTED_AREA) if self.format in UNCOUNTED else most

    def _refuse_text(self, size: str) -> None:
        seen = f"its cells have {size} bytes of text, many of them the same: too much for memory"
        raise refusal(self.path, seen, "Divide it into smaller workbooks, or save it as CSV")

    def _check_extent(self, sheet: str, facts: SheetFacts) -> None:
        """Refuse a sheet too large for the parser: a single stray cell can require 500 GB."""
        if facts.rows > MAX_ROWS or facts.columns > MAX_COLUMNS:
            size = f"{facts.rows:,} rows and {facts.columns:,} columns"
            limit = f"a sheet has at most {MAX_ROWS:,} and {MAX_COLUMNS:,}"
            seen = f"the sheet {sheet!r} has {size}, {limit}"
            raise refusal(self.path, seen, "Remove the surplus and save it in Excel")
        if facts.rows * facts.columns > self._most_area(facts.cells):
            seen = f"the sheet {sheet!r} reaches to cell {column_letter(facts.columns)}{facts.rows}"
            raise refusal(self.path, f"{seen}: too large to hold in memory", TOO_FAR)


def most_area(cells: int) -> int:
    """Return how many cells sheets may reach over that have so many with something in them."""
    return min(MAX_AREA, BLANK_AREA + SPARSE * cells)


def parse(path: Path, format_: str) -> CalamineWorkbook:
    """Open the file by its suffix if that is right, else let the parser try each format."""
    from python_calamine import CalamineWorkbook

    if path.suffix.lower() == f".{format_}":
        return CalamineWorkbook.from_path(path)
    with path.open("rb") as stream:
        return CalamineWorkbook.from_filelike(stream)


class WorkbookSheet(InputSheet):
    """A sheet of a workbook; it is parsed once for `head` and `chunks`, then released."""

    def __init__(self, workbook: Workbook, name: str, *, hidden: bool) -> None:
        super().__init__(name, hidden=hidden)
        self._workbook = workbook
        self._parsed: CalamineSheet | None = None

    @cached_property
    def _facts(self) -> SheetFacts:
        return self._workbook.facts(self.name)

    @property
    def hidden_rows(self) -> int:
        """Return how many rows with content are hidden; 0 for an .xls, which is not scanned."""
        return self._facts.hidden_rows

    @property
    def about_rows(self) -> int:
        """Return the last row with a cell."""
        end = self._sheet().end
        return end[0] + 1 if end else 0

    @property
    def hidden_columns(self) -> Sequence[tuple[int, int]]:
        """Return the runs of columns that are hidden; none for an .xls."""
        return self._facts.hidden_columns

    @property
    def has_formulas(self) -> bool:
        """Return whether some cells of an .xlsx hold formulas."""
        return self._facts.formulas

    @property
    def shows_errors(self) -> bool:
        """Return False for an .xls: its parser reports errors as blanks, and it is not scanned."""
        return self._workbook.format != "xls"

    @property
    def merged(self) -> Sequence[MergedRange]:
        """Return the merged cells; the parser knows those of an .xls."""
        if self._workbook.format != "xls":
            return self._facts.merged
        ranges = self._sheet().merged_cell_ranges or ()
        return [
            MergedRange(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in ranges
        ]

    def findings(self, at: At) -> Iterator[Finding]:
        """Say which number formats do not count, and show spoilt and lost letters."""
        if unseen := [*self._workbook.unseen, *self._facts.unseen]:
            yield unseen_formats(unseen, self._workbook.format, at)
        if self._workbook.shared_spoilt or self._facts.spoilt:
            if found := doubts.spoilt(self.parsed(), at):
                yield found
            if found := lost_letters(self.parsed(), at):
                yield found
            self._parsed = None

    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Yield every row from row 1. Raises UnreadableInput for a damaged or too large sheet."""
        facts, sheet = self._facts, self._sheet()
        first_column = sheet.start[1] if sheet.start else 0
        return parsed_rows(sheet.iter_rows(), first_column, facts.overrides)

    def _sheet(self) -> CalamineSheet:
        if self._parsed is None:
            with workbook_errors(self._workbook.path):
                self._parsed = self._workbook.again().get_sheet_by_name(self.name)
        return self._parsed

    def chunks(self, first_row: int, size: int = 500) -> Iterator[Chunk]:
        """Yield the rows from `first_row` on; the parsed sheet is released after the last chunk."""
        yield from super().chunks(first_row, size)
        self._parsed = None

    def release(self) -> None:
        """Release the workbook, with all its sheets."""
        self._parsed = None
        self._workbook.release()


def unseen_formats(formats: Sequence[str], workbook: str, at: At) -> Finding:
    """Return the warning that numbers in these formats are read without their leading zeros."""
    names = " or ".join(f"`{code}`" for code in formats[:3])
    words = f"Numbers in the format {names} are read without their leading zeros"
    if workbook == "xls":
        words += " here; saved as .xlsx they have them."
    else:
        words += " and other signs: where these are part of a name or an id, type it as text."
    return Finding(FindingCode.UNSEEN_FORMATS, words, at(0, 0), Severity.WARNING)
