"""Finds rows that belong to what stands above, since no cell names anything more precise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.entity import Entity
from importer.model import Finding, Severity
from importer.row_ranges import and_more, in_words
from importer.template import Reference

_Way = tuple[str, tuple[str, ...]]
"""The kind of the entities and the headings by which their rows name what they belong to."""


class OwnersAbove:
    """The rows of one sheet whose owner is named by fewer cells than the sheet might have.

    In a sheet of links with Glossary and Term the link of a row without a term is the glossary's.
    That is said where other rows name more, or where a column that would is not there.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._longer = dict(_longer_ways(sheet))
        self._rows: defaultdict[_Way, list[int]] = defaultdict(list)
        self._narrow: set[str] = set()

    def note(self, entities: Sequence[Entity]) -> None:
        """Note by which cells the rows of a chunk name their owners."""
        if not self._longer:
            return
        for entity in entities:
            for reference, _ in entity.references:
                self._note(entity, reference)

    def _note(self, entity: Entity, reference: BoundReference) -> None:
        way = entity.kind, reference.rule.by
        if way in self._longer:
            self._rows[way].append(entity.row)
        elif reference.parent:
            self._narrow.add(entity.kind)

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each kind of owner that rows have for want of a closer one."""
        for (kind, by), rows in self._rows.items():
            named = [heading for heading in self._longer[kind, by] if self._has(heading)]
            if named and kind in self._narrow:
                words = f"{_and(named)} {_is(named)} blank in {in_words(rows)}"
                yield self._finding(kind, by, words, Severity.INFO)
            elif not named and self._strange():
                words = f"There is no column {' or '.join(self._longer[kind, by])}"
                yield self._finding(kind, by, words, Severity.WARNING)

    def _finding(self, kind: str, by: tuple[str, ...], why: str, severity: Severity) -> Finding:
        word = self._sheet.entity(kind).kind.word
        message = f"{why}: the {word} belongs to what {_and(by)} {_is(by, 'names', 'name')}."
        place = self._sheet.place(self._sheet.header.row)
        return Finding(FindingCode.OWNER_ABOVE, message, place, severity)

    def _has(self, heading: str) -> bool:
        return heading in self._sheet.present

    def _strange(self) -> bool:
        """Return whether the sheet has a heading that is not known, which may be the one."""
        codes = {finding.code for finding in self._sheet.findings}
        return FindingCode.UNKNOWN_HEADING in codes


def _longer_ways(sheet: BoundSheet) -> Iterator[tuple[_Way, tuple[str, ...]]]:
    """Yield each way to name an owner that is part of others, with what these have besides.

    With `or_below` a row that names less may stay where it is, further down.
    """
    for bound in sheet.entities:
        for reference in bound.references:
            one_place = reference.parent and not reference.rule.or_below
            others = list(_longer(bound, reference.rule)) if one_place else []
            if more := tuple(dict.fromkeys(heading for way in others for heading in way)):
                yield (bound.kind.name, reference.rule.by), more


def _longer(bound: BoundEntity, rule: Reference) -> Iterator[list[str]]:
    for other in bound.rule.references:
        if other.path == rule.path and set(rule.by) < set(other.by):
            yield [heading for heading in other.by if heading not in rule.by]


def _and(words: Sequence[str]) -> str:
    return and_more(list(words))


def _is(words: Sequence[str], one: str = "is", several: str = "are") -> str:
    return one if len(words) == 1 else several
