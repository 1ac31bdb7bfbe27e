"""What was found in an upload: causes, sheets, pages of rows; what a cell may hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from importer.uploads import Upload
from importer.web.api.cells import Place
from importer.web.api.demand import Asked, Changed, Seen
from importer.web.api.models.findings import (
    CausesAnswer,
    CellChoicesAnswer,
    FindingsAnswer,
    FoundSheetAnswer,
    FoundSheetsAnswer,
)
from importer.web.api.numbers import MOST, PageNumber
from importer.web.api.route import router

ROUTER = router("/uploads/{upload}", "findings")

SheetNumber = Annotated[int, Query(ge=0, le=MOST, description="The number of a sheet.")]
CauseNumber = Annotated[int | None, Query(ge=1, le=MOST, description="Rows of one cause only.")]


@ROUTER.get("/causes")
def list_causes(asked: Seen) -> CausesAnswer:
    """List what was found by its causes, gravest first."""
    return CausesAnswer.of(_upload(asked), asked.uploads.causes(asked.about))


@ROUTER.get("/sheets")
def list_sheets_with_findings(asked: Seen) -> FoundSheetsAnswer:
    """List the sheets that have findings."""
    tabs = asked.uploads.tabs(asked.about)
    return FoundSheetsAnswer(sheets=[FoundSheetAnswer.of(tab) for tab in tabs])


@ROUTER.get("/findings")
def list_findings(
    asked: Seen, sheet: SheetNumber = 0, page: PageNumber = 1, cause: CauseNumber = None
) -> FindingsAnswer:
    """List the rows of a sheet that have findings, 100 a page, with what is wrong in their cells.

    A row on a page that is not there, or of a cause of another version, is refused with a 422.
    """
    upload = _upload(asked)
    if not sheet and not asked.uploads.tabs(asked.about):
        return FindingsAnswer.none(upload)
    return FindingsAnswer.of(upload, asked.uploads.rows(asked.about, sheet, page, cause))


@ROUTER.get("/choices")
def list_cell_choices(
    asked: Changed,
    place: Place,
    start: Annotated[str, Query(max_length=255, description="Letters it begins with or has.")] = "",
) -> CellChoicesAnswer:
    """List what a cell may hold, at most 50; nothing where that is not known."""
    return CellChoicesAnswer(choices=asked.uploads.cell_choices(asked.about, place, start))


def _upload(asked: Asked) -> Upload:
    return asked.uploads.get(asked.about)
