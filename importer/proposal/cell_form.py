"""What a mapping says of how the cells of a column are written: numbers, dates, lists."""

from __future__ import annotations

from typing import Any

from importer.proposal.proposal import ColumnProposal, SheetProposal
from importer.template import Column

DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y")

FORMS: dict[str, dict[str, Any]] = {
    "decimal comma": {"decimal": ","},
    "decimal point": {"decimal": "."},
    "day first": {"formats": DAY_FIRST},
    "month first": {"formats": MONTH_FIRST},
}
"""What the keys of a column say of how its numbers or dates are written."""


def form_of(sheet: SheetProposal, found: ColumnProposal, placed: Column) -> dict[str, Any]:
    """Return what a rule says of how the cells of a column are written."""
    form = FORMS.get(sheet.forms.get(found.column, ""), {})
    wanted = {"decimal": ("number", "integer"), "formats": ("date",)}
    usable = {key: v for key, v in form.items() if placed.type in wanted[key]}
    separator = sheet.separators.get(found.column)
    if separator and placed.type == "list":
        usable["separators"] = tuple(dict.fromkeys((separator, "\n")))
    return usable
