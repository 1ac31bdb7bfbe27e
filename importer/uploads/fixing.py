"""Fix cells of an upload: one, or all that a suggestion is made for; undo that again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from importer.errors import UsageError
from importer.journal.fixes import (
    Cell,
    CellFix,
    Closed,
    Differs,
    NewFix,
    add_fixes,
    counting,
    fixes_of,
    undo_fixes,
)
from importer.journal.upload import Upload
from importer.uploads import showing
from importer.uploads.errors import CellChanged, FormulaThere, NotNow
from importer.uploads.site import Site
from importer.uploads.views import CellPlace, Fix, ShownRow

MOST_IN_BUNCH = 200_000
LONGEST = 32_767
"""No cell of a workbook has more characters."""

T = TypeVar("T")


def fix(
    site: Site, name: str, by: str, place: CellPlace, old: str, new: str, *, over_formula: bool
) -> Fix:
    """Change a cell from what was seen there.

    Raises NoSuchUpload, NotNow, CellChanged, FormulaThere, or UsageError.
    """
    cell = (place.file, place.sheet, place.row, place.column)
    _refuse_unfit(site, site.upload(name), cell, old, new, over_formula=over_formula)
    wanted = [NewFix(cell, old, new, over_formula)]
    [made] = _tried(lambda: add_fixes(site.store, name, by, wanted))
    return showing.as_view(made)


def _refuse_unfit(
    site: Site, upload: Upload, cell: Cell, old: str, new: str, *, over_formula: bool
) -> None:
    if len(new) > LONGEST:
        raise UsageError(f"A cell can hold {LONGEST:,} characters, not {len(new):,}.")
    now = showing.cell_at(site, upload, cell)
    if now is None:
        raise UsageError("Only cells of rows that have findings can be fixed here.")
    if now.text != old:
        raise changed(now.text)
    if now.formula and not over_formula:
        raise FormulaThere("The cell holds a formula: say that it may be overwritten.")


def take_suggestions(
    site: Site, name: str, by: str, cause: int, value: str | None = None
) -> list[Fix]:
    """Take what is suggested for all cells of a cause, or for those with one value.

    Raises NoSuchUpload, NotNow, CellChanged, or UsageError where nothing is suggested.
    """
    upload = site.upload(name)
    if not upload.current:
        raise NotNow("The file is just being checked again: wait for what it finds.")
    wanted = list(_suggested(site, upload, cause, value))
    if not wanted:
        raise UsageError("Nothing is suggested for these cells (any more).")
    made = _tried(lambda: add_fixes(site.store, name, by, wanted[:MOST_IN_BUNCH]))
    return [showing.as_view(one) for one in made]


def _suggested(site: Site, upload: Upload, cause: int, value: str | None) -> list[NewFix]:
    found: list[NewFix] = []
    for tab in showing.tabs(site, upload.name):
        page, pages = 1, 1
        while page <= pages:
            shown = showing.rows(site, upload.name, tab.number, page, cause)
            found += [new for row in shown.rows for new in _of_row(row, cause, value)]
            page, pages = page + 1, shown.pages
    return found


def _of_row(row: ShownRow, cause: int, value: str | None) -> list[NewFix]:
    texts = {cell.column: cell.text for cell in row.cells if not cell.formula}
    became = dict(texts)
    for one in row.findings:
        wanted = value is None or one.value == value
        if one.cause == cause and one.suggestion and one.column in became and wanted:
            became[one.column] = _replaced(became[one.column], one.value, one.suggestion)
    return [
        NewFix((row.file, row.sheet, row.row, column), texts[column], text)
        for column, text in became.items()
        if text != texts[column]
    ]


def _replaced(text: str, value: str, suggestion: str) -> str:
    """Return a cell with a value replaced: the whole of it, or its only place in a list."""
    if text.strip() == value.strip():
        return suggestion
    return text.replace(value, suggestion) if value and text.count(value) == 1 else text


def undo(site: Site, name: str, by: str, wanted: Callable[[CellFix], bool]) -> None:
    """Let the fixes count no more that are wanted.

    Raises NoSuchUpload, NotNow, CellChanged where a cell was changed again since, or UsageError.
    """
    site.upload(name)
    counted = counting(fixes_of(site.store, name)).values()
    undone = [one for one in counted if wanted(one)]
    if not undone:
        raise UsageError("There is no such fix, or it was undone or changed again already.")
    _tried(lambda: undo_fixes(site.store, name, by, undone))


def changed(now: str) -> CellChanged:
    """Return the error for a cell that somebody else has changed."""
    words = f"`{now}`" if now else "nothing"
    return CellChanged(f"Somebody has changed this cell meanwhile: it holds {words} now.", now)


def _tried(act: Callable[[], T]) -> T:
    try:
        return act()
    except Differs as error:
        raise changed(error.now) from None
    except Closed:
        raise NotNow("It can no longer be fixed: it is imported, or is being imported.") from None
