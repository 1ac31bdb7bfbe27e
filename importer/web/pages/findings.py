"""What was found: the causes with their counts, and the rows of each sheet that have findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from msgspec import Struct
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.uploads.views import CellFinding, RowsPage, SheetTab, ShownCell, ShownRow
from importer.web.form import Posted
from importer.web.pagination import Pagination
from importer.web.upload_page import Changed, Seen, UploadPage
from importer.web.way import Way

router = APIRouter()

ABSENT = -1
Number = Annotated[int, Query(ge=0, le=10**9)]


class Where(Struct, frozen=True):
    """Which rows are shown: of a sheet of a file, of one cause of a version, which page of them."""

    file: str
    sheet: str
    page: int
    cause: int
    version: int

    def query(self, **other: str | int) -> str:
        """Return it as the end of an address, with something else in it."""
        known = {"file": self.file, "sheet": self.sheet}
        if self.cause:
            known |= {"cause": str(self.cause), "version": str(self.version)}
        known |= {name: str(value) for name, value in other.items()}
        return urlencode({name: value for name, value in known.items() if value})


@router.get("/uploads/{name}/findings")
def findings(
    here: Seen,
    file: str = "",
    sheet: str = "",
    page: Number = 1,
    cause: Number = 0,
    version: int = ABSENT,
) -> Response:
    """Show the causes, and a page of the rows of one sheet."""
    upload = here.upload
    if upload.checked is None:
        return here.go()
    causes = here.uploads.causes(here.name)
    kept = cause if version == upload.checked and cause <= len(causes) else 0
    tab = _tab(here.uploads.tabs(here.name), file, sheet)
    where = Where(tab.file, tab.name, page, kept, upload.checked) if tab else None
    rows = _rows(here, tab, where) if tab and where else None
    return here.show(
        "findings.html",
        Way.FINDINGS,
        causes=causes,
        tabs=here.uploads.tabs(here.name),
        fixes=sum(not fix.undone_by for fix in here.uploads.fixes(here.name)),
        rows=rows,
        where=where,
        shown=[_line(row) for row in rows.rows] if rows else [],
        pages=_pages(here, rows, where) if rows and where else None,
    )


@router.post("/uploads/{name}/suggestions")
def take_suggestions(here: Changed, form: Posted) -> Response:
    """Take what is suggested for all cells of a cause."""
    back = _back(form.text("back"))
    cause, version = form.text("cause", 9), form.text("version", 9)
    if not cause.isdecimal() or version != str(here.upload.checked):
        words = "The files were checked again meanwhile: look at the causes as they are now."
        return here.go(back, words, "wait")
    value = form.cell("value") if "value" in form.fields else None
    try:
        made = here.uploads.take_suggestions(here.name, here.by, int(cause), value)
    except UsageError as error:
        return here.refused(error, back)
    here.record(AuditAction.FIXED, {"cells": len(made)})
    words = f"{_cells(len(made))} changed. The files are checked again."
    return here.go(back, words)


def _cells(number: int) -> str:
    return "1 cell is" if number == 1 else f"{number:,} cells are"


def _back(query: str) -> str:
    """Return the part of an address to go back to: only ever the findings."""
    return f"findings?{query}" if query else "findings"


def _tab(tabs: Sequence[SheetTab], file: str, sheet: str) -> SheetTab | None:
    """Return the sheet that is asked for, else the first one that has findings."""
    named = (tab for tab in tabs if (tab.file, tab.name) == (file, sheet))
    return next(named, tabs[0] if tabs else None)


def _rows(here: UploadPage, tab: SheetTab, where: Where) -> RowsPage:
    """Return the rows that are asked for; the last page, where there are fewer by now."""
    try:
        return here.uploads.rows(here.name, tab.number, where.page or 1, where.cause or None)
    except UsageError:
        first = here.uploads.rows(here.name, tab.number)
        return first if first.pages == 1 else here.uploads.rows(here.name, tab.number, first.pages)


def _pages(here: UploadPage, rows: RowsPage, where: Where) -> Pagination:
    return Pagination.of(
        here.path("findings"),
        rows.page,
        rows.total,
        file=where.file,
        sheet=where.sheet,
        cause=where.cause,
        version=where.version if where.cause else "",
    )


class Cell(Struct, frozen=True):
    """A cell as it stands in the table, and what is said in it; `look` is error, warning or info.

    `open` says that it may be changed here: something is wrong with it or its row, or it was
    changed before.
    """

    cell: ShownCell
    findings: tuple[CellFinding, ...]
    look: str
    open: bool


class Line(Struct, frozen=True):
    """A row of the table: its cells, and what is wrong with the row as a whole."""

    row: ShownRow
    cells: tuple[Cell, ...]
    findings: tuple[CellFinding, ...]


def _line(row: ShownRow) -> Line:
    whole = tuple(one for one in row.findings if not one.column)
    cells = tuple(_cell(cell, row, open_too=bool(whole)) for cell in row.cells)
    return Line(row, cells, whole)


def _cell(cell: ShownCell, row: ShownRow, *, open_too: bool) -> Cell:
    found = tuple(one for one in row.findings if one.column == cell.column)
    gravest = min((LOOKS.index(one.severity) for one in found), default=None)
    look = "" if gravest is None else LOOKS[gravest]
    return Cell(cell, found, look, bool(found or cell.fixed or open_too))


LOOKS = ("error", "warning", "info")
"""The severities, the gravest first."""
