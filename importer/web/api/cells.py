"""A cell that a request names: by file, sheet, and as the spreadsheet calls it, like `C17`."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Query

from importer.errors import UsageError
from importer.model import letter_number
from importer.uploads import CellPlace
from importer.web.api.demand import Asked, Seen
from importer.web.api.models.base import Short
from importer.web.api.models.fixes import CellName

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


def place_of(asked: Asked, file: str | None, sheet: str, cell: str) -> CellPlace:
    """Return the place of a cell. Raises UsageError where several files could be meant."""
    known = [one.name for one in asked.upload.files] if asked.upload else []
    if file is None and len(known) != 1:
        raise UsageError(f"Name the `file` of the cell; there are: {', '.join(known)}.")
    found = _CELL.fullmatch(cell)
    if found is None:
        raise UsageError(f"`{cell}` is no cell: write it like C17.")
    name = known[0] if file is None else file
    return CellPlace(name, sheet, int(found[2]), letter_number(found[1]))


def place(
    asked: Seen,
    sheet: Annotated[Short, Query()],
    cell: Annotated[CellName, Query(description="Like `C17`.")],
    file: Annotated[Short | None, Query(description="Where there are several.")] = None,
) -> CellPlace:
    """Return the place that the query of an address names."""
    return place_of(asked, file, sheet, cell)


Place = Annotated[CellPlace, Depends(place)]
"""A cell in the query of an address."""
