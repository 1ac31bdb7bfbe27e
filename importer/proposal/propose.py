"""Proposes how lists are imported: kinds, fields, levels and questions.

Sheets are looked at one by one, then beside each other; then columns that name rows of other sheets
are known, and fields are given. What a person has chosen is kept, and the rest proposed around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from importer.proposal.around import Around, has_codes, has_names, second_languages
from importer.proposal.asks import Known, asks
from importer.proposal.carried import carried, told
from importer.proposal.cells import PROFILED, Sheet, Table
from importer.proposal.chosen import Choices
from importer.proposal.data import field_list
from importer.proposal.layout import forms, separators
from importer.proposal.levels import levels, unique_in_parents
from importer.proposal.look import Look, look_at
from importer.proposal.mapped import mapped
from importer.proposal.pointers import Listing, Pointer, foreign_parents, pointers
from importer.proposal.proposal import ColumnProposal, Proposal, SheetProposal
from importer.proposal.rules import KindRules, rules_of
from importer.proposal.sections import sections_of, untold, without
from importer.proposal.settled import LANGUAGE, SECTIONS, is_day_first, meant_of, settled
from importer.proposal.skipped import blank_words
from importer.proposal.tree import placed, said, tree_of
from importer.template import Template


def propose(
    sheets: Iterable[Sheet], templates: Iterable[Template], chosen: Choices | None = None
) -> Proposal:
    """Return how the sheets of lists are proposed to be imported onto the templates' kinds."""
    rules = rules_of(templates)
    looks = look_at([Table.of(sheet) for sheet in sheets], rules, chosen or {})
    listings = [_listing(look, rules) for look in looks]
    pointing = list(pointers(listings))
    return Proposal(
        tuple(
            _sheet(look, listing, _around(at, look, listings, pointing), looks)
            for at, (look, listing) in enumerate(zip(looks, listings, strict=True))
        )
    )


def _listing(look: Look, rules: Mapping[str, KindRules]) -> Listing | None:
    kind = look.verdict.kind
    return Listing(look.table.name, rules[kind], look.columns) if kind in rules else None


def _around(
    at: int, look: Look, listings: Sequence[Listing | None], pointing: Sequence[Pointer]
) -> Around:
    listing = listings[at]
    if not listing:
        return Around()
    names = {at: listing.name if listing else "" for at, listing in enumerate(listings)}
    unique = unique_in_parents(look.columns, listing.rules)
    return Around(
        unique=unique,
        points_to={p.column: (p.field, names[p.to]) for p in pointing if p.sheet == at},
        pointed_at=frozenset(p.key for p in pointing if p.to == at),
        second=second_languages(look.columns, look.choice.answers.get(LANGUAGE, "")),
        named=has_names(look.columns, listing.rules),
        coded=has_codes(look.columns, listing.rules.things, unique),
        numbered=has_codes(look.columns, ("",), unique),
        addressed=any(column.says("street", "address") for column in look.columns),
        foreign=frozenset(foreign_parents(listing)),
    )


def _sheet(
    look: Look, listing: Listing | None, around: Around, looks: Sequence[Look]
) -> SheetProposal:
    """Return the proposal for one sheet."""
    found = look.verdict
    rules = listing.rules if listing else None
    columns = mapped(look.columns, rules, around, look.choice.fields)
    tree = tree_of(look.columns, columns, rules) if rules else ()
    if rules and tree:
        columns = placed(columns, tree, rules)
    down = carried(look.columns, columns) - frozenset(tree)
    constants = by_sheet(look, columns, looks)
    answers = look.choice.answers
    sections = sections_of(look, columns, constants, answers.get(SECTIONS, "")) if listing else None
    filled = frozenset({*constants, *([sections.field] if sections else [])})
    once = tuple(settled(look, rules, columns, untold(look, columns, constants))) if rules else ()
    known = Known(frozenset(each.verdict.kind for each in looks), filled)
    asked = asks(rules, look.names, columns, look.columns, known) if rules else ()
    words = list(blank_words(look.rows[:PROFILED]))
    return SheetProposal(
        file=look.table.file,
        name=look.table.name,
        header_row=look.header_row,
        kind=found.kind or None,
        confidence=found.confidence,
        reasons=(*said(tree, columns, found.kind), *found.reasons),
        runner_up=found.runner_up or None,
        template=listing.rules.template if listing else "",
        columns=told(columns, down),
        levels=levels(columns, look.rows) if listing else (),
        asks=(*once, *asked),
        skipped=without(look.skipped, sections),
        kept_rows=tuple(look.kept.rows),
        blanks=look.kept.blank(words),
        kept_words=look.kept.no_longer_blank(words),
        separators=separators(look.columns, columns),
        forms=forms(look.columns, columns, is_day_first(answers)),
        constants=constants,
        sections=sections,
        meant=meant_of(look, once),
        carried=down,
        tree=tree,
    )


def by_sheet(
    look: Look, columns: Sequence[ColumnProposal], looks: Sequence[Look]
) -> dict[str, str]:
    """Return the fields that the names of sheets fill, where several have the same headings."""
    headings = [column.heading for column in look.columns]
    alike = [
        each
        for each in looks
        if each.table.file == look.table.file and [c.heading for c in each.columns] == headings
    ]
    if len(alike) < 2 or look.names.is_unnamed:
        return {}
    given = {column.field for column in columns}
    every: dict[str, list[str]] = field_list()["each_sheet"]
    kinds = {name: look.names.title for name, kinds in every.items() if look.verdict.kind in kinds}
    return {name: title for name, title in kinds.items() if name not in given}
