"""Writing what a person fixed into a copy of their own file, which is otherwise as it was.

Workbooks keep every byte outside the fixed cells, text files every byte outside the fixed fields.
A file that can be read but not patched comes back as a new workbook of its values with the fixes.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from importer.atomic import replacing
from importer.errors import ReportNotWritten
from importer.model import Place
from importer.report.cell_fix import CellFix, FixRefused, HoldsFormula, in_order
from importer.report.formats import default_path, format_of
from importer.report.ooxml.errors import PatchRefused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from importer.model import Finding
    from importer.spreadsheet import Dialect

__all__ = ["CellFix", "FixRefused", "HoldsFormula", "formulas_at", "write_fixed"]


def write_fixed(
    source: Path,
    out: Path,
    fixes: Sequence[CellFix],
    dialect: Dialect | None = None,
    *,
    findings: Sequence[Finding] = (),
) -> Path:
    """Write a copy of `source` with the fixes in it to `out`, and return the path written.

    That is another path, an `.xlsx`, where only a copy of the values could be made; `findings` say
    which of its cells hold errors, which must not look fixed there. `dialect` is that of a text
    file as it was read; a text file has one sheet, whatever a fix calls it.
    Raises FixRefused, with HoldsFormula for formulas that nobody gave up; an earlier `out` stays.
    """
    with _refusals(source, out):
        known = format_of(source)
        if not fixes:
            return _copy(source, out)
        if known == "text":
            one_sheet = [replace(fix, sheet=fixes[0].sheet) for fix in fixes]
            return _write_text(source, out, in_order(one_sheet), dialect)
        ordered = in_order(fixes)
        if known == "xlsx":
            try:
                return _write_workbook(source, out, ordered)
            except PatchRefused:
                pass
        return _write_values(source, _place_for_values(source, out), ordered, findings)


def formulas_at(source: Path, rows: Mapping[str, Collection[int]]) -> dict[Place, str]:
    """Return the formulas in some rows of each sheet, by name, of a file that is fixed in place.

    They are what `write_fixed` would ask about; a file of another format has none.
    """
    if format_of(source) != "xlsx":
        return {}
    from importer.report.ooxml.formulas import formulas_of

    with source.open("rb") as file:
        found = formulas_of(file, rows)
    return {Place(sheet, *at): text for (sheet, at), text in found.items()}


@contextmanager
def _refusals(source: Path, out: Path) -> Iterator[None]:
    """Raise FixRefused for errors of the system, and for a file that cannot be copied."""
    from importer.report.value_copy import CopyTooLarge

    try:
        yield
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FixRefused(f"The fixed copy {out.name} could not be written: {why}.") from error
    except (CopyTooLarge, PatchRefused, ReportNotWritten) as error:
        why = "it is too large" if isinstance(error, CopyTooLarge) else f"{error}".rstrip(".")
        raise FixRefused(
            f"{source.name} cannot be fixed here ({why}). Fix it in the program that wrote it, or "
            "save it as .xlsx there."
        ) from error


def _copy(source: Path, out: Path) -> Path:
    with source.open("rb") as file, replacing(out, like=source) as stream:
        shutil.copyfileobj(file, stream)
    return out


def _write_text(source: Path, out: Path, fixes: Sequence[CellFix], dialect: Dialect | None) -> Path:
    from importer.report.fixed_text import write_fixes

    with source.open("rb") as file, replacing(out, like=source) as stream:
        write_fixes(file, fixes, stream, dialect)
    return out


def _write_workbook(source: Path, out: Path, fixes: Sequence[CellFix]) -> Path:
    from importer.report.ooxml.fixes import write_fixes

    with source.open("rb") as file, replacing(out, like=source) as stream:
        write_fixes(file, fixes, stream)
    return out


def _write_values(
    source: Path, out: Path, fixes: Sequence[CellFix], findings: Sequence[Finding]
) -> Path:
    """Write a new workbook of the values with the fixes; every sheet has to be in it."""
    from importer.report.ooxml.fixes import write_fixes
    from importer.report.value_copy import Original, save_values

    by_row: dict[str, dict[int, list[Finding]]] = {}
    for each in findings:
        by_row.setdefault(each.place.sheet, {}).setdefault(each.place.row, []).append(each)
    copy = BytesIO()
    titles, missing = save_values(Original(source, {}, by_row), copy)
    for name, why in missing.items():
        raise FixRefused(
            f"The sheet {name} {why}, and a copy without it would lose its rows. "
            f"Save {source.name} as .xlsx and fix that."
        )
    with replacing(out, like=source) as stream:
        write_fixes(copy, fixes, stream, titles)
    return out


def _place_for_values(source: Path, out: Path) -> Path:
    """Return where a copy of the values goes: beside `out`, never in the place of the source."""
    if out.suffix.lower() == ".xlsx" and format_of(source) != "xlsx":
        return out if out != source else default_path(out, "values")
    if out.suffix.lower() in {".xlsx", ".xlsm"}:
        return default_path(out, "values").with_suffix(".xlsx")
    return out.with_suffix(".xlsx")
