"""The columns of a sheet in a blank workbook: their order, headings, formats, values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from importer.template.blank.choices import Choice, OwnColumn, choice_of
from importer.template.blank.wording import Wording, wording
from importer.template.columns import Column
from importer.template.folded import fold
from importer.template.model import Template
from importer.template.sheet_rule import SheetRule

TEXTS = frozenset({"text", "enum", "list", "map", "url", "json", "id", "action"})
"""Column types whose cells have the text format, so that an ID keeps its leading zeros."""


class Field(Struct, frozen=True):
    """A column of a blank sheet; `letter` is empty for a pattern like `Property: *`.

    `heading`, `note` and `example` are in the language of the workbook. One that is `folded` is
    hidden until somebody unfolds it.
    """

    rule: Column
    letter: str
    choice: Choice
    heading: str
    note: str
    example: str
    folded: bool = False

    @property
    def shown(self) -> str:
        """The heading as the sheet shows it: `Name *` if it must be filled."""
        return f"{self.heading} *" if self.rule.required else self.heading

    @property
    def number_format(self) -> str:
        """The number format of the column's cells."""
        if self.rule.type in TEXTS:
            return "@"
        return "yyyy-mm-dd" if self.rule.type == "date" else "General"


def fields_of(
    template: Template,
    sheet: SheetRule,
    lists: Mapping[str, Sequence[str]],
    own: Sequence[OwnColumn] = (),
    *,
    words: Wording | None = None,
    filled: Collection[str] = (),
) -> list[Field]:
    """Return the columns of a sheet: those that most people need, its `own`, then the others.

    `lists` are values by heading; headings that are `filled` are not folded away.
    """
    words = words or wording(template)
    known = {fold(heading): tuple(values) for heading, values in lists.items()}
    rules = [rule for rule in sheet.columns.values() if rule.offered]
    first = _first(sheet, rules, filled)
    rest = [rule for rule in rules if rule not in first]
    choices = {
        rule.heading: choice_of(template, sheet, rule.heading, known, words) for rule in rules
    } | {one.rule.heading: one.worded(words) for one in own}
    ordered = [*first, *(one.rule for one in own), *rest]
    shown = len(ordered) - len(rest)
    return [
        _field(rule, letter, choices[rule.heading].without(template.clear), words, at >= shown)
        for at, (rule, letter) in enumerate(zip(ordered, _letters(sheet, ordered), strict=True))
    ]


def _first(sheet: SheetRule, rules: Sequence[Column], filled: Collection[str]) -> list[Column]:
    """Return the columns that are not folded away, in their order."""
    if not sheet.first or not sheet.header:
        return list(rules)
    places = {fold(heading): place for place, heading in enumerate(sheet.first)}
    kept = [
        rule
        for rule in rules
        if fold(rule.heading) in places or rule.required or rule.heading in filled
    ]
    return sorted(kept, key=lambda rule: places.get(fold(rule.heading), len(places)))


def _letters(sheet: SheetRule, ordered: Iterable[Column]) -> Iterator[str]:
    """Yield the letter of each column, none for a pattern."""
    from openpyxl.utils import get_column_letter

    place = 0
    for rule in ordered:
        if pattern(rule.heading):
            yield ""
            continue
        place += 1
        stated = "" if rule.in_sections else rule.letter
        yield get_column_letter(place) if sheet.header else stated


def _field(rule: Column, letter: str, choice: Choice, words: Wording, folded: bool) -> Field:
    return Field(
        rule,
        letter,
        choice,
        words.heading(rule.heading),
        words.text(rule.note),
        words.text(rule.example),
        folded and letter != "",
    )


def pattern(heading: str) -> bool:
    """Return whether a heading stands for any number of columns: `Property: *`."""
    return "*" in heading
