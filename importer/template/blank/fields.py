"""The columns of a sheet in a blank workbook: headings, formats, values to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from importer.template.model import Column, EntityRule, SheetRule, Template, fold
from importer.template.paths import node_at

YES_NO = ("yes", "no")
TEXTS = frozenset({"text", "enum", "list", "map", "url", "json", "id", "action"})
"""Column types whose cells have the text format, so that an ID keeps its leading zeros."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The values of a drop-down; `strict` if any other value would be an error."""

    words: tuple[str, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column for a field that the target's users have defined; `words` are all its values."""

    rule: Column
    words: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """The values of its drop-down; a list may hold several, which is no error."""
        many = self.rule.type == "list"
        kind = self.rule.item if many else self.rule.type
        return Choice(YES_NO if kind == "boolean" else self.words, strict=not many)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a blank sheet; `letter` is empty for a pattern like `Property: *`."""

    rule: Column
    letter: str
    choice: Choice

    @property
    def shown(self) -> str:
        """The heading as the sheet shows it: `Name *` if it must be filled."""
        return f"{self.rule.heading} *" if self.rule.required else self.rule.heading

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
) -> list[Field]:
    """Return the columns of a sheet in the template's order, then its `own`.

    `lists` are values by heading.
    """
    from openpyxl.utils import get_column_letter

    known = {fold(heading): tuple(words) for heading, words in lists.items()}
    fields: list[Field] = []
    place = 0
    for heading, rule in sheet.columns.items():
        if not rule.offered:
            continue
        place += 0 if pattern(heading) else 1
        stated = "" if rule.in_sections else rule.letter
        letter = get_column_letter(place) if sheet.header else stated
        choice = _choice(template, sheet, heading)
        if not choice.strict and fold(heading) in known:
            choice = Choice(known[fold(heading)])
        choice = _without(template.clear, choice)
        fields.append(Field(rule, "" if pattern(heading) else letter, choice))
    letters = map(get_column_letter, range(place + 1, place + 1 + len(own)))
    fields += [
        Field(one.rule, letter, _without(template.clear, one.choice))
        for one, letter in zip(own, letters, strict=True)
    ]
    return fields


def _without(clear: str, choice: Choice) -> Choice:
    """Return a choice without the text that empties a field, which no cell can mean otherwise."""
    return replace(choice, words=tuple(one for one in choice.words if one.strip() != clear))


def pattern(heading: str) -> bool:
    """Return whether a heading stands for any number of columns: `Property: *`."""
    return "*" in heading


def _choice(template: Template, sheet: SheetRule, heading: str) -> Choice:
    found = (
        _offered(template, entity, column)
        for entity in sheet.entities
        for column in entity.columns
        if column.heading == heading
    )
    return next((choice for choice in found if choice.words), Choice(()))


def _offered(template: Template, entity: EntityRule, column: Column) -> Choice:
    if column.type == "action":
        return Choice(("delete",), strict=True)
    if column.type == "boolean":
        return Choice(YES_NO, strict=True)
    schema = template.kinds[entity.kind].schema
    node = (node_at(schema, column.path) if column.path else None) or {}
    if "enum" in node:
        return Choice(tuple(map(str, node["enum"])), strict=True)
    items = node.get("items", {}).get("enum", ())
    return Choice(
        tuple(map(str, items)) or tuple(dict.fromkeys(map(_word, column.values.values())))
    )


def _word(value: Any) -> str:
    """Return a value of a column's `values` as a person writes it."""
    if isinstance(value, bool):
        return YES_NO[0] if value else YES_NO[1]
    return str(value)
