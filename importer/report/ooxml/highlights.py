"""Highlights: coloured cells with comments for findings, which a later report can remove.

The colour is a conditional format whose formula is always true and names us as its author. The
cell keeps its own style below it, which shows again once the highlight is removed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from importer.model import Finding, Severity, column_letter
from importer.pieces import pieces
from importer.report.ooxml.book import MARK
from importer.report.ooxml.cells import corners
from importer.report.ooxml.comments import COMMENT_HEAD, write_comments
from importer.report.ooxml.markup import xml_text
from importer.report.ooxml.sheet import Sheet
from importer.report.styles import SEVERITY_FILL
from importer.report.wording import advice, clean, shorten
from importer.spreadsheet import MAX_PARTS, MAX_ROWS

MARKER = f'N("{MARK.decode()}")=0'
"""The formula of each of our rules: always true."""

COMMENTS_PER_SHEET = 2_000
"""A program takes half a minute to open ten thousand comments, and never opens fifty thousand."""

COMMENTS_PER_BOOK = 4_000

PARTS_FOR_COMMENTS = 3
"""Their texts, their shapes and the relationships of the sheet."""

NOT_ALL_COMMENTED = (
    f"Not every marked cell has a comment: a sheet gets {COMMENTS_PER_SHEET:,} of them, a workbook "
    f"{COMMENTS_PER_BOOK:,}, one of very many sheets fewer. What is wrong with the other cells "
    "stands under import_message."
)

COMMENT_LIMIT = 2_000
"""The most UTF-16 units of a comment."""

RANGES_PER_RULE = 100


class CommentRoom(Struct):
    """How many comments a workbook may still get and be opened, by its program and by us."""

    left: int = COMMENTS_PER_BOOK

    def take(self, sheet: Sheet, wanted: int) -> int:
        """Return how many of the comments that a sheet wants it may have."""
        parts = 0 if sheet.related("comments") else PARTS_FOR_COMMENTS
        full = sheet.package.count() + parts >= MAX_PARTS  # the Report sheet is one more
        given = 0 if full else min(wanted, COMMENTS_PER_SHEET, self.left)
        self.left -= given
        return given


def write_highlights(
    sheet: Sheet, findings: Mapping[int, Iterable[Finding]], room: CommentRoom
) -> str | None:
    """Remove an earlier report's highlights; highlight each cell with an error or a warning.

    `findings` are those of the sheet by row. Returns a note where not every highlighted cell gets
    a comment.
    """
    highlighted = _highlighted(sheet, findings)
    commented = sorted(highlighted)[: room.take(sheet, len(highlighted))]
    write_comments(sheet, {at: comment_text(highlighted[at]) for at in commented})
    priority = _remove_colours(sheet)
    for severity in (Severity.ERROR, Severity.WARNING):
        cells = [at for at, found in highlighted.items() if gravest(found) is severity]
        priority = _colour(sheet, cells, severity, priority)
    if len(commented) == len(highlighted):
        return None
    return NOT_ALL_COMMENTED


def _highlighted(
    sheet: Sheet, findings: Mapping[int, Iterable[Finding]]
) -> dict[tuple[int, int], list[Finding]]:
    """Return the findings to show by cell; those of a merged area belong to its first cell."""
    shown = [
        finding
        for on_row in findings.values()
        for finding in on_row
        if finding.place.cell and finding.severity is not Severity.INFO
    ]
    anchors = _anchors(sheet, {finding.place.column for finding in shown})
    highlighted: dict[tuple[int, int], list[Finding]] = {}
    for finding in shown:
        row, column = finding.place.row, finding.place.column
        areas = anchors[column]
        at = bisect_right(areas, (row, MAX_ROWS + 1)) - 1
        if at >= 0 and row <= areas[at][1]:
            row, _, column = areas[at]
        highlighted.setdefault((row, column), []).append(finding)
    return highlighted


def _anchors(sheet: Sheet, columns: Iterable[int]) -> dict[int, list[tuple[int, int, int]]]:
    """Return first row, last row and first column of the merged areas that cross each column."""
    areas = sorted(corners(area.get("ref")) for area in sheet.merged())
    return {
        column: [
            (top, bottom, left) for top, left, bottom, right in areas if left <= column <= right
        ]
        for column in columns
    }


def _remove_colours(sheet: Sheet) -> int:
    """Remove our rules; return the lowest priority (the highest number) of the others."""
    highest = 0
    for block in sheet.all("conditionalFormatting"):
        rules = [rule for rule in sheet.part.children(block) if rule.name == "cfRule"]
        ours = [rule for rule in rules if MARKER in sheet.part.text(rule)]
        others = (int(rule.get("priority", "0")) for rule in rules if rule not in ours)
        highest = max([highest, *others])
        if ours and len(ours) == len(rules):
            sheet.part.replace(block.start, block.end, b"")
        elif ours:
            for rule in ours:
                sheet.part.replace(rule.start, rule.end, b"")
    return highest


def _colour(
    sheet: Sheet, cells: Iterable[tuple[int, int]], severity: Severity, priority: int
) -> int:
    """Add rules that fill cells with a severity's colour; return the last rule's priority."""
    p = sheet.p
    for areas in pieces(ranges(cells), RANGES_PER_RULE):
        priority += 1
        style = sheet.styles.colour(SEVERITY_FILL[severity])
        formula = xml_text(MARKER).decode()
        rule = (
            f'<{p}conditionalFormatting sqref="{" ".join(areas)}">'
            f'<{p}cfRule type="expression" dxfId="{style}" priority="{priority}">'
            f"<{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
        )
        sheet.insert("conditionalFormatting", rule.encode())
    return priority


def gravest(findings: list[Finding]) -> Severity:
    """Return the graver severity of errors and warnings."""
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Severity.ERROR if errors else Severity.WARNING


def comment_text(findings: list[Finding]) -> str:
    """Return the text of the comment on a cell with these findings."""
    lines = dict.fromkeys(line for finding in findings for line in _comment_lines(finding))
    return shorten("\n".join([COMMENT_HEAD, *lines]), COMMENT_LIMIT)


def _comment_lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity}: {clean(finding.message)}"
    if advice(finding):
        yield advice(finding)


def ranges(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield cells, given by row and column, with adjacent cells of a column as `C17:C40`."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    for column, top, bottom in runs:
        letter = column_letter(column)
        yield f"{letter}{top}" if top == bottom else f"{letter}{top}:{letter}{bottom}"
