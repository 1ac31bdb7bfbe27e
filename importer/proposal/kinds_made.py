"""Tells which kinds a proposed list makes besides its own: what its rows stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from importer.proposal.data import field_list
from importer.proposal.proposal import SheetProposal
from importer.proposal.rules import KindRules


def makeable(sheet: SheetProposal) -> dict[str, list[str]]:
    """Return the kinds that a sheet may make, each with the fields that it needs."""
    made: dict[str, list[str]] = field_list()["made"]
    in_tree = {kind: made.get(kind, []) for kind in level_kinds(sheet)}
    return {**made, **in_tree, **(field_list()["made_of_sections"] if sheet.sections else {})}


def level_kinds(sheet: SheetProposal) -> Iterator[str]:
    """Yield the kinds that the levels of a tree name: rows of their own make each of them."""
    kinds: dict[str, str] = field_list()["levels"]
    fields = {column.field for column in sheet.columns if column.column in sheet.tree}
    yield from (kind for field, kind in kinds.items() if field in fields)


def kinds_made(
    sheet: SheetProposal,
    rules: Mapping[str, KindRules],
    brought: Set[str | None],
    filled: Set[str],
) -> Iterator[str]:
    """Yield the kinds above the rows' own that a sheet makes where they are missing.

    Other sheets bring the kinds `brought`. The fields that it must have for that are `filled`.
    """
    for kind, needed in makeable(sheet).items():
        rule = rules.get(kind)
        if rule is None or kind in {*brought, sheet.kind}:
            continue
        if rule.template == sheet.template and {rule.name, *needed} <= filled:
            yield kind
