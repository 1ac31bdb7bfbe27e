"""What a mapping says of how the cells of a column are written: numbers, dates, lists."""

from __future__ import annotations

from typing import Any

from importer.proposal.proposal import ColumnProposal, SheetProposal
from importer.proposal.written_forms import keys_of
from importer.template import Column


def form_of(sheet: SheetProposal, found: ColumnProposal, placed: Column) -> dict[str, Any]:
    """Return what a rule says of how the cells of a column are written."""
    usable = keys_of(sheet.forms.get(found.column, ""), placed.type)
    separator = sheet.separators.get(found.column)
    if separator and placed.type == "list":
        usable["separators"] = tuple(dict.fromkeys((separator, "\n")))
    return usable
