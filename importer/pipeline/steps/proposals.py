"""What is proposed for the sheets of the files of a run, from their first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.pipeline.steps.list_sheet import ListSheet
from importer.proposal import SheetProposal, propose
from importer.proposal.cells import PROFILED
from importer.proposal.data import field_list
from importer.read import Input
from importer.template import find
from importer.template.own_sheets import ours

SURE = 0.8
"""From this confidence on, a proposal may be taken as it is."""

LIKELY = 0.6
"""So sure a field, or a kind for which something else speaks too, must be to count."""

INSTEAD = "What it is likely to be:"
"""Ends what is said before a proposal is shown."""


def proposals_of(inputs: Sequence[Input]) -> Mapping[tuple[str, str], SheetProposal]:
    """Return what each sheet is proposed to be, by the names of its file and its own.

    Sheets that we have added to a workbook are no lists.
    """
    opened = ((one.path.name, sheet) for one in inputs for sheet in one.sheets)
    lists = ((file, sheet) for file, sheet in opened if not ours(sheet.head()))
    sheets = [ListSheet.of(file, sheet, PROFILED) for file, sheet in lists]
    found = propose(sheets, map(find, field_list()["onto"])).sheets
    return {(one.file, one.name): one for one in found}
