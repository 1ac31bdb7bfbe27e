"""A sheet and its findings in, coloured cells with notes out; they can be found and removed.

The colour is a conditional format whose formula is always true and says whose it is: the cell
keeps its own style underneath, and taking the mark away brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from importer.model import Finding, Severity
from importer.report.marks import MARKER, RANGES_A_RULE, gravest, ranges, words
from importer.report.ooxml.cells import corners
from importer.report.ooxml.markup import written
from importer.report.ooxml.notes import write_notes
from importer.report.ooxml.sheet import Sheet
from importer.report.paint import SEVERITY_FILL


def write_marks(sheet: Sheet, told: Mapping[int, Iterable[Finding]]) -> None:
    """Take the marks of an earlier report away; mark each cell that has an error or a warning."""
    marked: dict[tuple[int, int], list[Finding]] = {}
    anchors = [corners(one.get("ref")) for one in sheet.merged()]
    for finding in (finding for findings in told.values() for finding in findings):
        place = finding.place
        if place.cell and finding.severity is not Severity.INFO:
            at = _anchor(anchors, place.row, place.column)
            marked.setdefault(at, []).append(finding)
    write_notes(sheet, {at: words(findings) for at, findings in marked.items()})
    priority = _remove_colours(sheet)
    for severity in (Severity.ERROR, Severity.WARNING):
        cells = [at for at, found in marked.items() if gravest(found) is severity]
        priority = _colour(sheet, cells, severity, priority)


def _anchor(merged: Iterable[tuple[int, int, int, int]], row: int, column: int) -> tuple[int, int]:
    """The cell itself, or the one that stands for the merged cells it belongs to."""
    for top, left, bottom, right in merged:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    return row, column


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
