"""Outcomes and findings of a run in, the user's own file with the report in it out.

Workbooks get three columns, marks on their cells and a Report sheet; text files get three fields
on each record. What we can read but not write comes back as a new workbook of its values. A file
that has changed since it was read is left alone: its rows are told apart from it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from importer.report.atomic import refusals, replacing
from importer.report.content import Content, Dialect, Rows, Summary
from importer.report.formats import default_path
from importer.report.ooxml.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from importer.model import Finding, RowResult, SheetLayout

    Writer = Callable[[Content, BinaryIO], None]

__all__ = ["Dialect", "SourceChanged", "Summary", "default_path", "write_apart", "write_report"]


class SourceChanged(Exception):
    """The file is not what was read: its row numbers may mean other rows."""


def writers() -> Mapping[str, Writer]:
    """Who writes the report into a file of each format; all others get a copy of their values."""
    from importer.report import delimited
    from importer.report.ooxml import write

    return {"xlsx": write.write, "xlsm": write.write, "text": delimited.write}


def write_report(
    source: Path,
    out: Path,
    layouts: Sequence[SheetLayout],
    results: Iterable[RowResult],
    findings: Sequence[Finding],
    summary: Summary,
    *,
    dialect: Dialect | None = None,
    as_read: Callable[[], bool] = lambda: True,
    unreadable: Callable[[], Iterable[str]] = tuple,
) -> Path:
    """Write the report of `source` to `out` and return the path written.

    Of layouts, results (in any order) and findings only those of this file count: their `file` is
    its name or empty. `as_read` says whether the file is still what was read. Where only values
    can be given back, `unreadable` names the sheets that no memory holds; the path is another than
    `out` where that is no `.xlsx`, or is the source itself, which is never replaced by a copy.
    Raises ReportNotWritten or SourceChanged, and leaves an earlier report untouched then.
    """
    with refusals(out):
        if not as_read():
            raise SourceChanged
        with _content(source, layouts, results, findings, summary, dialect) as content:
            return _write(content, out, as_read, unreadable)


def write_apart(
    source: Path,
    out: Path,
    layouts: Sequence[SheetLayout],
    results: Iterable[RowResult],
    findings: Sequence[Finding],
    summary: Summary,
) -> Path:
    """Write what became of the rows of a file that is not what was read, and return the path.

    Arguments are those of `write_report`; the source is not opened. Raises ReportNotWritten.
    """
    from importer.report import standalone

    out = out.with_suffix(".xlsx") if out.suffix.lower() == ".xlsm" else out
    note = f"{source.name} is no longer what was read. Its rows stand here by the numbers they had."
    book = out.suffix.lower() == ".xlsx"
    with refusals(out), _content(source, layouts, results, findings, summary, None) as content:
        with replacing(out, like=None) as stream:
            write = standalone.write_workbook if book else standalone.write_text
            write(replace(content, notes=(note,)), stream)
        return out


@contextmanager
def _content(
    source: Path,
    layouts: Sequence[SheetLayout],
    results: Iterable[RowResult],
    findings: Sequence[Finding],
    summary: Summary,
    dialect: Dialect | None,
) -> Iterator[Content]:
    """What the report of one file says; that of other files is left out."""
    ours = "", source.name
    with closing(Rows(result for result in results if result.file in ours)) as rows:
        yield Content(
            source=source,
            layouts=tuple(layout for layout in layouts if layout.file in ours),
            findings=tuple(finding for finding in findings if finding.place.file in ours),
            rows=rows,
            summary=summary,
            dialect=dialect,
        )


def _write(
    content: Content,
    out: Path,
    as_read: Callable[[], bool],
    unreadable: Callable[[], Iterable[str]],
) -> Path:
    from importer.report import values

    reason = f"a .{content.format} file can be read only"
    if writer := writers().get(content.format):
        try:
            return _through(writer, content, out, as_read)
        except Refused as error:
            reason = str(error)
    note = (
        f"This is a copy of the values in {content.source.name}; the file is as it was ({reason})."
    )
    copied = replace(content, notes=(note,), unreadable=tuple(unreadable()))
    return _through(values.write, copied, _place_for_values(out, content.source), as_read)


def _through(writer: Writer, content: Content, out: Path, as_read: Callable[[], bool]) -> Path:
    with replacing(out, like=content.source) as stream:
        writer(content, stream)
        if not as_read():  # it was changed while it was copied
            raise SourceChanged
    return out


def _place_for_values(out: Path, source: Path) -> Path:
    if out.suffix.lower() == ".xlsx" and out != source:
        return out
    beside = default_path(out)
    if beside.suffix.lower() != ".xlsx":
        beside = beside.with_suffix(".xlsx")
    return default_path(out, "values") if beside == source else beside
