"""Shows what was found in an upload: causes, sheets, and rows with the fixes in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from importer.errors import UsageError
from importer.journal.fixes import Cell, CellFix, fixes_in_rows, fixes_of, standing
from importer.journal.upload import Upload
from importer.journal.upload_findings import page_with_row, read_pages, read_part
from importer.model import Severity, column_letter
from importer.uploads.found import CAUSE, ROWS, SHEET
from importer.uploads.site import Site
from importer.uploads.views import (
    PAGE,
    Cause,
    CellFinding,
    Fix,
    RowsPage,
    SheetTab,
    ShownCell,
    ShownRow,
)
from importer.uploads.views import CellPlace as Place


def causes(site: Site, name: str) -> list[Cause]:
    """Return the causes of an upload, gravest first. Raises NoSuchUpload."""
    upload = site.upload(name)
    return [_cause(number, raw) for number, raw in enumerate(_part(site, upload, CAUSE), 1)]


def _cause(number: int, raw: dict[str, Any]) -> Cause:
    told = {name: raw[name] for name in ("code", "message", "rows", "where", "fixable")}
    suggestions = raw["suggestions"]
    severity, sheets = Severity(raw["severity"]), tuple(raw["sheets"])
    return Cause(number, severity, **told, sheets=sheets, suggestions=suggestions)


def tabs(site: Site, name: str) -> list[SheetTab]:
    """Return the sheets of an upload that have findings. Raises NoSuchUpload."""
    return _tabs(_part(site, site.upload(name), SHEET))


def _tabs(raws: Sequence[dict[str, Any]]) -> list[SheetTab]:
    return [
        SheetTab(number, **{**raw, "headings": tuple(raw["headings"])})
        for number, raw in enumerate(raws)
    ]


def rows(site: Site, name: str, sheet: int, page: int, cause: int | None) -> RowsPage:
    """Return a page of the rows of a sheet that have findings, or have them of one cause.

    It is read again where a check ends meanwhile, which drops what the one before has found.
    Raises NoSuchUpload, or UsageError where there is no such sheet, page or cause.
    """
    while True:
        upload = site.upload(name)
        try:
            return _rows(site, upload, sheet, page, cause)
        except (LookupError, UsageError):
            if site.upload(name).checked == upload.checked:
                raise


def _rows(site: Site, upload: Upload, sheet: int, page: int, cause: int | None) -> RowsPage:
    found = _tabs(_part(site, upload, SHEET))
    tab = _numbered(found, sheet, "sheet")
    at = range(tab.rows) if cause is None else _of_cause(site, upload, cause, sheet)
    pages = max(1, -(-len(at) // PAGE))
    if not 1 <= page <= pages:
        raise UsageError(f"There is no page {page}: the last one is {pages}.")
    some = at[(page - 1) * PAGE : page * PAGE]
    shown = tuple(_shown(site, upload, tab, some))
    return RowsPage(tab, shown, page, pages, len(at))


def row(site: Site, name: str, file: str, sheet: str, number: int) -> ShownRow:
    """Return one row that has findings. Raises NoSuchUpload, or UsageError where it has none."""
    upload = site.upload(name)
    for tab in _tabs(_part(site, upload, SHEET)):
        if (tab.file, tab.name) == (file, sheet):
            pages = page_with_row(site.store, name, upload.checked or 0, ROWS, tab.number, number)
            for raw in (one for page in pages for one in page if one[0] == number):
                return _row(tab, raw, _overlay(site, name, (file, sheet), [number]))
    raise UsageError(f"Row {number} of {sheet} has no findings (any more).")


def cell_at(site: Site, upload: Upload, cell: Cell) -> ShownCell | None:
    """Return a cell of a row with findings, or that was ever fixed; None for any other."""
    file, sheet, number, column = cell
    overlay = _overlay(site, upload.name, (file, sheet), [number])
    try:
        shown = row(site, upload.name, file, sheet, number).cells
    except UsageError:
        return overlay.cell(cell, "") if cell in overlay.texts else None
    return next((one for one in shown if one.column == column), overlay.cell(cell, ""))


def _of_cause(site: Site, upload: Upload, cause: int, sheet: int) -> Sequence[int]:
    raw = _numbered(_part(site, upload, CAUSE), cause - 1, "cause")
    at: Sequence[int] = raw["at"].get(str(sheet), [])
    return at


def _shown(site: Site, upload: Upload, tab: SheetTab, at: Sequence[int]) -> Iterator[ShownRow]:
    wanted = {one // PAGE for one in at}
    version = upload.checked or 0
    pages = read_pages(site.store, upload.name, version, ROWS, tab.number, wanted)
    raws = [pages[one // PAGE][one % PAGE] for one in at]
    overlay = _overlay(site, upload.name, (tab.file, tab.name), [raw[0] for raw in raws])
    for raw in raws:
        yield _row(tab, raw, overlay)


class _Overlay:
    """The cells that were ever fixed, as they are now."""

    def __init__(self, fixes: Sequence[CellFix]) -> None:
        self.texts = standing(fixes)
        self.numbers = {fix.cell: fix.number for fix in fixes if not fix.undone}
        self.formulas = {fix.cell for fix in fixes if fix.formula}

    def cell(self, at: Cell, text: str, *, formula: bool = False) -> ShownCell:
        """Return a cell as it is now: with a fix it holds no formula, without one it may again."""
        name = f"{column_letter(at[3])}{at[2]}"
        shown, number = self.texts.get(at, text), self.numbers.get(at, 0)
        there = not number and (formula or at in self.formulas)
        return ShownCell(at[3], name, shown, number, there)


def _overlay(site: Site, upload: str, sheet: tuple[str, str], rows: Sequence[int]) -> _Overlay:
    return _Overlay(fixes_in_rows(site.store, upload, sheet, rows))


def _row(tab: SheetTab, raw: Sequence[Any], overlay: _Overlay) -> ShownRow:
    number, texts, found, formulas = raw
    width = max(len(tab.headings), len(texts), *(one[0] for one in found), 0)
    filled = [*texts, *[""] * (width - len(texts))]
    cells = tuple(
        overlay.cell((tab.file, tab.name, number, at), text, formula=at in formulas)
        for at, text in enumerate(filled, 1)
    )
    findings = sorted((_finding(number, one) for one in found), key=lambda f: f.column or width + 1)
    return ShownRow(tab.file, tab.name, number, cells, tuple(findings))


def _finding(row: int, raw: Sequence[Any]) -> CellFinding:
    column, cause, severity, code, message, hint, value = raw
    cell = f"{column_letter(column)}{row}" if column else ""
    return CellFinding(Severity(severity), code, message, column, cell, cause, hint, value)


def _part(site: Site, upload: Upload, part: str) -> list[Any]:
    if upload.checked is None:
        return []
    return read_part(site.store, upload.name, upload.checked, part)


def _numbered(found: Sequence[Any], number: int, what: str) -> Any:
    if not 0 <= number < len(found):
        raise UsageError(f"There is no such {what} any more: the file was checked again.")
    return found[number]


def all_fixes(site: Site, name: str) -> list[Fix]:
    """Return the fixes of an upload, newest first. Raises NoSuchUpload."""
    site.upload(name)
    return [as_view(fix) for fix in reversed(fixes_of(site.store, name))]


def as_view(fix: CellFix) -> Fix:
    """Return a fix as pages show it."""
    place = Place(*fix.cell)
    known = (fix.old, fix.new, fix.by, fix.made, fix.undone_by, fix.undone)
    return Fix(fix.number, fix.bunch, place, *known)
