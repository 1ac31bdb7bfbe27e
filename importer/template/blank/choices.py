"""The values that the cells of a column may have: offered in a drop-down, and accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from importer.template.blank.wording import Wording
from importer.template.columns import Column
from importer.template.folded import fold
from importer.template.model import Template
from importer.template.paths import node_at
from importer.template.sheet_rule import EntityRule, SheetRule
from importer.template.words import choice_words
from importer.yes_no import yes_no_words

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Choice:
    """The values of a drop-down; `strict` if any other value would be an error.

    `also` are values that are not offered and are no error.
    """

    words: tuple[str, ...]
    strict: bool = False
    also: tuple[str, ...] = field(default=(), compare=False)

    def without(self, clear: str) -> Choice:
        """Return it without the text that empties a field, which no cell can mean otherwise."""
        words = tuple(one for one in self.words if one.strip() != clear)
        return Choice(words, self.strict, self.also)

    def worded(self, wording: Wording) -> Choice:
        """Return it in a language; the English values are accepted too."""
        words = tuple(dict.fromkeys(map(wording.value, self.words)))
        others = tuple(word for word in self.words if word not in words)
        return Choice(words, self.strict, (*others, *self.also))


class OwnColumn(Struct, frozen=True):
    """A column for a field that the target's users have defined; `words` are all its values."""

    rule: Column
    words: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """The values of its drop-down; a list may hold several, which is no error."""
        many = self.rule.type == "list"
        if self._is_boolean:
            return Choice(YES_NO, strict=not many, also=tuple(yes_no_words()))
        return Choice(self.words, strict=not many)

    def worded(self, wording: Wording) -> Choice:
        """Return its values in a language; those of the target's users are in their own."""
        return self.choice.worded(wording) if self._is_boolean else self.choice

    @property
    def _is_boolean(self) -> bool:
        return "boolean" in (self.rule.type, self.rule.type == "list" and self.rule.item)


def choice_of(
    template: Template,
    sheet: SheetRule,
    heading: str,
    lists: Mapping[str, Sequence[str]],
    wording: Wording,
) -> Choice:
    """Return the values of a column; `lists` are those of the target, by folded heading.

    A column that names what its row makes is offered none of them: a path that refers to a thing in
    another sheet would be a wrong name here.
    """
    found = (
        _offered(template, entity, column)
        for entity in sheet.entities
        for column in entity.columns
        if column.heading == heading
    )
    choice = next((choice for choice in found if choice.words), Choice(()))
    if not choice.strict and fold(heading) in lists and not _names(template, sheet, heading):
        return Choice(tuple(lists[fold(heading)]))
    return choice.worded(wording)


def _names(template: Template, sheet: SheetRule, heading: str) -> bool:
    """Return whether a column only holds the names of what the rows of its sheet make."""
    refers = any(heading in ref.by for rule in sheet.entities for ref in rule.references)
    keys = ((one, template.kinds[rule.kind].key) for rule in sheet.entities for one in rule.columns)
    return not refers and any(one.heading == heading and one.path in key for one, key in keys)


def _offered(template: Template, entity: EntityRule, column: Column) -> Choice:
    also = tuple(column.values)
    if column.type == "action":
        return Choice(("delete",), strict=True)
    if column.type == "boolean":
        return Choice(YES_NO, strict=True, also=(*yes_no_words(), *also))
    schema = template.kinds[entity.kind].schema
    node = (node_at(schema, column.path) if column.path else None) or {}
    if "enum" in node:
        words = tuple(map(str, node["enum"]))
        others = (other for word in words for other in choice_words(word, template))
        return Choice(words, strict=True, also=(*also, *others))
    items = node.get("items", {}).get("enum", ())
    return Choice(
        tuple(map(str, items)) or tuple(dict.fromkeys(map(_word, column.values.values())))
    )


def _word(value: Any) -> str:
    """Return a value of a column's `values` as a person writes it."""
    if isinstance(value, bool):
        return YES_NO[0] if value else YES_NO[1]
    return str(value)
