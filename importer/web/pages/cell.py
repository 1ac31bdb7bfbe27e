"""One cell: the form that changes it, and what it may hold. Script posts to the same address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from importer.errors import UsageError
from importer.journal.audit import AuditAction
from importer.uploads import CellChanged, CellPlace, FormulaThere
from importer.uploads.views import CellFinding, ShownCell
from importer.web.form import Form, Posted
from importer.web.upload_page import Changed, UploadPage
from importer.web.way import Way

router = APIRouter()

CHANGED = 409


def place_of(
    file: str = "",
    sheet: str = "",
    row: Annotated[int, Query(ge=1, le=10**9)] = 1,
    column: Annotated[int, Query(ge=1, le=20_000)] = 1,
) -> CellPlace:
    """Return the cell that an address names."""
    return CellPlace(file, sheet, row, column)


Asked = Annotated[CellPlace, Depends(place_of)]


@router.get("/uploads/{name}/cell")
def cell(here: Changed, place: Asked, back: str = "") -> Response:
    """Show the form of one cell."""
    return _form(here, place, back)


@router.post("/uploads/{name}/cell")
def fix(here: Changed, form: Posted) -> Response:
    """Change a cell from what was seen there to something else."""
    place, back = _named(form), form.text("back")
    old, new = _as_it_stands(here, place, form.cell("old")), form.cell("new")
    over = form.text("over") == "yes"
    try:
        here.uploads.fix(here.name, here.by, place, old, new, overwrite_formula=over)
    except (CellChanged, FormulaThere) as error:
        formula = isinstance(error, FormulaThere)
        return _form(here, place, back, CHANGED, wrong=str(error), typed=new, formula=formula)
    except UsageError as error:
        return _form(here, place, back, 422, wrong=str(error), typed=new)
    here.record(AuditAction.FIXED, {"cells": 1})
    words = f"{form.text('cell', 300) or 'The cell'} is changed. The files are checked again."
    return here.go(f"findings?{back}" if back else "findings", words)


@router.get("/uploads/{name}/choices")
def choices(here: Changed, place: Asked, start: str = "") -> Response:
    """Show what a cell may hold that begins with some letters, as a piece of a page."""
    found = here.uploads.cell_choices(here.name, place, start[:200])
    return here.show("cell_choices.html", Way.FINDINGS, choices=found)


def _named(form: Form) -> CellPlace:
    row, column = form.text("row", 9), form.text("column", 9)
    at = (int(row) if row.isdecimal() else 0, int(column) if column.isdecimal() else 0)
    return CellPlace(form.cell("file"), form.cell("sheet"), *at)


def _as_it_stands(here: UploadPage, place: CellPlace, old: str) -> str:
    """Return what was seen in a cell, with the line ends that it has there."""
    now = next((one.text for one in _row_cells(here, place) if one.column == place.column), "")
    return now if now.replace("\r\n", "\n") == old else old


def _row_cells(here: UploadPage, place: CellPlace) -> Sequence[ShownCell]:
    try:
        return here.uploads.row(here.name, place.file, place.sheet, place.row).cells
    except UsageError:
        return ()


def _form(
    here: UploadPage,
    place: CellPlace,
    back: str,
    status: int = 200,
    *,
    wrong: str = "",
    typed: str | None = None,
    formula: bool = False,
) -> Response:
    """Show a cell and the form that changes it; where its row is fine by now, go back.

    Raises UsageError where script asks about such a row: it says so at the cell.
    """
    try:
        row = here.uploads.row(here.name, place.file, place.sheet, place.row)
    except UsageError as error:
        gone = UsageError(wrong or str(error))
        if here.page.request.headers.get("X-Requested-With"):
            raise gone from None
        return here.refused(gone, "findings")
    shown = next((one for one in row.cells if one.column == place.column), None)
    shown = shown or ShownCell(place.column, "", "")
    found = [one for one in row.findings if one.column in (0, place.column)]
    return here.show(
        "cell.html",
        Way.FINDINGS,
        status,
        place=place,
        cell=shown,
        heading=_heading(here, place),
        findings=found,
        choices=_choices(here, place, found),
        typed=shown.text if typed is None else typed,
        wrong=wrong,
        formula=formula or shown.formula,
        back=back,
    )


def _heading(here: UploadPage, place: CellPlace) -> str:
    for tab in here.uploads.tabs(here.name):
        if (tab.file, tab.name) == (place.file, place.sheet):
            return dict(enumerate(tab.headings, 1)).get(place.column, "")
    return ""


def _choices(here: UploadPage, place: CellPlace, found: list[CellFinding]) -> list[str]:
    """Return what is suggested, then what else the cell may hold."""
    suggested = [one.suggestion for one in found if one.suggestion and one.column]
    return [*dict.fromkeys([*suggested, *here.uploads.cell_choices(here.name, place)])]
