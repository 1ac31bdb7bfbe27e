"""What the drop-down of a column offers: fixed values, the target's names, those of a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from importer.template.blank.fields import Field
from importer.template.blank.known_names import names_for, references_under
from importer.template.blank.layout import Layout
from importer.template.blank.value_lists import ValueLists
from importer.template.model import Template

MOST = 500
"""How many names of a sheet are offered beside the target's."""


def offer_of(
    template: Template, layouts: Sequence[Layout], layout: Layout, field: Field, lists: ValueLists
) -> str:
    """Return the formula of a column's drop-down, blank where there is nothing to offer.

    A name may stand in a sheet of the workbook, where it is offered as soon as it is typed.
    """
    place = _names(template, layouts, layout, field)
    if not place:
        words = field.choice.words
        return lists.formula(field.heading, words) if words else ""
    return lists.growing(field.heading, field.choice.words, place, MOST)


def _names(template: Template, layouts: Sequence[Layout], layout: Layout, field: Field) -> str:
    """Return the cells that hold the names a reference may have, blank where there are none.

    A relation among the rows of one sheet would offer all its rows, and a cell has several.
    """
    heading = field.rule.heading
    for one in names_for(template, layouts, layout, heading):
        among = any(ref.many for ref in references_under(layout, heading)) and one.layout is layout
        if one.label and not among:
            return one.place
    return ""
