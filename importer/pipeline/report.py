"""Write the reports of a check or a run: one for each file, into the file or beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from importer.errors import UnreadableInput
from importer.model import Finding, InputFile, RowResult, SheetLayout
from importer.options import ReportTo
from importer.report.atomic import refusals
from importer.report.in_place import hindrance
from importer.report.write import (
    SourceChanged,
    Summary,
    default_path,
    write_apart,
    write_report,
)

RowsOf = Callable[[InputFile], Iterable[RowResult]]
"""The outcomes of the rows of one file, anew at each call."""


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports written, and the files as they are now.

    `why` says which reports could not be written into their file.
    """

    paths: list[Path]
    files: list[InputFile]
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """One report, and why it is not where it was asked for."""

    path: Path
    file: InputFile
    why: str = ""


def report_files(
    files: Sequence[InputFile],
    layouts: Sequence[SheetLayout],
    rows: RowsOf,
    findings: Sequence[Finding],
    summary: Summary,
    to: ReportTo,
) -> Reports:
    """Write one report for each file. Raises ReportNotWritten."""
    if to.path and len(files) > 1:
        with refusals(to.path):
            to.path.mkdir(parents=True, exist_ok=True)
    writer = _Writer(files, layouts, rows, findings, summary, to)
    written = [writer.write(file) for file in files]
    why = " ".join(one.why for one in written if one.why)
    return Reports([one.path for one in written], [one.file for one in written], why)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the reports of one run."""

    files: Sequence[InputFile]
    layouts: Sequence[SheetLayout]
    rows: RowsOf
    findings: Sequence[Finding]
    summary: Summary
    to: ReportTo

    def write(self, file: InputFile) -> _Written:
        """Write the report of one file: into it, beside it, or apart from it if it has changed."""
        source = Path(file.path)
        why = hindrance(source) if self.to.in_place else ""
        several = len(self.files) > 1
        out = self._beside(source) if why else place_of(source, self.to, several=several)
        try:
            path = self._into(file, source, out)
        except SourceChanged:
            path = self._standalone(file, source, out)
            return _Written(
                path,
                file,
                f"{source.name} is no longer what was read (changed, moved or gone), so nothing "
                f"is written into it: {path} shows what became of its rows.",
            )
        if path.resolve() == source.resolve():
            return _Written(path, replace(file, reported=_digest(path) or ""))
        if self.to.in_place and not why:
            why = "cannot take its report (the report says why)"
        words = f"{source.name} {why}, so nothing is written into it: its report is {path}."
        return _Written(path, file, words if why else "")

    def _into(self, file: InputFile, source: Path, out: Path) -> Path:
        """Write the report in a copy of the user's file, or in the file. Raises SourceChanged."""
        return write_report(
            source,
            out,
            self.layouts,
            self.rows(file),
            self.findings,
            self.summary,
            dialect=file.dialect,
            as_read=lambda: _digest(source) in (file.sha256, file.reported),
            unreadable=lambda: _unreadable_sheets(source),
        )

    def _standalone(self, file: InputFile, source: Path, out: Path) -> Path:
        """Write the report beside a file that was changed, which is never replaced."""
        if out in (source, default_path(source)):
            out = default_path(source, "rows")
        return write_apart(source, out, self.layouts, self.rows(file), self.findings, self.summary)

    def _beside(self, source: Path) -> Path:
        """Return a path beside a file for its report, at which no input stands."""
        taken = {Path(file.path).resolve() for file in self.files}
        places = (default_path(source, suffix) for suffix in (self.to.suffix, "report", "rows"))
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
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
