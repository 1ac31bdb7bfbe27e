"""Where a workbook names what its references may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.template.blank.layout import Layout
from importer.template.model import EntityRule, Kind, Reference, Template


@dataclass(frozen=True, slots=True)
class Names:
    """A column that names entities of a kind: `heading` of a sheet.

    `label` says that it holds the last name of each, not an ID; `listed` that a cell holds several.
    """

    layout: Layout
    heading: str
    label: bool = False
    listed: bool = False

    @property
    def place(self) -> str:
        """Return the cells of the column."""
        return self.layout.range(self.heading)


def references_under(layout: Layout, heading: str) -> list[Reference]:
    """Return the references that a heading names the last part of."""
    return [
        reference
        for rule in layout.rule.entities
        for reference in rule.references
        if reference.by[-1:] == (heading,)
    ]


def names_for(
    template: Template, layouts: Sequence[Layout], layout: Layout, heading: str
) -> list[Names]:
    """Return the columns of the workbook that name what a heading may refer to.

    None where it cannot be told: the row itself may make it, or the workbook makes none of a kind.
    """
    found: list[Names] = []
    for reference in references_under(layout, heading):
        for kind in reference.to:
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
            yield Names(layout, rule.each.heading, listed=True)
        return
    paths = [via] if via else [kind.key[-1], *kind.identities]
    for path in paths:
        if heading := layout.headed(rule, path):
            yield Names(layout, heading, label=path == kind.key[-1])
