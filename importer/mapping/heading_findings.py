"""Reports the headings of a sheet that stand twice, or that its rule does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.header import (
    ALIKE,
    Names,
    folded,
    headed,
    nearest_word,
    not_imported,
    stated,
    wild,
)
from importer.mapping.other_languages import languages_of, meanings, words_for
from importer.model import Finding, Place, Severity
from importer.suggest import Speller, did_you_mean, is_slip, likeness
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
    constant = stated(sheet.rule)
    mains = Names.of(sheet.rule).mains
    spoken = languages_of(folded(sheet.header.headings), mains, words)
    absent = (main for main in headed(sheet.rule) if main not in {*found, *constant})
    likely = _Likely({main: _words(sheet.rule, main, spoken, words) for main in absent}, spoken)
    owners = set(_owner_headings(sheet.rule)) - constant.keys()
    for index in strange:
        heading = sheet.header.headings[index]
        if (name := mains.get(fold(heading))) in constant:
            yield _stated(sheet, index, constant[name])
            continue
        meant = meanings(heading, mains, words)
        said = (main for language, main in meant.items() if language in spoken)
        if same := next((main for main in said if main in found), None):
            yield _same_as(sheet, index, found[same][0])
            continue
        main = next((main for main in meant.values() if main not in found), None)
        near = main or likely.meant(heading)
        if not main and near in owners and likely.is_slip(heading, near):
            yield _owner_misspelt(sheet, index, near)
            continue
        end = did_you_mean(near)
        message = f"The heading `{heading}` is not known; its column is not imported{end}"
        yield _warning(sheet, index, message, near)


class _Likely:
    """The headings that a sheet does not have, and which of them a misspelt one means.

    In a sheet in another language that is one of which a word of that language is most alike, or
    one of the template's own that is misspelt beyond doubt.
    """

    def __init__(self, absent: Mapping[str, Iterable[str]], languages: frozenset[str]) -> None:
        self._languages = languages
        self._own = Speller(absent, ALIKE, fold=fold)
        self._spelt = {word: main for main, words in absent.items() for word in words}
        self._foreign = Speller(sorted(self._spelt), ALIKE)

    def meant(self, heading: str) -> str | None:
        """Return the main heading that a misspelt one most likely means."""
        word, own = nearest_word(self._foreign, fold(heading)), self._own.nearest(heading)
        if own and self._languages and not is_slip(fold(heading), fold(own)):
            own = None
        if not word or (own and _alike(heading, own) > _alike(heading, word)):
            return own
        return self._spelt[word]

    def is_slip(self, heading: str, main: str) -> bool:
        """Return whether there is hardly a doubt that a heading is meant."""
        word = nearest_word(self._foreign, fold(heading))
        same = [main, *([word] if word and self._spelt[word] == main else ())]
        return any(is_slip(fold(heading), fold(name)) for name in same)


def _words(rule: SheetRule, main: str, languages: frozenset[str], words: Index) -> frozenset[str]:
    """Return the words of some languages for a heading of a rule."""
    return words_for({fold(name) for name in headed(rule)[main].names}, languages, words)


def _alike(heading: str, name: str) -> float:
    return likeness(fold(heading), fold(name))


def _same_as(sheet: BoundSheet, index: int, first: int) -> Finding:
    """Return the warning on a heading that means the same as one of which the cells are taken."""
    here, other = _heading_place(sheet, index), _heading_place(sheet, first)
    return _warning(
        sheet,
        index,
        f"`{here.heading}` in {here.cell} means the same as `{other.heading}` in {other.cell}; "
        "its column is not imported.",
    )


def _stated(sheet: BoundSheet, index: int, text: str) -> Finding:
    """Return the warning on a column whose text the mapping states for every row."""
    heading = sheet.header.headings[index]
    message = (
        f"The mapping says what `{heading}` is for every row: `{text}`. Its column is not read."
    )
    return _warning(sheet, index, message)


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
