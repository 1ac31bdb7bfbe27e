"""Outcomes and findings of a run in, the user's own file with the report in it out.

Workbooks get three columns, marks on their cells and a Report sheet; text files get three fields
on each record. What we can read but not write comes back as a new workbook of its values.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from importer.report.atomic import refusals, replacing
from importer.report.content import Content, Dialect, Rows, Summary
from importer.report.formats import default_path, format_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from importer.model import Finding, RowResult, SheetLayout

    Writer = Callable[[Content, BinaryIO], None]

__all__ = ["Dialect", "Summary", "default_path", "write_report"]


def writers() -> Mapping[str, Writer]:
    """Who writes the report into a file of each format; all others get a copy of their values."""
    from importer.report import delimited, workbook

    return {"xlsx": workbook.write, "xlsm": workbook.write, "text": delimited.write}


def write_report(
    source: Path,
    out: Path,
    layouts: Sequence[SheetLayout],
    results: Iterable[RowResult],
    findings: Sequence[Finding],
    summary: Summary,
    *,
    dialect: Dialect | None = None,
) -> Path:
    """Write the report of `source` to `out` and return the path written.

    Of layouts, results (in any order) and findings only those of this file count: their `file` is
    its name or empty. The path is another than `out` where only values can be given back and `out`
    is no `.xlsx`, or is the source itself, which is never replaced by a copy of its values.
    Raises ReportNotWritten, and leaves an earlier report untouched then.
    """
    with refusals(out):
        mine = (result for result in results if result.file in ("", source.name))
        with closing(Rows(mine)) as rows:
            content = Content(
                source=source,
                format=format_of(source),
                layouts=tuple(each for each in layouts if each.file in ("", source.name)),
                findings=tuple(f for f in findings if f.place.file in ("", source.name)),
                rows=rows,
                summary=summary,
                dialect=dialect,
            )
            return _write(content, out)


def _write(content: Content, out: Path) -> Path:
    reason = f"a .{content.format} file can be read only"
    from importer.report import values, workbook

    if writer := writers().get(content.format):
        try:
            return _through(writer, content, out)
        except workbook.Unloadable as error:
            reason = str(error)
    note = (
        f"This is a copy of the values in {content.source.name}; the file is as it was ({reason})."
    )
    copied = replace(content, notes=(note,))
    return _through(values.write, copied, _place_for_values(out, content.source))


def _through(writer: Writer, content: Content, out: Path) -> Path:
    with replacing(out, like=content.source) as stream:
        writer(content, stream)
    return out


def _place_for_values(out: Path, source: Path) -> Path:
    if out.suffix.lower() == ".xlsx" and out != source:
        return out
    beside = default_path(out)
    if beside.suffix.lower() != ".xlsx":
        beside = beside.with_suffix(".xlsx")
    return default_path(out, "values") if beside == source else beside
