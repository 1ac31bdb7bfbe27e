"""The Report sheet: counts of outcomes, causes of problems, then every problem row by row."""

from __future__ import annotations

from itertools import chain, islice
from textwrap import wrap
from typing import TYPE_CHECKING, Protocol

from importer.model import SIGNATURE, Status
from importer.report.cause_text import columns, how_many, values, way_out, where, wrong
from importer.report.causes import group
from importer.report.counts import VALID, headline
from importer.report.styles import (
    GREEN,
    HEADING,
    OUTCOME_FILL,
    PLAIN,
    SEVERITY_FILL,
    WRAPPED,
    CellStyle,
)
from importer.report.text_height import lines_high, points
from importer.report.times import local_time
from importer.report.wording import MEANINGS, column_name, one_line, plural, shorten, spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from importer.model import Finding, Place
    from importer.report.causes import Cause
    from importer.report.content import Content, Summary

SIGNATURE_CELL = "A3"
NAMES = ("Report", "Import report", "Importer report")
WIDTHS = (12, 16, 16, 20, 24, 56, 28, 39)
CAUSES = (
    "Severity",
    "Rows",
    "First cell",
    "Column",
    "Value",
    "What is wrong",
    "Way out",
    "Where",
)
PROBLEMS = ("Severity", "Sheet", "Cell", "Column", "Value", "What is wrong", "Way out")
CAUSE_LIMIT, PROBLEM_LIMIT, VALUE_LIMIT, FILE_LIMIT = 200, 10_000, 200, 20
LONGEST_LINE = 150
"""So many letters of a text stand in a row across the sheet's columns."""


class Page(Protocol):
    """A sheet that is written from top to bottom."""

    def line(self, *texts: str, style: CellStyle = PLAIN, first: CellStyle | None = None) -> None:
        """Write the next row; `first` is the style of its first cell."""

    def number(self, column: int, number: int) -> None:
        """Write a number into the last row."""

    def place(self, column: int, place: Place, text: str) -> None:
        """Write `text` into the last row, as a link to `place` if the workbook has its sheet."""

    def repeat(self) -> None:
        """Have the last row printed again at the top of every page below it."""


def write_page(page: Page, content: Content, notes: Sequence[str]) -> None:
    """Write the whole Report sheet."""
    _write_top(page, content, [*content.notes, *notes])
    _write_causes(page, content)
    _write_problems(page, content)


def free_title(taken: Iterable[str]) -> str:
    """Return a title for the Report sheet that no other sheet has."""
    used = {title.casefold() for title in taken}
    numbered = (f"{NAMES[0]} {number}" for number in range(2, len(used) + 3))
    return next(name for name in chain(NAMES, numbered) if name.casefold() not in used)


def height_of(texts: Sequence[str], style: CellStyle) -> float:
    """Return the height that a row of the Report sheet needs, in points."""
    if not style.wrap:
        return points(1) * max(style.size / PLAIN.size, 1)
    cells = zip(texts, WIDTHS, strict=False)
    return points(max((lines_high(text, width) for text, width in cells), default=1))


def _write_top(page: Page, content: Content, notes: Sequence[str]) -> None:
    summary, label = content.summary, CellStyle(bold=True)
    page.line(summary.title, style=CellStyle(bold=True, size=16))
    page.line(headline(summary.counts), style=CellStyle(bold=True, size=12))
    page.line(SIGNATURE, style=CellStyle(colour="FF808080"))
    page.line()
    for name, value in _facts(summary):
        if value:
            page.line(name, value, first=label)
    for note in notes:
        _write_long(page, "Note", note)
    page.line()
    _write_counts(page, summary.counts)


def _facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """Yield what the run was, with the names of its files."""
    yield "Target", summary.target
    yield "Run", summary.run
    yield "State", summary.state
    yield "Started", local_time(summary.started)
    yield "Finished", local_time(summary.finished)
    shown, more = summary.files[:FILE_LIMIT], len(summary.files) - FILE_LIMIT
    for number, name in enumerate(shown):
        yield "" if number else "File" if len(summary.files) == 1 else "Files", name
    if more > 0:
        yield "", f"and {plural(more, 'more file')}"


def _write_long(page: Page, label: str, text: str) -> None:
    """Write a text into as many rows as it needs, so that it is not cut off at the last column."""
    for number, line in enumerate(wrap(text, LONGEST_LINE) or [""]):
        page.line("" if number else label, line, first=CellStyle(bold=True))


def _write_counts(page: Page, counts: Mapping[str, int]) -> None:
    page.line("Outcome", "Rows", "Meaning", style=HEADING)
    if counts.get(VALID):
        page.line(VALID, "", "passed the checks; nothing was sent", first=CellStyle(fill=GREEN))
        page.number(2, counts[VALID])
    for status in (status for status in Status if counts.get(status)):
        page.line(status, "", MEANINGS[status], first=CellStyle(fill=OUTCOME_FILL[status]))
        page.number(2, counts[status])
    page.line("all", first=CellStyle(bold=True))
    page.number(2, sum(counts.values()))
    page.line()


def _write_causes(page: Page, content: Content) -> None:
    causes = group(content.problems())
    if not causes:
        return page.line("No problems were found.", style=CellStyle(bold=True))
    page.line(f"Problems by cause ({len(causes):,})", style=CellStyle(bold=True, size=13))
    page.line(*CAUSES, style=HEADING)
    for cause in causes[:CAUSE_LIMIT]:
        _write_cause(page, cause)
    if len(causes) > CAUSE_LIMIT:
        page.line(f"and {plural(len(causes) - CAUSE_LIMIT, 'more cause')}")
    return page.line()


def _write_cause(page: Page, cause: Cause) -> None:
    first, places = cause.first, where(cause, several_files=False)
    said = (wrong(cause), way_out(cause), places)
    cells = (how_many(cause), "", columns(cause), values(cause), *said)
    page.line(first.severity, *cells, style=WRAPPED, first=_fill(first))
    page.place(3, cause.start, f"{cause.start.sheet} {spot(cause.start)}".strip())


def _write_problems(page: Page, content: Content) -> None:
    problems: Iterator[Finding] = content.problems()
    shown = list(islice(problems, PROBLEM_LIMIT))
    more = sum(1 for _ in problems)
    if shown:
        page.line("Every problem, row by row", style=CellStyle(bold=True, size=13))
        page.line(*PROBLEMS, style=HEADING)
        page.repeat()
    for finding in shown:
        _write_finding(page, finding, finding.place.sheet)
        page.place(3, finding.place, spot(finding.place) or finding.place.sheet)
    if more:
        page.line(f"and {plural(more, 'more problem')}; each row says its own in its sheet")


def _write_finding(page: Page, finding: Finding, sheet: str) -> None:
    value = shorten(one_line(finding.value or ""), VALUE_LIMIT)
    said = (finding.message, one_line(finding.suggestion or ""))
    cells = (sheet, "", column_name(finding.place), value, *said)
    page.line(finding.severity, *cells, style=WRAPPED, first=_fill(finding))


def _fill(finding: Finding) -> CellStyle:
    return CellStyle(fill=SEVERITY_FILL[finding.severity])
