"""What was found: causes, sheets, and rows with what is wrong in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from importer.model import Severity
from importer.uploads import Upload
from importer.uploads.views import Cause, CellFinding, RowsPage, SheetTab, ShownCell, ShownRow
from importer.web.api.models.base import Answer


class CauseAnswer(Answer):
    """A mistake, however often it was made; `cause` is its number in this version.

    `rows` says how many rows have it (0: it is about a sheet), `where` which. `suggestions` pairs
    each value with what was probably meant; `fixable` counts the cells that taking them changes.
    """

    cause: int
    severity: Severity
    code: str
    message: str
    rows: int
    where: str
    sheets: list[str]
    suggestions: dict[str, str]
    fixable: int

    @classmethod
    def of(cls, one: Cause) -> Self:
        """Return a cause."""
        return cls(
            cause=one.number,
            severity=one.severity,
            code=one.code,
            message=one.message,
            rows=one.rows,
            where=one.where,
            sheets=list(one.sheets),
            suggestions=dict(one.suggestions),
            fixable=one.fixable,
        )


class CausesAnswer(Answer):
    """The causes, gravest first, of the version that is checked; null: none is yet.

    `ok` says whether there are no errors.
    """

    version: int | None
    current: bool
    ok: bool
    causes: list[CauseAnswer]

    @classmethod
    def of(cls, upload: Upload, causes: Sequence[Cause]) -> Self:
        """Return causes."""
        return cls(
            version=upload.checked,
            current=upload.current,
            ok=not any(one.severity is Severity.ERROR for one in causes),
            causes=[CauseAnswer.of(one) for one in causes],
        )


class FoundSheetAnswer(Answer):
    """A sheet that has findings: its number, how many rows have some, how many have errors."""

    number: int
    file: str
    sheet: str
    kind: str
    headings: list[str]
    rows: int
    errors: int

    @classmethod
    def of(cls, tab: SheetTab) -> Self:
        """Return a sheet."""
        return cls(
            number=tab.number,
            file=tab.file,
            sheet=tab.name,
            kind=tab.kind,
            headings=list(tab.headings),
            rows=tab.rows,
            errors=tab.errors,
        )


class FoundSheetsAnswer(Answer):
    """The sheets that have findings."""

    sheets: list[FoundSheetAnswer]


class FindingAnswer(Answer):
    """What is wrong with a cell, or (without a `cell`) with its row."""

    sheet: str
    row: int
    column: str | None
    cell: str | None
    value: str | None
    code: str
    severity: Severity
    message: str
    suggestion: str | None
    cause: int

    @classmethod
    def of(cls, tab: SheetTab, row: int, one: CellFinding) -> Self:
        """Return a finding, with the heading of its column."""
        named = 0 < one.column <= len(tab.headings)
        return cls(
            sheet=tab.name,
            row=row,
            column=tab.headings[one.column - 1] if named else None,
            cell=one.cell or None,
            value=one.value if one.cell else None,
            code=one.code,
            severity=one.severity,
            message=one.message,
            suggestion=one.suggestion or None,
            cause=one.cause,
        )


class CellAnswer(Answer):
    """A cell with the fixes in it: the number of its fix, whether it holds a formula."""

    cell: str
    text: str
    fix: int | None
    formula: bool

    @classmethod
    def of(cls, one: ShownCell) -> Self:
        """Return a cell."""
        return cls(cell=one.name, text=one.text, fix=one.fixed or None, formula=one.formula)


class RowAnswer(Answer):
    """A row that has findings."""

    row: int
    cells: list[CellAnswer]
    findings: list[FindingAnswer]

    @classmethod
    def of(cls, tab: SheetTab, one: ShownRow) -> Self:
        """Return a row."""
        return cls(
            row=one.row,
            cells=[CellAnswer.of(cell) for cell in one.cells],
            findings=[FindingAnswer.of(tab, one.row, finding) for finding in one.findings],
        )


class FindingsAnswer(Answer):
    """A page of the rows of a sheet that have findings; no sheet where there are none."""

    version: int | None
    current: bool
    sheet: FoundSheetAnswer | None
    rows: list[RowAnswer]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, upload: Upload, found: RowsPage) -> Self:
        """Return a page of rows."""
        return cls(
            version=upload.checked,
            current=upload.current,
            sheet=FoundSheetAnswer.of(found.sheet),
            rows=[RowAnswer.of(found.sheet, one) for one in found.rows],
            page=found.page,
            pages=found.pages,
            total=found.total,
        )

    @classmethod
    def none(cls, upload: Upload) -> Self:
        """Return the only page of an upload without findings."""
        return cls(
            version=upload.checked,
            current=upload.current,
            sheet=None,
            rows=[],
            page=1,
            pages=1,
            total=0,
        )


class CellChoicesAnswer(Answer):
    """What a cell may hold, at most 50; none where that is not known."""

    choices: list[str]
