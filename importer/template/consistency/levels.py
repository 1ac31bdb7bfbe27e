"""Mistakes in the levels of a sheet: headings that name nothing, or are filled in another way."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template.consistency.names import unknown_headings
from importer.template.folded import fold
from importer.template.locate import Location, Mistake
from importer.template.model import Template
from importer.template.sheet_rule import SheetRule


def level_mistakes(template: Template, sheet: SheetRule, location: Location) -> Iterator[Mistake]:
    """Yield what is wrong with the levels of a sheet."""
    yield from unknown_headings(sheet.levels, set(map(fold, sheet.columns)), location)
    naming = {
        column.heading
        for entity in sheet.entities
        if entity.kind in template.kinds
        for column in entity.columns
        if column.path in template.kinds[entity.kind].key
    }
    for name in sheet.levels:
        if name in sheet.columns and name not in naming:
            yield location, f"{name} names no entity: a level is where the name of one stands."
        if name in sheet.columns and sheet.columns[name].carry:
            yield location, f"{name} needs no `carry`: a level counts for the rows below anyway."
