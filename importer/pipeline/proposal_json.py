"""A proposal as the keys of a command's JSON object."""

from __future__ import annotations

from typing import Any

from importer.proposal import Proposal, SheetProposal


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as the keys of a command's JSON object."""
    return {"sheets": [_sheet(sheet) for sheet in proposal.sheets]}


def _sheet(sheet: SheetProposal) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "name": sheet.name,
        "header_row": sheet.header_row,
        "kind": sheet.kind,
        "confidence": round(sheet.confidence, 2),
        "reasons": list(sheet.reasons),
        "columns": [
            {
                "column": column.column,
                "heading": column.heading,
                "field": column.field,
                "score": round(column.score, 2),
                "reason": column.reason,
            }
            for column in sheet.columns
        ],
        "asks": [
            {
                "name": ask.name,
                "question": ask.question,
                "default": ask.default or None,
                "choices": list(ask.choices),
            }
            for ask in sheet.asks
            if ask.is_open
        ],
        "skipped": [{"row": one.row, "reason": one.reason} for one in sheet.skipped],
    }
