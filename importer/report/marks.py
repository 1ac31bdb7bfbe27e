"""A worksheet and its findings in, coloured cells with notes out; they can be found and removed.

The colour is a conditional format whose formula is always true and says whose it is: the cell
keeps its own fill underneath, and taking the mark away brings it back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from importer.model import Severity, column_letter
from importer.report.paint import SEVERITY_FILL
from importer.report.wording import advice, clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from importer.model import Finding

MARKER = 'N("importer-report")=0'
AUTHOR = "importer"
NOTE_HEAD = "[importer report]"
NOTE_LIMIT = 2_000
NOTE_WIDTH, LINE_HEIGHT = 320, 18
RANGES_A_RULE = 100

_OURS = re.compile(rf"(?:^|\n){re.escape(NOTE_HEAD)}.*", re.DOTALL)


def remove_marks(sheet: Worksheet) -> None:
    """Take the colours and notes of an earlier report away; what the user wrote stays."""
    _remove_colours(sheet)
    for cell in list(sheet._cells.values()):
        if cell.comment and NOTE_HEAD in cell.comment.text:
            _restore(cell)


def write_marks(sheet: Worksheet, told: Mapping[int, Iterable[Finding]]) -> None:
    """Colour each cell that has an error or a warning and say why in a note on it."""
    marked: dict[tuple[int, int], list[Finding]] = {}
    for finding in (finding for findings in told.values() for finding in findings):
        place = finding.place
        if place.cell and finding.severity is not Severity.INFO:
            marked.setdefault(_anchor(sheet, place.row, place.column), []).append(finding)
    for (row, column), findings in marked.items():
        _note(sheet.cell(row, column), findings)
    for severity in (Severity.ERROR, Severity.WARNING):
        _colour(sheet, (at for at in marked if gravest(marked[at]) is severity), severity)


def _remove_colours(sheet: Worksheet) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    kept = ConditionalFormattingList()
    for block in sheet.conditional_formatting:
        for rule in block.rules:
            if rule.formula != [MARKER]:
                kept.add(block, rule)
    sheet.conditional_formatting = kept


def _restore(cell: Any) -> None:
    from openpyxl.comments import Comment

    old = cell.comment
    text = _OURS.sub("", old.text)
    cell.comment = Comment(text, old.author) if text else None


def _anchor(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    """The cell itself, or the one that stands for the merged cells it belongs to."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return merged.min_row, merged.min_col
    return row, column


def gravest(findings: list[Finding]) -> Severity:
    """The worst severity among findings that are marked."""
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Severity.ERROR if errors else Severity.WARNING


def _note(cell: Any, findings: list[Finding]) -> None:
    """Put the findings' words on the cell, after those the user wrote there."""
    from openpyxl.comments import Comment

    ours = words(findings)
    theirs = cell.comment
    text = f"{theirs.text}\n{ours}" if theirs else ours
    lines = sum(1 + len(line) // 45 for line in text.split("\n"))
    author = theirs.author if theirs else AUTHOR
    cell.comment = Comment(text, author, LINE_HEIGHT * (lines + 1), NOTE_WIDTH)


def words(findings: list[Finding]) -> str:
    """What a note says of a cell's findings."""
    said = dict.fromkeys(line for finding in findings for line in _said(finding))
    return shorten("\n".join([NOTE_HEAD, *said]), NOTE_LIMIT)


def _said(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity}: {clean(finding.message)}"
    if advice(finding):
        yield advice(finding)


def _colour(sheet: Worksheet, cells: Iterable[tuple[int, int]], severity: Severity) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    colour = SEVERITY_FILL[severity]
    fill = PatternFill("solid", start_color=colour, end_color=colour)
    areas = list(ranges(cells))
    priorities = [rule.priority for block in sheet.conditional_formatting for rule in block.rules]
    for start in range(0, len(areas), RANGES_A_RULE):
        priority = max(priorities, default=0) + 1 + start // RANGES_A_RULE
        look = DifferentialStyle(fill=fill)
        rule = Rule("expression", dxf=look, priority=priority, formula=[MARKER])
        sheet.conditional_formatting.add(" ".join(areas[start : start + RANGES_A_RULE]), rule)


def ranges(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Cells one above the other as one range: `C17:C40`."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    for column, top, bottom in runs:
        letter = column_letter(column)
        yield f"{letter}{top}" if top == bottom else f"{letter}{top}:{letter}{bottom}"
