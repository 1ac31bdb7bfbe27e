"""A sheet and its findings in, coloured cells with notes out; they can be found and removed.

The colour is a conditional format whose formula is always true and says whose it is: the cell
keeps its own style underneath, and taking the mark away brings it back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from importer.model import Finding, Severity, column_letter
from importer.report.ooxml.book import MARK
from importer.report.ooxml.cells import corners
from importer.report.ooxml.comments import NOTE_HEAD, write_notes
from importer.report.ooxml.markup import written
from importer.report.ooxml.sheet import Sheet
from importer.report.styles import SEVERITY_FILL
from importer.report.wording import advice, clean, shorten

MARKER = f'N("{MARK.decode()}")=0'
"""The formula of every rule of ours: always true."""

LAST_ROW = 1_048_576
"""A sheet has no more than these."""

NOTES_A_SHEET = 2_000
"""A program that opens ten thousand takes half a minute, with fifty thousand it never ends."""

NOTE_LIMIT = 2_000
"""UTF-16 units of a note."""

RANGES_A_RULE = 100


def write_marks(sheet: Sheet, told: Mapping[int, Iterable[Finding]]) -> str | None:
    """Take the marks of an earlier report away; mark each cell that has an error or a warning.

    Returns a remark where not every marked cell has a note.
    """
    marked = _marked(sheet, told)
    noted = sorted(marked)[:NOTES_A_SHEET]
    write_notes(sheet, {at: words(marked[at]) for at in noted})
    priority = _remove_colours(sheet)
    for severity in (Severity.ERROR, Severity.WARNING):
        cells = [at for at, found in marked.items() if gravest(found) is severity]
        priority = _colour(sheet, cells, severity, priority)
    if len(noted) == len(marked):
        return None
    return (
        f"The first {NOTES_A_SHEET:,} marked cells of the sheet {sheet.title} have a note; what is "
        "wrong with the others stands under import_message."
    )


def _marked(
    sheet: Sheet, told: Mapping[int, Iterable[Finding]]
) -> dict[tuple[int, int], list[Finding]]:
    """What was found in each cell; merged cells are marked on the one that stands for them."""
    found = [
        finding
        for findings in told.values()
        for finding in findings
        if finding.place.cell and finding.severity is not Severity.INFO
    ]
    anchors = _anchors(sheet, {finding.place.column for finding in found})
    marked: dict[tuple[int, int], list[Finding]] = {}
    for finding in found:
        row, column = finding.place.row, finding.place.column
        areas = anchors[column]
        at = bisect_right(areas, (row, LAST_ROW + 1)) - 1
        if at >= 0 and row <= areas[at][1]:
            row, _, column = areas[at]
        marked.setdefault((row, column), []).append(finding)
    return marked


def _anchors(sheet: Sheet, columns: Iterable[int]) -> dict[int, list[tuple[int, int, int]]]:
    """First and last row of each merged area that crosses a column, and where it begins."""
    areas = sorted(corners(one.get("ref")) for one in sheet.merged())
    return {
        column: [
            (top, bottom, left) for top, left, bottom, right in areas if left <= column <= right
        ]
        for column in columns
    }


def _remove_colours(sheet: Sheet) -> int:
    """Take our rules away; the lowest priority among the others (the highest number)."""
    highest = 0
    for block in sheet.all("conditionalFormatting"):
        rules = [one for one in sheet.part.children(block) if one.name == "cfRule"]
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
    """Rules that fill cells with a severity's colour; the priority of the last."""
    p, areas = sheet.p, list(ranges(cells))
    for start in range(0, len(areas), RANGES_A_RULE):
        priority += 1
        style = sheet.looks.colour(SEVERITY_FILL[severity])
        formula = written(MARKER).decode()
        rule = (
            f'<{p}conditionalFormatting sqref="{" ".join(areas[start : start + RANGES_A_RULE])}">'
            f'<{p}cfRule type="expression" dxfId="{style}" priority="{priority}">'
            f"<{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
        )
        sheet.insert("conditionalFormatting", rule.encode())
    return priority


def gravest(findings: list[Finding]) -> Severity:
    """The worst severity among findings that are marked."""
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Severity.ERROR if errors else Severity.WARNING


def words(findings: list[Finding]) -> str:
    """What a note says of a cell's findings."""
    said = dict.fromkeys(line for finding in findings for line in _said(finding))
    return shorten("\n".join([NOTE_HEAD, *said]), NOTE_LIMIT)


def _said(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity}: {clean(finding.message)}"
    if advice(finding):
        yield advice(finding)


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
