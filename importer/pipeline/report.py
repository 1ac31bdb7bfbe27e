"""Write the reports of a check or a run: one for each file, into the file or beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from importer.atomic import private_folder
from importer.errors import UnreadableInput
from importer.model import InputFile
from importer.options import ReportTo
from importer.read import is_frame, sha256_of
from importer.report.in_place import reason_not_in_place
from importer.report.report_errors import report_errors
from importer.report.write import (
    RunReport,
    SourceChanged,
    default_path,
    write_report,
    write_standalone,
)


class Reports(Struct, frozen=True):
    """The reports written, and the files as they are now.

    `why` says which reports could not be written into their file.
    """

    paths: list[Path]
    files: list[InputFile]
    why: str = ""


class _Written(Struct, frozen=True):
    """One report, and why it is not where it was asked for."""

    path: Path
    file: InputFile
    why: str = ""


def report_files(files: Sequence[InputFile], report: RunReport, to: ReportTo) -> Reports:
    """Write one report for each file, none for a DataFrame. Raises ReportNotWritten."""
    if to.path and len(files) > 1:
        with report_errors(to.path):
            private_folder(to.path)
    on_disk = [file for file in files if not is_frame(file.format)]
    written = {file.name: _write(file, report, files, to) for file in on_disk}
    why = " ".join(one.why for one in written.values() if one.why)
    now = [written[file.name].file if file.name in written else file for file in files]
    return Reports([one.path for one in written.values()], now, why)


def _write(
    file: InputFile, report: RunReport, files: Sequence[InputFile], to: ReportTo
) -> _Written:
    """Write the report of one file: into it, beside it, or apart from it if it has changed."""
    source = Path(file.path)
    why = reason_not_in_place(source) if to.in_place else ""
    out = _beside(source, to, files) if why else place_of(source, to, several=len(files) > 1)
    try:
        path = _into(file, out, report)
    except SourceChanged:
        path = _standalone(source, out, report)
        return _Written(
            path,
            file,
            f"{source.name} is no longer what was read (changed, moved or gone), so nothing is "
            f"written into it: {path} shows what became of its rows.",
        )
    if path.resolve() == source.resolve():
        return _Written(path, replace(file, reported=_digest(path) or ""))
    if to.in_place and not why:
        why = "cannot take its report (the report says why)"
    words = f"{source.name} {why}, so nothing is written into it: its report is {path}."
    return _Written(path, file, words if why else "")


def _into(file: InputFile, out: Path, report: RunReport) -> Path:
    """Write the report into a copy of the user's file, or into the file. Raises SourceChanged."""
    source = Path(file.path)
    return write_report(
        source,
        out,
        report,
        dialect=file.dialect,
        as_read=lambda: _digest(source) in (file.sha256, file.reported),
        unreadable=lambda: _unreadable_sheets(source),
    )


def _standalone(source: Path, out: Path, report: RunReport) -> Path:
    """Write the report beside a file that was changed, which is never replaced."""
    if out in (source, default_path(source)):
        out = default_path(source, "rows")
    return write_standalone(source, out, report)


def _beside(source: Path, to: ReportTo, files: Sequence[InputFile]) -> Path:
    """Return a path beside a file for its report, at which no input stands."""
    taken = {Path(file.path).resolve() for file in files}
    places = (default_path(source, suffix) for suffix in (to.suffix, "report", "rows"))
    return next(place for place in places if place.resolve() not in taken)


def place_of(source: Path, to: ReportTo, *, several: bool) -> Path:
    """Return where the report of one file goes; `several` says that the run has more files."""
    if to.in_place:
        return source
    beside = default_path(source, to.suffix)
    if to.path is None:
        return beside
    if several or to.path.is_dir():
        return to.path / beside.name
    return to.path


def _unreadable_sheets(source: Path) -> Iterator[str]:
    """Yield the sheets of a file that are damaged or too large to be read."""
    from importer.read import open_input

    with suppress(UnreadableInput):
        for sheet in open_input(source).sheets:
            try:
                _ = sheet.hidden_rows  # reads how far it reaches, without holding its cells
            except UnreadableInput:
                yield sheet.name


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file's content, None where it cannot be read."""
    try:
        return sha256_of(path)
    except (OSError, UnreadableInput):
        return None
