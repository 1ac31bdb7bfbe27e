"""Writes a proposal as `mapping.toml`: a template that extends the shipped one it maps onto."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from importer.proposal.filled_fields import FilledFields, answered
from importer.proposal.proposal import Proposal
from importer.proposal.rules import KindRules, rules_of
from importer.proposal.sheet_lines import SheetLines
from importer.template import Template
from importer.template.toml import toml

__all__ = ["answered", "mapping_files"]


def mapping_files(title: str, proposal: Proposal, templates: Sequence[Template]) -> dict[str, str]:
    """Return the text of a mapping for each shipped template that sheets are mapped onto."""
    rules = rules_of(templates)
    by_name = {template.name: template for template in templates}
    named = dict.fromkeys(sheet.template for sheet in proposal.sheets if sheet.template)
    return {name: "\n".join(_lines(title, by_name[name], proposal, rules)) + "\n" for name in named}


def _lines(
    title: str, template: Template, proposal: Proposal, rules: Mapping[str, KindRules]
) -> Iterator[str]:
    mine = [sheet for sheet in proposal.sheets if sheet.template == template.name]
    others = [sheet.name for sheet in proposal.sheets if sheet not in mine]
    yield f"title = {toml(title)}"
    yield f"systems = {toml(list(template.systems))}"
    yield f"extends = {toml(template.name)}"
    if others:
        yield f"ignore_sheets = {toml(others)}"
    asks = {ask.name: ask for sheet in mine for ask in sheet.asks if ask.name in answered()}
    for ask in asks.values():
        # what is likely is offered where the question is asked, never taken without a word
        yield f"\n[asks.{ask.name}]\nquestion = {toml(ask.again or ask.question)}"
    brought = frozenset(sheet.kind for sheet in mine if sheet.kind)
    for sheet in mine:
        yield from SheetLines(sheet, rules, brought, FilledFields(sheet, frozenset(asks))).lines()
