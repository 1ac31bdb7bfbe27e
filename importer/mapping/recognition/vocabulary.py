"""The headings of a rule, as evidence: which tell its kind, which it needs, which it knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from importer.mapping.binding import Header
from importer.mapping.header import Folded, Names, filled, headed, needed
from importer.mapping.other_languages import in_other_languages, languages_of, words_for
from importer.template import Column, EntityRule, SheetRule, Template, fold
from importer.template.words import Sense, Words

PLAIN = frozenset({"name", "title", "label", "id", "code"})
"""Headings by which lists of any kind name their rows."""

EVERYDAY = PLAIN | {
    "comment",
    "comments",
    "definition",
    "description",
    "link",
    "notes",
    "owner",
    "owners",
    "parent",
    "status",
    "tags",
    "type",
    "url",
}
"""Headings that lists of any kind may have."""


class Vocabulary(Struct, frozen=True):
    """What the headings of a rule mean, all folded.

    `keys` are the names of each column of the kind's own key, `required` the names of each required
    heading; `mains` are headings in the template's own spelling, `patterns` those with a wildcard.
    `plain` are headings by which any list names its rows, `everyday` are those that lists of other
    kinds may have as well. `sheet_names` are what a sheet of the kind may be called, `singulars`
    those of them that name one thing, `telling` the names of each heading without which nothing is
    taken for the kind unasked. `languages` are those that a row is in, besides the template's.
    """

    template: Template
    rule: SheetRule
    names: Names
    keys: tuple[frozenset[str], ...]
    required: dict[str, frozenset[str]]
    mains: frozenset[str]
    ignored: frozenset[str]
    everyday: frozenset[str]
    patterns: tuple[Column, ...]
    sheet_names: tuple[str, ...]
    singulars: frozenset[str]
    plain: frozenset[str] = PLAIN
    telling: tuple[frozenset[str], ...] = ()
    languages: frozenset[str] = frozenset()

    @classmethod
    def of(cls, template: Template, rule: SheetRule) -> Self:
        """Return the vocabulary of one of the template's rules."""
        columns, keys = headed(rule), _keys(template, _main(rule))
        return cls(
            template,
            rule,
            Names.of(rule),
            keys,
            {name: _folded(column) for name, column in needed(rule).items()},
            frozenset(map(fold, columns)),
            frozenset(map(fold, rule.ignored)),
            EVERYDAY | frozenset[str]().union(*keys) & _elsewhere(template, rule),
            tuple(column for column in columns.values() if "*" in column.heading),
            (rule.name, *rule.aliases),
            frozenset(fold(kind.word) for kind in template.kinds.values()),
            telling=tuple(_folded(columns[name]) for name in rule.known_by if name in columns),
        )

    def with_words(self, words: Words) -> Self:
        """Return the vocabulary with the words of other languages."""
        names = frozenset(map(fold, self.sheet_names))
        sheets = {
            w: found for w, senses in words.sheets.items() if (found := _named(senses, names))
        }
        singular = (word for word, found in sheets.items() if found & self.singulars)
        return replace(
            self,
            names=replace(self.names, words=words.headings),
            sheet_names=(*self.sheet_names, *sheets),
            singulars=self.singulars.union(singular),
        )

    def of_row(self, row: Folded) -> Self:
        """Return the vocabulary for a row of headings: the words in it count as names."""
        if not self.names.words:
            return self
        foreign = in_other_languages(row, self.names.mains, self.names.words)
        mains = {word: self.names.mains[name] for word, name in foreign.items()}

        def spoken(names: frozenset[str]) -> frozenset[str]:
            return names.union(word for word, name in foreign.items() if name in names)

        return replace(
            self,
            names=replace(self.names, mains=self.names.mains | mains),
            languages=languages_of(row, self.names.mains, self.names.words),
            keys=tuple(map(spoken, self.keys)),
            required={main: spoken(names) for main, names in self.required.items()},
            everyday=spoken(self.everyday),
            plain=spoken(self.plain),
        )

    def foreign(self, names: frozenset[str]) -> frozenset[str]:
        """Return the words for names of a heading in the languages of the row."""
        return words_for(names, self.languages, self.names.words)

    @property
    def lettered(self) -> frozenset[str]:
        """The required headings that a letter places, whatever stands above the column."""
        columns = self.rule.columns
        return frozenset(main for main in self.required if main in columns and columns[main].letter)

    def told_by(self, present: frozenset[str]) -> bool:
        """Return whether all headings are there without which nothing is taken for the kind."""
        return all(names & present for names in self.telling)

    def known(self, present: frozenset[str], header: Header) -> frozenset[str]:
        """Return the headings present that the rule knows, by a wildcard too."""
        named = present.intersection(self.names.mains) | present & self.ignored
        wild = {i for column in self.patterns for i, _ in filled(column, header)}
        return named | {fold(header.headings[i]) for i in wild}

    def own(self, present: frozenset[str]) -> frozenset[str]:
        """Return the headings of the kind's own key, if all are there, and none under two names."""
        found = [names & present for names in self.keys]
        if not found or any(len(names) != 1 or names <= self.plain for names in found):
            return frozenset()
        return frozenset[str]().union(*found)

    def twice(self, present: frozenset[str]) -> bool:
        """Return whether two names of the kind's own key are there."""
        return any(len(names & present) > 1 for names in self.keys)


def _main(rule: SheetRule) -> EntityRule:
    """Return the entity that a row is about, not one that many rows state again."""
    return next((entity for entity in rule.entities if not entity.creates), rule.entities[0])


def _keys(template: Template, entity: EntityRule) -> tuple[frozenset[str], ...]:
    """Return the names of each column that fills the kind's key; none where one has no heading."""
    columns = {column.path: column for column in entity.columns if column.heading}
    paths = template.kinds[entity.kind].key
    if not all(path in columns for path in paths):
        return ()
    return tuple(_folded(columns[path]) for path in paths)


def _elsewhere(template: Template, rule: SheetRule) -> frozenset[str]:
    """Return the names that the template's other rules have for more than what a row is in."""
    found: set[str] = set()
    for other in template.sheets:
        references = [r for entity in other.entities for r in entity.references if r.parent]
        parents = {heading for r in references for heading in (*r.by, *r.within)}
        mains = (column for main, column in headed(other).items() if main not in parents)
        if other is not rule:
            found.update(*map(_folded, mains))
    return frozenset(found)


def _named(senses: Iterable[Sense], names: frozenset[str]) -> frozenset[str]:
    """Return those of some names that a word stands for."""
    return names.intersection(fold(sense.name) for sense in senses)


def _folded(column: Column) -> frozenset[str]:
    return frozenset(map(fold, column.names))
