"""Required fields that a proposal leaves open: a mapping without them imports nothing."""

from __future__ import annotations

from collections.abc import Mapping

from importer.proposal import Proposal, SheetProposal
from importer.proposal.mapping_file import answered
from importer.proposal.rules import KindRules
from importer.suggest import listed
from importer.way_out import way_out

ON_PAGE = "Give one of its columns that heading, and upload it again."


def lacking(rules: KindRules, sheet: SheetProposal) -> list[str]:
    """Return the required fields of a sheet that nothing fills, no answer either."""
    given = {name for c in sheet.columns for name in (c.field, *c.also)} | {*sheet.constants}
    given |= {answered().get(ask.name) for ask in sheet.asks}
    given |= {sheet.sections.field} if sheet.sections else set()
    return [n for n, column in rules.columns.items() if column.required and n not in given]


def nothing_works(proposal: Proposal, kinds: Mapping[str, KindRules]) -> str:
    """Return what is required and not there, where that is so in each sheet; nothing otherwise."""
    sheets = [(sheet, kinds[sheet.kind or ""]) for sheet in proposal.sheets if sheet.kind in kinds]
    open_ = [(sheet, rules, lacking(rules, sheet)) for sheet, rules in sheets]
    if not open_ or not all(names for _, _, names in open_):
        return ""
    sheet, rules, names = open_[0]
    command = f"Say at a terminal which column it is: `importer template init {sheet.file}`."
    return (
        f"{sheet.file}, sheet {sheet.name}: no column fills {listed(names)}, which each "
        f"{rules.word} must have, so nothing could be imported. {way_out(command, ON_PAGE)}"
    )
