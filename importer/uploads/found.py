"""What a check found, as the pages show it: sheets, causes, and pages of the rows with findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from importer.journal.upload_findings import Page
from importer.model import Finding, Severity, SheetLayout
from importer.pieces import pieces
from importer.pipeline.results import CheckResult
from importer.pipeline.shown_rows import formula_columns, shown_rows
from importer.read import Input
from importer.report.cause_text import how_many, in_one_line, where
from importer.report.causes import Cause, with_findings
from importer.uploads.views import PAGE

Sheet = tuple[str, str]
"""Names of file and sheet."""

RowFindings = dict[int, list[tuple[int, Finding]]]
"""The rows of a sheet that have findings, each with the number of its cause."""

Shown = tuple[Sheet, int, list[str]]
"""A row as `shown_rows` yields it."""

ROWS, SHEET, CAUSE = "rows", "sheet", "cause"
CHOICES = "choices"
PLAN = PLANNED, TOTALS, ACTION = "planned", "plan", "action"
"""The parts under which the journal has them."""


class Found(Struct):
    """The findings of a check, sorted for its pages."""

    causes: list[tuple[Cause, list[Finding]]]
    layouts: dict[Sheet, SheetLayout]
    kinds: dict[Sheet, str]
    inputs: Sequence[Input]
    names: Mapping[str, str]
    rows: dict[Sheet, RowFindings] = field(default_factory=dict)

    @classmethod
    def of(cls, result: CheckResult, names: Mapping[str, str]) -> Found:
        """Sort what a check has found by cause and by row.

        `names` are those of the files as they were read, with those that the upload has for them.
        """
        layouts = {(one.file, one.name): one for one in result.layouts}
        kinds = {key: sheet.kind for key, sheet in zip(layouts, result.sheets, strict=True)}
        found = cls(with_findings(result.findings), layouts, kinds, result.inputs, names)
        for number, (_, findings) in enumerate(found.causes, 1):
            for finding in findings:
                place = finding.place
                if place.row > 0:
                    rows = found.rows.setdefault((place.file, place.sheet), {})
                    rows.setdefault(place.row, []).append((number, finding))
        found.rows = {key: dict(sorted(rows.items())) for key, rows in found.rows.items()}
        return found

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The sheets that have findings, numbered by their place here."""
        return [self._tab(key, rows) for key, rows in self.rows.items()]

    def _tab(self, key: Sheet, rows: RowFindings) -> dict[str, Any]:
        layout = self.layouts.get(key)
        wrong = (any(f.severity is Severity.ERROR for _, f in found) for found in rows.values())
        return {
            "file": self.names.get(key[0], key[0]),
            "name": key[1],
            "kind": self.kinds.get(key, ""),
            "headings": list(layout.headings) if layout else [],
            "rows": len(rows),
            "errors": sum(wrong),
        }

    @property
    def cause_parts(self) -> list[dict[str, Any]]:
        """The causes, each with where its rows stand among those of their sheets."""
        at = {key: {row: n for n, row in enumerate(rows)} for key, rows in self.rows.items()}
        numbers = {key: number for number, key in enumerate(self.rows)}
        several = len({file for file, _ in self.layouts}) > 1
        return [
            {
                **_described(cause, several_files=several),
                "suggestions": suggestions(cause),
                "fixable": sum(1 for one in findings if fixable(one)),
                "at": {
                    numbers[key]: sorted({at[key][row] for row, _ in cells if row > 0})
                    for key, cells in cause.cells.items()
                    if key in numbers
                },
            }
            for cause, findings in self.causes
        ]

    def pages(self) -> Iterator[Page]:
        """Yield the rows that have findings with their cells, a page at a time.

        The files are read again for them: only rows that are shown are kept.
        """
        wanted = {key: rows.keys() for key, rows in self.rows.items()}
        numbers = {key: number for number, key in enumerate(self.rows)}
        formulas = formula_columns(self.inputs, wanted)
        shown = groupby(shown_rows(self.inputs, wanted), key=itemgetter(0))
        for key, rows in shown:
            yield from _pages(numbers.pop(key), self.rows[key], rows, formulas.get(key, {}))
        for key, number in numbers.items():
            yield from _pages(number, self.rows[key], iter(()), {})


def _described(cause: Cause, *, several_files: bool) -> dict[str, Any]:
    return {
        "severity": cause.first.severity,
        "code": cause.first.code.value,
        "message": in_one_line(cause),
        "rows": cause.rows if how_many(cause) else 0,
        "where": where(cause, several_files=several_files),
        "sheets": [name for _, name in cause.cells],
    }


def suggestions(cause: Cause) -> dict[str, str]:
    """Return what is suggested for each value of a cause."""
    return {value: hint for value, hint in cause.values if hint is not None}


def fixable(finding: Finding) -> bool:
    """Return whether taking what a finding suggests changes a cell."""
    return finding.suggestion is not None and finding.value is not None and bool(finding.place.cell)


def _pages(
    number: int, rows: RowFindings, shown: Iterator[Shown], formulas: Mapping[int, Sequence[int]]
) -> Iterator[Page]:
    for page, some in enumerate(pieces(_filled(rows, shown), PAGE)):
        content = [
            [row, texts, [_packed(*one) for one in rows[row]], formulas.get(row, ())]
            for row, texts in some
        ]
        yield Page(ROWS, number, page, some[0][0], some[-1][0], content)


def _filled(rows: RowFindings, shown: Iterator[Shown]) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with its texts, none for a row that the file does not have."""
    waiting = next(shown, None)
    for row in rows:
        if waiting is not None and waiting[1] == row:
            yield row, waiting[2]
            waiting = next(shown, None)
        else:
            yield row, []


def _packed(cause: int, finding: Finding) -> list[Any]:
    """Return a finding as `rows_of_page` reads it."""
    hint = finding.suggestion or ""
    told = (finding.severity, finding.code.value, finding.message, hint, finding.value or "")
    return [finding.place.column, cause, *told]
