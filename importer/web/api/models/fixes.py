"""Fixes: what is sent to make one, and those that were made."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints

from importer.model import column_letter
from importer.uploads.views import Fix
from importer.web.api.models.base import Answer, Long, Sent, Short
from importer.web.api.models.uploads import UploadAnswer

CellName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]
"""A cell as the spreadsheet names it: `C17`."""

Version = Annotated[int, Field(ge=0, le=2**31 - 1)]


class FixSent(Sent):
    """A cell to change from `old`, what was seen there, to `new`.

    `file` may be left out where the upload is one file. A formula is overwritten only where
    `overwrite_formula` says so.
    """

    file: Short | None = None
    sheet: Short
    cell: CellName
    old: Long
    new: Long
    overwrite_formula: bool = False


class SuggestionsSent(Sent):
    """A cause of a version of the findings, to take what is suggested for all its cells.

    With `value`, only for the cells that hold that.
    """

    cause: Annotated[int, Field(ge=1, le=2**31 - 1)]
    version: Version
    value: Long | None = None


class FixAnswer(Answer):
    """A cell that somebody has changed; fixes that were made together share a `bunch`.

    It counts as long as `undone_by` is null.
    """

    fix: int
    bunch: int
    file: str
    sheet: str
    row: int
    cell: str
    old: str
    new: str
    by: str
    when: str
    undone_by: str | None
    undone: str | None

    @classmethod
    def of(cls, one: Fix) -> Self:
        """Return a fix."""
        place = one.place
        return cls(
            fix=one.number,
            bunch=one.bunch,
            file=place.file,
            sheet=place.sheet,
            row=place.row,
            cell=f"{column_letter(place.column)}{place.row}",
            old=one.old,
            new=one.new,
            by=one.by,
            when=one.when,
            undone_by=one.undone_by or None,
            undone=one.undone or None,
        )


class FixesAnswer(Answer):
    """A page of the fixes, newest first, those undone too."""

    fixes: list[FixAnswer]
    page: int
    pages: int
    total: int


class FixedAnswer(Answer):
    """What was fixed: the bunch, how many cells, and the upload, which is checked again now."""

    bunch: int
    cells: int
    upload: UploadAnswer
