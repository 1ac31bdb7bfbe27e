"""Where a workbook names what its references may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from importer.template.blank.layout import LAST_ROW, Layout
from importer.template.columns import Each, Reference
from importer.template.model import Kind, Template
from importer.template.sheet_rule import EntityRule


class Names(Struct, frozen=True):
    """A column that names entities of a kind: `heading` of a sheet.

    `label` says that it holds the last name of each, not an ID; between `separators` a cell holds
    several.
    """

    layout: Layout
    heading: str
    label: bool = False
    listed: bool = False
    separators: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Return the cells of the column, as far as they are watched."""
        return self.layout.range(self.heading)

    @property
    def below(self) -> str:
        """Return the cells of the column below those that are watched."""
        return self.layout.range(self.heading, self.layout.last_row + 1, LAST_ROW)


def references_under(layout: Layout, heading: str) -> list[Reference]:
    """Return the references that a heading names the last part of, else those of an outer part."""
    every = [one for rule in layout.rule.entities for one in rule.references]
    last = [one for one in every if one.by[-1:] == (heading,)]
    return last or [one for one in every if heading in one.by]


def _kinds_under(template: Template, reference: Reference, heading: str) -> list[str]:
    """Return the kinds that a heading of a reference names: an outer part has what is around it."""
    kinds = list(reference.to)
    for _ in reference.by[reference.by.index(heading) + 1 :]:
        kinds = [around for kind in kinds for around in _kinds_around(template, kind)]
    return list(dict.fromkeys(kinds))


def _kinds_around(template: Template, kind: str) -> Iterator[str]:
    for rule in (rule for sheet in template.sheets for rule in sheet.entities):
        for reference in rule.references if rule.kind == kind else ():
            if reference.parent and reference.by and not reference.via:
                yield from reference.to


def names_for(
    template: Template, layouts: Sequence[Layout], layout: Layout, heading: str
) -> list[Names]:
    """Return the columns of the workbook that name what a heading may refer to.

    None where it cannot be told: the row itself may make it, or the workbook makes none of a kind.
    """
    found: list[Names] = []
    for reference in references_under(layout, heading):
        for kind in _kinds_under(template, reference, heading):
            names = list(_names(template.kinds[kind], layouts, reference.via))
            if not reference.via and not any(one.label or one.listed for one in names):
                return []
            found += (one for one in names if one not in found)
    own = any(one.layout is layout and one.heading == heading for one in found)
    return [] if own else found


def _names(kind: Kind, layouts: Sequence[Layout], via: str) -> Iterator[Names]:
    for layout in layouts:
        for rule in layout.rule.entities if kind.mode != "update" else ():
            if rule.kind == kind.name:
                yield from _names_by(layout, rule, kind, via)


def _names_by(layout: Layout, rule: EntityRule, kind: Kind, via: str) -> Iterator[Names]:
    if rule.each is not None:
        if not via and layout.letter(rule.each.heading):
            yield Names(layout, rule.each.heading, listed=True, separators=_separators(rule.each))
        return
    paths = [via] if via else [kind.key[-1], *kind.identities]
    for path in paths:
        if heading := layout.headed(rule, path):
            yield Names(layout, heading, label=path == kind.key[-1])


def _separators(each: Each) -> tuple[str, ...]:
    """Return what stands between the names of a cell, nothing where that is no plain list."""
    return tuple(one.strip() or one for one in each.separators) if each.type == "text" else ()
