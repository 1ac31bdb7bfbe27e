"""The fixes of uploads: which cells somebody has changed, from what to what, and which count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, select

from importer.journal.store import Store
from importer.journal.upload import CHANGEABLE, UploadState
from importer.journal.upload_tables import FIXES, THIS_UPLOAD, UPLOADS
from importer.now import utc_now

Cell = tuple[str, str, int, int]
"""File, sheet, row and column, as the spreadsheet counts them."""

_OF_UPLOAD = FIXES.c.upload == THIS_UPLOAD
_ALL = FIXES.select().where(_OF_UPLOAD).order_by(FIXES.c.no)
_LAST = select(func.max(FIXES.c.no), func.max(FIXES.c.bunch)).where(_OF_UPLOAD)
_AT_CELL = _ALL.where(
    FIXES.c.file == bindparam("of_file"),
    FIXES.c.sheet == bindparam("of_sheet"),
    FIXES.c.row == bindparam("of_row"),
    FIXES.c.column == bindparam("of_column"),
)
_IN_ROWS = _ALL.where(
    FIXES.c.file == bindparam("of_file"),
    FIXES.c.sheet == bindparam("of_sheet"),
    FIXES.c.row.in_(bindparam("rows", expanding=True)),
)
_UNDO = FIXES.update().where(_OF_UPLOAD, FIXES.c.no == bindparam("of_no"), FIXES.c.undone == "")
_NEXT = (
    UPLOADS.update()
    .where(UPLOADS.c.upload == THIS_UPLOAD, UPLOADS.c.state.in_(sorted(CHANGEABLE)))
    .values(version=UPLOADS.c.version + 1, state=UploadState.CHECKING, tries=0, why="")
)


class CellFix(Struct, frozen=True):
    """A cell that somebody has changed; `undone_by` is blank while it counts."""

    number: int
    bunch: int
    cell: Cell
    old: str
    new: str
    by: str
    made: str
    formula: bool = False
    undone_by: str = ""
    undone: str = ""


class NewFix(Struct, frozen=True):
    """A cell to change from what was seen there; `formula` says that one may be overwritten."""

    cell: Cell
    old: str
    new: str
    formula: bool = False


class Differs(Exception):
    """A cell does not hold what was seen there any more; `now` is what it holds."""

    def __init__(self, now: str) -> None:
        super().__init__(now)
        self.now = now


class Closed(Exception):
    """The upload takes no fixes any more."""


def add_fixes(store: Store, upload: str, by: str, new: Sequence[NewFix]) -> list[CellFix]:
    """Change cells in one bunch, and let the upload be checked again. Raises Differs or Closed."""
    with store.writing() as connection:
        _next_version(connection, upload)
        last, bunch = connection.execute(_LAST, {"this_upload": upload}).one()
        known = _standing(connection, upload) if len(new) > 1 else None
        made = utc_now()
        added = []
        for no, one in enumerate(new, (last or 0) + 1):
            now = known.get(one.cell) if known is not None else _now(connection, upload, one.cell)
            if now is not None and now != one.old:
                raise Differs(now)
            fix = (no, (bunch or 0) + 1, one.cell, one.old, one.new, by, made, one.formula)
            added.append(CellFix(*fix))
        connection.execute(FIXES.insert(), [_row(upload, fix) for fix in added])
    return added


def undo_fixes(store: Store, upload: str, by: str, undone: Sequence[CellFix]) -> None:
    """Let fixes count no more. Raises Differs where the cell was changed again since, or Closed."""
    with store.writing() as connection:
        _next_version(connection, upload)
        for fix in undone:
            now = _now(connection, upload, fix.cell)
            if now != fix.new:
                raise Differs(now or "")
            which = {"this_upload": upload, "of_no": fix.number}
            connection.execute(_UNDO.values(undone_by=by, undone=utc_now()), which)


def withdraw(store: Store, upload: str, fixes: Sequence[CellFix]) -> None:
    """Let fixes that cannot be written count no more; nobody has undone them."""
    with store.writing() as connection:
        for fix in fixes:
            which = {"this_upload": upload, "of_no": fix.number}
            connection.execute(_UNDO.values(undone_by="importer", undone=utc_now()), which)


def fixes_of(store: Store, upload: str) -> list[CellFix]:
    """Return all fixes of an upload, in the order they were made."""
    with store.reading() as connection:
        return [_fix(row) for row in connection.execute(_ALL, {"this_upload": upload}).mappings()]


def fixes_in_rows(
    store: Store, upload: str, sheet: tuple[str, str], rows: Collection[int]
) -> list[CellFix]:
    """Return the fixes in some rows of a sheet (names of file and sheet), in order."""
    which = {"this_upload": upload, "of_file": sheet[0], "of_sheet": sheet[1], "rows": list(rows)}
    with store.reading() as connection:
        return [_fix(row) for row in connection.execute(_IN_ROWS, which).mappings()]


def counting(fixes: Sequence[CellFix]) -> dict[Cell, CellFix]:
    """Return the fix that counts for each cell: the last that is not undone.

    It may overwrite a formula where a fix below it, which counts too, was allowed to.
    """
    found: dict[Cell, CellFix] = {}
    for fix in fixes:
        if not fix.undone:
            below = found.get(fix.cell)
            found[fix.cell] = replace(fix, formula=True) if below and below.formula else fix
    return found


def _next_version(connection: Connection, upload: str) -> None:
    if connection.execute(_NEXT, {"this_upload": upload}).rowcount != 1:
        raise Closed


def _now(connection: Connection, upload: str, cell: Cell) -> str | None:
    file, sheet, row, column = cell
    at = {"of_file": file, "of_sheet": sheet, "of_row": row, "of_column": column}
    rows = connection.execute(_AT_CELL, {"this_upload": upload, **at}).mappings()
    return _held([_fix(row) for row in rows])


def _standing(connection: Connection, upload: str) -> dict[Cell, str]:
    rows = connection.execute(_ALL, {"this_upload": upload}).mappings()
    return standing([_fix(row) for row in rows])


def standing(fixes: Sequence[CellFix]) -> dict[Cell, str]:
    """Return what each cell that was ever fixed holds now."""
    by_cell: dict[Cell, list[CellFix]] = {}
    for fix in fixes:
        by_cell.setdefault(fix.cell, []).append(fix)
    return {cell: _held(some) or "" for cell, some in by_cell.items()}


def _held(fixes: Sequence[CellFix]) -> str | None:
    """Return what a cell with these fixes holds: of the last that counts, else as at first."""
    if not fixes:
        return None
    counting = [fix for fix in fixes if not fix.undone]
    return counting[-1].new if counting else fixes[0].old


def _row(upload: str, fix: CellFix) -> dict[str, Any]:
    file, sheet, row, column = fix.cell
    return {
        "upload": upload,
        "no": fix.number,
        "bunch": fix.bunch,
        "file": file,
        "sheet": sheet,
        "row": row,
        "column": column,
        "old": fix.old,
        "new": fix.new,
        "by": fix.by,
        "made": fix.made,
        "formula": int(fix.formula),
        "undone_by": fix.undone_by,
        "undone": fix.undone,
    }


def _fix(row: Any) -> CellFix:
    cell = (row["file"], row["sheet"], row["row"], row["column"])
    texts = (row["old"], row["new"], row["by"], row["made"])
    undone = (row["undone_by"], row["undone"])
    return CellFix(row["no"], row["bunch"], cell, *texts, bool(row["formula"]), *undone)
