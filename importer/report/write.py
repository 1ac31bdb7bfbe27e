"""Writing the report of a file: into the user's own file where possible, else beside it.

Workbooks get three columns, highlighted cells and a Report sheet; text files get three fields on
each record. A file that can be read but not patched comes back as a new workbook of its values. A
file that has changed since it was read is left alone: its rows are reported in a separate file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from importer.atomic import replacing
from importer.report.content import Content, RunReport, Summary
from importer.report.formats import default_path
from importer.report.ooxml.errors import PatchRefused
from importer.report.report_errors import report_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from importer.spreadsheet import Dialect

    Writer = Callable[[Content, BinaryIO], None]

__all__ = [
    "RunReport",
    "SourceChanged",
    "Summary",
    "default_path",
    "write_report",
    "write_standalone",
]


class SourceChanged(Exception):
    """The file is not what was read: its row numbers may name other rows."""


def writers() -> Mapping[str, Writer]:
    """Return the writers by format; a file of any other format gets a copy of its values."""
    from importer.report import delimited
    from importer.report.ooxml import write

    return {"xlsx": write.write, "text": delimited.write}


def write_report(
    source: Path,
    out: Path,
    report: RunReport,
    *,
    dialect: Dialect | None = None,
    as_read: Callable[[], bool] = lambda: True,
    unreadable: Callable[[], Iterable[str]] = tuple,
) -> Path:
    """Write the report of `source` to `out` and return the path written.

    Only what concerns this file is used of `report`: layouts, outcomes and findings whose `file` is
    its name or empty. `as_read` returns whether the file is still what was read; `unreadable`
    returns the sheets that a copy of the values must leave out. Such a copy is always an `.xlsx`
    and never replaces the source, so its path may differ from `out`.
    Raises ReportNotWritten or SourceChanged, and then leaves an earlier report untouched.
    """
    with report_errors(out):
        if not as_read():
            raise SourceChanged
        content = _content(source, report, dialect)
        return _write(content, out, as_read, unreadable)


def write_standalone(source: Path, out: Path, report: RunReport) -> Path:
    """Write the outcomes of a file that is no longer what was read, and return the path written.

    The source is not opened; where it is still there, it tells who may read the report.
    Raises ReportNotWritten.
    """
    from importer.report import standalone

    out = out.with_suffix(".xlsx") if out.suffix.lower() == ".xlsm" else out
    note = f"{source.name} is no longer what was read. Its rows stand here by the numbers they had."
    is_workbook = out.suffix.lower() == ".xlsx"
    with report_errors(out):
        content = replace(_content(source, report, None), notes=(note,))
        with replacing(out, like=source if source.exists() else None) as stream:
            write = standalone.write_workbook if is_workbook else standalone.write_text
            write(content, stream)
        return out


def _content(source: Path, report: RunReport, dialect: Dialect | None) -> Content:
    """Return the content of the report of one file, without that of the run's other files."""
    ours = "", source.name
    return Content(
        source=source,
        layouts=tuple(layout for layout in report.layouts if layout.file in ours),
        findings=report.findings_of(source.name),
        outcomes=report.outcomes.of_file(source.name),
        summary=report.summary,
        dialect=dialect,
    )


def _write(
    content: Content,
    out: Path,
    as_read: Callable[[], bool],
    unreadable: Callable[[], Iterable[str]],
) -> Path:
    from importer.report import standalone, values

    reason = f"a .{content.format} file can be read only"
    if writer := writers().get(content.format):
        try:
            return _through(writer, content, out, as_read)
        except PatchRefused as error:
            reason = str(error)
    note = (
        f"This is a copy of the values in {content.source.name}; the file is as it was ({reason})."
    )
    copied = replace(content, notes=(note,), unreadable=tuple(unreadable()))
    place = _path_for_values(out, content.source)
    try:
        return _through(values.write, copied, place, as_read)
    except values.CopyTooLarge:
        note = f"{content.source.name} is too large for a copy of its values ({reason})."
        rows = replace(content, notes=(f"{note} Its rows stand here by their numbers.",))
        return _through(standalone.write_workbook, rows, place, as_read)


def _through(writer: Writer, content: Content, out: Path, as_read: Callable[[], bool]) -> Path:
    with replacing(out, like=content.source) as stream:
        writer(content, stream)
        if not as_read():  # it was changed while it was copied
            raise SourceChanged
    return out


def _path_for_values(out: Path, source: Path) -> Path:
    if out.suffix.lower() == ".xlsx" and out != source:
        return out
    beside = default_path(out)
    if beside.suffix.lower() != ".xlsx":
        beside = beside.with_suffix(".xlsx")
    return default_path(out, "values") if beside == source else beside
