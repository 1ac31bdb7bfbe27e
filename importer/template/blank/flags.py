"""Flags mistakes in a sheet as it is filled in, by conditional formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.template.blank import formulas
from importer.template.blank.fields import Field
from importer.template.blank.layout import Layout
from importer.template.blank.value_lists import ValueLists
from importer.template.columns import Column
from importer.template.model import Template
from importer.template.sheet_rule import EntityRule

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class Flag(Enum):
    """What is wrong with a cell, and the colours that show it: its own and its text's."""

    BLANK = ("F4A9A0", "7A1B10")
    VALUE = ("FFD08A", "7A4100")
    DOUBLED = ("DCC6F2", "4A2476")
    NOWHERE = ("FFF3B8", "6B5900")

    @property
    def phrase(self) -> str:
        """The name of the phrase that explains it."""
        return f"flag_{self.name.lower()}"


class Watch(Struct, frozen=True):
    """A column that is watched: the mistake, the heading, the formula for its first cell."""

    flag: Flag
    heading: str
    formula: str


def add_flags(
    sheet: Worksheet, template: Template, layouts: Sequence[Layout], layout: Layout,
    lists: ValueLists,
) -> None:  # fmt: skip
    """Add the conditional formats of a sheet."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for watch in watches(template, layouts, layout, lists):
        fill, text = watch.flag.value
        colours = PatternFill(bgColor=fill, fill_type="solid")
        style = DifferentialStyle(font=Font(color=text), fill=colours)
        rule = Rule("expression", dxf=style, formula=[watch.formula])
        sheet.conditional_formatting.add(layout.here(watch.heading).replace("$", ""), rule)


def watches(
    template: Template, layouts: Sequence[Layout], layout: Layout, lists: ValueLists
) -> Iterator[Watch]:
    """Yield what is watched in a sheet, the worst mistake first."""
    for rule, column in _required(layout):
        key = template.kinds[rule.kind].key
        yield Watch(Flag.BLANK, column.heading, formulas.blank_cell(layout, rule, column, key))
    for field in layout.placed:
        if field.choice.words and field.choice.strict:
            yield Watch(Flag.VALUE, field.rule.heading, _no_value(template, layout, field, lists))
    for headings in _keys(template, layout):
        yield Watch(Flag.DOUBLED, headings[-1], formulas.doubled(layout, headings))
    for field in layout.placed:
        if formula := formulas.nowhere(template, layouts, layout, field, lists):
            yield Watch(Flag.NOWHERE, field.rule.heading, formula)


def _required(layout: Layout) -> Iterator[tuple[EntityRule, Column]]:
    """Yield the columns that every row must fill, with the entity they are for."""
    seen: set[str] = set()
    for rule in layout.rule.entities:
        for column in rule.columns if not rule.when else ():
            given = column.default is not None or column.carry
            if column.required and not given and column.heading not in seen:
                seen.add(column.heading)
                if layout.letter(column.heading):
                    yield rule, column


def _no_value(template: Template, layout: Layout, field: Field, lists: ValueLists) -> str:
    rule = field.rule
    blanks = (*template.blanks, *layout.rule.blanks, *rule.blanks)
    words = (*field.choice.words, *field.choice.also, template.clear, *blanks)
    allowed = lists.name(lists.range(field.heading, tuple(dict.fromkeys(words))))
    return formulas.no_value(
        layout.cell(rule.heading), allowed, boolean="yes" in (word.lower() for word in words)
    )


def _keys(template: Template, layout: Layout) -> Iterator[list[str]]:
    """Yield the headings that tell a row from any other, together: its key, and each of its IDs."""
    main = layout.main
    kind = template.kinds[main.kind]
    names = [layout.headed(main, path) for path in kind.key]
    if all(names):
        parents = (name for one in main.references if one.parent for name in (*one.within, *one.by))
        scope = dict.fromkeys(name for name in parents if layout.letter(name))
        yield [*(name for name in scope if name not in names), *names]
    ids = [column.heading for column in main.columns if column.type == "id"]
    ids += (layout.headed(main, path) for path in kind.identities)
    yield from ([name] for name in dict.fromkeys(ids) if layout.letter(name) and name not in names)
