"""What is said of a whole sheet: that it is hidden, or that nothing of it is imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.header import SEARCHED, headed
from importer.model import Finding, Place, Severity
from importer.pipeline.steps.intake import Source
from importer.read import InputSheet
from importer.suggest import listed
from importer.template import SheetRule, Template, fold


def passed_over(template: Template, file: str, sheet: InputSheet, kind: str) -> Finding:
    """Return the finding on a sheet without known headings.

    It is an error where the sheet is named after a kind of the template, or `kind` says it.
    """
    name, place = sheet.name, Place(sheet.name, file=file)
    rule = next((r for r in template.sheets if fold(kind or name) in _names(r)), None)
    count = _count(sheet) if rule else 0
    if not rule or not count:
        words = f"The sheet {name} has no headings that are known; it is passed over."
        return Finding(FindingCode.SHEET_IGNORED, words, place, Severity.INFO)
    needed = [heading for heading, column in headed(rule).items() if column.required]
    rows = "Its 1 row is" if count == 1 else f"Its {count:,} rows are"
    words = (
        f"The sheet {name} is one of {rule.name}, but no row of its first {SEARCHED} holds their "
        f"headings ({listed(needed)}). {rows} not imported."
    )
    return Finding(FindingCode.HEADINGS_NOT_FOUND, words, place)


def _names(rule: SheetRule) -> set[str]:
    return {fold(name) for name in (rule.name, *rule.aliases)}


def _count(sheet: InputSheet) -> int:
    """Return how many rows are not blank."""
    return sum(any(cell != "" for cell in row) for chunk in sheet.chunks(1) for row in chunk.parsed)


def hidden(sources: Sequence[Source]) -> Iterator[Finding]:
    """Yield a finding for each file with hidden sheets that are imported."""
    unseen = [source for source in sources if source.read.hidden]
    for file in dict.fromkeys(source.sheet.file for source in unseen):
        names = [source.sheet.name for source in unseen if source.sheet.file == file]
        sheets = "The hidden sheet {} is" if len(names) == 1 else "The hidden sheets {} are"
        words = f"{sheets.format(listed(names))} imported like the others."
        place = Place(names[0], file=file)
        yield Finding(FindingCode.HIDDEN_SHEETS, words, place, Severity.INFO)
