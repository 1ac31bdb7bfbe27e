"""A run of the journal in, the users' files with their outcomes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importer.journal import Journal, Run, counts, results
from importer.model import Finding, RowResult, SheetLayout
from importer.report import Summary, default_path, write_report
from importer.report.atomic import refusals
from importer.results import ReportTo


@dataclass(frozen=True, slots=True)
class KnownDialect:
    """How a text file is written, as the journal remembers it."""

    encoding: str
    bom: bool
    delimiter: str
    quotechar: str
    line_ending: str
    final_newline: bool


def report_run(journal: Journal, run: Run, to: ReportTo) -> list[Path]:
    """Write the report of every file of a run. Raises ReportNotWritten."""
    if not to.wanted:
        return []
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
    return report_files(
        run.facts["files"],
        [_layout(raw) for raw in run.facts["layouts"]],
        lambda: results(journal, run),
        journal.findings(run.run),
        summary,
        to,
    )


def report_files(
    files: Sequence[dict[str, Any]],
    layouts: Sequence[SheetLayout],
    rows: Callable[[], Iterable[RowResult]],
    findings: Sequence[Finding],
    summary: Summary,
    to: ReportTo,
) -> list[Path]:
    """Write one report for each file. Raises ReportNotWritten."""
    _make_folder(to, several=len(files) > 1)
    return [
        write_report(
            Path(file["path"]),
            place_of(Path(file["path"]), to, several=len(files) > 1),
            layouts,
            rows(),
            findings,
            summary,
            dialect=KnownDialect(**file["dialect"]) if file["dialect"] else None,
        )
        for file in files
    ]


def place_of(source: Path, to: ReportTo, *, several: bool) -> Path:
    """Where the report of one file goes."""
    if to.in_place:
        return source
    if to.path is None:
        return default_path(source)
    if several or to.path.is_dir():
        return to.path / default_path(source).name
    return to.path


def _make_folder(to: ReportTo, *, several: bool) -> None:
    if to.path and several:
        with refusals(to.path):
            to.path.mkdir(parents=True, exist_ok=True)


def _layout(raw: dict[str, Any]) -> SheetLayout:
    return SheetLayout(**{**raw, "headings": tuple(raw["headings"])})
