"""Reports the headings of a sheet that stand twice, or that its rule does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.header import ALIKE, Names, headed, is_slip, not_imported, wild
from importer.mapping.other_languages import meanings
from importer.model import Finding, Place, Severity
from importer.suggest import Speller, did_you_mean
from importer.template import SheetRule, fold
from importer.template.words import Index

Found = dict[str, list[int]]
"""The columns (0-based) of each main heading."""


def header_findings(
    sheet: BoundSheet, found: Found, words: Callable[[], Index] = dict
) -> Iterator[Finding]:
    """Yield a finding for each heading that stands twice or is unknown to the sheet's rule.

    The `words` of other languages are only asked for where one is unknown.
    """
    if not sheet.rule.header:
        return
    yield from _duplicates(sheet, found)
    yield from _not_read(sheet, found)
    if strange := _strange(sheet, found):
        yield from _unknown(sheet, found, strange, words())


def _duplicates(sheet: BoundSheet, found: Found) -> Iterator[Finding]:
    for columns in (*found.values(), *_wild_twice(sheet)):
        places = [_heading_place(sheet, index) for index in columns if columns[1:]]
        for place in places[1:]:
            yield Finding(
                FindingCode.DUPLICATE_HEADING,
                f"`{places[0].heading}` in {places[0].cell} and `{place.heading}` in {place.cell} "
                "mean the same column: remove or rename one of them.",
                place,
                value=place.heading,
            )


def _not_read(sheet: BoundSheet, found: Found) -> Iterator[Finding]:
    """Yield a warning for each column in whose place the template has one value for all rows."""
    for main, column in sheet.rule.columns.items():
        if column.constant is not None and main in found:
            message = f"`{main}` is not read: here all rows have the value `{column.constant}`."
            yield _warning(sheet, found[main][0], message)


def _wild_twice(sheet: BoundSheet) -> Iterator[list[int]]:
    """Yield the columns of each path that wildcard headings fill."""
    for entity in sheet.rule.entities:
        columns: dict[str | None, list[int]] = {}
        for rule in entity.columns:
            for index, column in wild(rule, sheet.header) if "*" in rule.heading else ():
                columns.setdefault(column.path, []).append(index)
        yield from columns.values()


def _strange(sheet: BoundSheet, found: Found) -> list[int]:
    """Return the columns (0-based) whose headings are unknown."""
    taken = {index for columns in found.values() for index in columns}
    ignored = not_imported(sheet.rule)
    patterns = [c for e in sheet.rule.entities for c in e.columns if "*" in c.heading]
    taken |= {index for column in patterns for index, _ in wild(column, sheet.header)}
    headings = enumerate(sheet.header.headings)
    return [i for i, text in headings if text and i not in taken and fold(text) not in ignored]


def _unknown(
    sheet: BoundSheet, found: Found, strange: Sequence[int], words: Index
) -> Iterator[Finding]:
    absent = (name for name in headed(sheet.rule) if name not in found)
    speller = Speller(absent, ALIKE, fold=fold)
    owners = set(_owner_headings(sheet.rule))
    mains = Names.of(sheet.rule).mains
    spoken = _spoken(sheet, found, mains, words)
    for index in strange:
        heading = sheet.header.headings[index]
        meant = meanings(heading, mains, words)
        said = (main for language, main in meant.items() if language in spoken)
        if same := next((main for main in said if main in found), None):
            yield _same_as(sheet, index, found[same][0])
            continue
        main = next((main for main in meant.values() if main not in found), None)
        near = main or speller.nearest(heading)
        if not main and near in owners and is_slip(fold(heading), fold(near)):
            yield _owner_misspelt(sheet, index, near)
            continue
        end = did_you_mean(near)
        message = f"The heading `{heading}` is not known; its column is not imported{end}"
        yield _warning(sheet, index, message, near)


def _spoken(sheet: BoundSheet, found: Found, mains: Mapping[str, str], words: Index) -> set[str]:
    """Return the languages in which headings of the sheet are known, besides the template's."""
    headings = (sheet.header.headings[index] for columns in found.values() for index in columns)
    foreign = (heading for heading in headings if heading and fold(heading) not in mains)
    return {language for heading in foreign for language in meanings(heading, mains, words)}


def _same_as(sheet: BoundSheet, index: int, first: int) -> Finding:
    """Return the warning on a heading that means the same as one of which the cells are taken."""
    here, other = _heading_place(sheet, index), _heading_place(sheet, first)
    return _warning(
        sheet,
        index,
        f"`{here.heading}` in {here.cell} means the same as `{other.heading}` in {other.cell}; "
        "its column is not imported.",
    )


def _warning(sheet: BoundSheet, index: int, message: str, near: str | None = None) -> Finding:
    place = _heading_place(sheet, index)
    code, value = FindingCode.UNKNOWN_HEADING, sheet.header.headings[index]
    return Finding(code, message, place, Severity.WARNING, value, near)


def _owner_headings(rule: SheetRule) -> Iterator[str]:
    """Yield the headings under which rows name what they belong to."""
    for entity in rule.entities:
        for reference in entity.references:
            if reference.parent:
                yield from (*reference.by, *reference.within)


def _owner_misspelt(sheet: BoundSheet, index: int, near: str) -> Finding:
    """Return the error on a column without which rows would end up in another place."""
    heading = sheet.header.headings[index]
    message = (
        f"The heading `{heading}` is not known, and there is no column {near}, which names what "
        f"the rows belong to: rename it to {near}, or remove the column. Till then nothing of the "
        "sheet is imported."
    )
    place = _heading_place(sheet, index)
    return Finding(FindingCode.MISSING_COLUMN, message, place, value=heading, suggestion=near)


def _heading_place(sheet: BoundSheet, index: int) -> Place:
    return sheet.place(sheet.header.row, index + 1, sheet.header.headings[index])
