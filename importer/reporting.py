"""A run of the journal in, the users' files with their outcomes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importer.errors import UnreadableInput
from importer.journal import Journal, Run, counts, results
from importer.model import SheetLayout
from importer.report.atomic import report_errors
from importer.report.in_place import reason_not_in_place
from importer.report.write import (
    RunReport,
    SourceChanged,
    Summary,
    default_path,
    write_report,
    write_standalone,
)
from importer.results import ReportTo
from importer.spreadsheet import Dialect


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports written; `why` tells of those that could not be written into their file."""

    paths: list[Path]
    why: str = ""


def report_run(journal: Journal, run: Run, to: ReportTo) -> Reports:
    """Write the report of every file of a run. Raises ReportNotWritten."""
    if not to.wanted:
        return Reports([])
    summary = Summary(
        title=run.facts["title"],
        target=run.target,
        run=run.run,
        state=run.state,
        started=run.started,
        finished=run.finished or "",
        counts=counts(results(journal, run)),
        files=tuple(file["name"] for file in run.facts["files"]),
    )
    report = RunReport(
        layouts=[_layout(raw) for raw in run.facts["layouts"]],
        rows=lambda: results(journal, run),
        findings=journal.findings(run.run),
        summary=summary,
    )
    return report_files(run.facts["files"], report, to)


def report_files(files: Sequence[dict[str, Any]], report: RunReport, to: ReportTo) -> Reports:
    """Write one report for each file; a file that gets its own report is noted in `files`.

    Raises ReportNotWritten.
    """
    _make_folder(to, several=len(files) > 1)
    written = [_report(file, files, report, to) for file in files]
    return Reports([path for path, _ in written], " ".join(why for _, why in written if why))


def _report(
    file: dict[str, Any], files: Sequence[dict[str, Any]], report: RunReport, to: ReportTo
) -> tuple[Path, str]:
    """Write the report of one file; return its path, and why it is not where it was asked for."""
    source = Path(file["path"])
    why = reason_not_in_place(source) if to.in_place else ""
    out = _beside(source, to, files) if why else place_of(source, to, several=len(files) > 1)
    try:
        path = _into(source, out, report, file)
    except SourceChanged:
        path = _standalone(source, out, report)
        return path, (
            f"{source.name} is no longer what was read (changed, moved or gone), so nothing is "
            f"written into it: {path} tells what became of its rows."
        )
    if to.in_place and not why and path.resolve() != source.resolve():
        why = "cannot take its report (the report says why)"
    told = f"{source.name} {why}, so nothing is written into it: its report is {path}."
    return path, told if why else ""


def _into(source: Path, out: Path, report: RunReport, file: dict[str, Any]) -> Path:
    """Write the report into the user's own file. Raises SourceChanged."""
    path = write_report(
        source,
        out,
        report,
        dialect=Dialect(**file["dialect"]) if file["dialect"] else None,
        as_read=lambda: _digest(source) in (file["sha256"], file.get("reported", "")),
        unreadable=lambda: _unreadable(source),
    )
    if path.resolve() == source.resolve():
        file["reported"] = _digest(path)
    return path


def _unreadable(source: Path) -> Iterator[str]:
    """The sheets of a file that are damaged or too large to be read."""
    from importer.read import open_input

    with suppress(UnreadableInput):
        for sheet in open_input(source).sheets:
            try:
                _ = sheet.hidden_rows  # asks for its extent, without holding its cells
            except UnreadableInput:
                yield sheet.name


def _standalone(source: Path, out: Path, report: RunReport) -> Path:
    """Write the report beside a file that was changed, which is never replaced."""
    if out in (source, default_path(source)):
        out = default_path(source, "rows")
    return write_standalone(source, out, report)


def _digest(path: Path) -> str | None:
    """SHA-256 of a file's content, None where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def place_of(source: Path, to: ReportTo, *, several: bool) -> Path:
    """Where the report of one file goes."""
    if to.in_place:
        return source
    beside = default_path(source, to.suffix)
    if to.path is None:
        return beside
    if several or to.path.is_dir():
        return to.path / beside.name
    return to.path


def _beside(source: Path, to: ReportTo, files: Sequence[dict[str, Any]]) -> Path:
    """A place beside a file for its report, at which none of the others stands."""
    taken = {Path(file["path"]).resolve() for file in files}
    places = (default_path(source, suffix) for suffix in (to.suffix, "report", "rows"))
    return next(place for place in places if place.resolve() not in taken)


def _make_folder(to: ReportTo, *, several: bool) -> None:
    if to.path and several:
        with report_errors(to.path):
            to.path.mkdir(parents=True, exist_ok=True)


def _layout(raw: dict[str, Any]) -> SheetLayout:
    return SheetLayout(**{**raw, "headings": tuple(raw["headings"])})
