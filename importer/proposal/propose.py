"""Proposes how lists are imported: heading row, data rows, columns, kind, fields, questions.

Sheets are looked at one by one; then columns that name rows of other sheets are known, and fields
are given. What a person has chosen is kept, and the rest proposed anew around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from importer.proposal.asks import asks
from importer.proposal.cells import Row, Sheet, Table
from importer.proposal.columns import Column, columns_of
from importer.proposal.data import point_list
from importer.proposal.fields import Around, second_languages
from importer.proposal.heading_row import find, heading_set, headings_at
from importer.proposal.kinds import NOTHING, Beside, Verdict, verdict
from importer.proposal.layout import forms, separators
from importer.proposal.levels import levels, unique_in_parents
from importer.proposal.mapped import mapped
from importer.proposal.naming import Names
from importer.proposal.pointers import Listing, Pointer, pointers
from importer.proposal.proposal import Proposal, SheetProposal, Skipped
from importer.proposal.rules import KindRules, rules_of
from importer.proposal.skipped import blank_words, data_rows
from importer.template import Template


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has said of a sheet: its heading row, its kind (empty: not for import)."""

    header_row: int | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A sheet as it was looked at: its rows, its columns, and what its rows are."""

    table: Table
    names: Names
    header_row: int
    columns: Sequence[Column]
    rows: Sequence[Row]
    skipped: Sequence[Skipped]
    verdict: Verdict = field(default_factory=lambda: Verdict(NOTHING, 0.0, ()))


Choices = Mapping[tuple[str, str], Choice]
"""What a person has said, by the names of file and sheet."""


def propose(
    sheets: Iterable[Sheet], templates: Iterable[Template], chosen: Choices | None = None
) -> Proposal:
    """Return how the sheets of lists are proposed to be imported onto the templates' kinds."""
    rules = rules_of(templates)
    looks = look_at([Table.of(sheet) for sheet in sheets], rules, chosen or {})
    listings = [_listing(look, rules) for look in looks]
    pointing = list(pointers(listings))
    kinds = [look.verdict.kind for look in looks]
    return Proposal(
        tuple(
            _sheet(look, listing, _around(at, look, listings, pointing), frozenset(kinds))
            for at, (look, listing) in enumerate(zip(looks, listings, strict=True))
        )
    )


def look_at(tables: Sequence[Table], rules: Mapping[str, KindRules], chosen: Choices) -> list[Look]:
    """Return each sheet with its headings, columns and kind."""
    looks: list[Look] = []
    known: list[frozenset[str]] = []
    files = [table.file for table in tables]
    for table in tables:
        choice = chosen.get((table.file, table.name), Choice())
        look = _look(table, choice, known, alone=files.count(table.file) == 1)
        looks.append(replace(look, verdict=_verdict(look, choice, rules)))
        if look.header_row:
            known.append(heading_set(tuple(column.heading for column in look.columns)))
    return [_beside_others(look, looks, rules, chosen) for look in looks]


def _beside_others(
    look: Look, looks: Sequence[Look], rules: Mapping[str, KindRules], chosen: Choices
) -> Look:
    """Return a sheet judged again beside the others of its file."""
    others = [each for each in looks if each.table.file == look.table.file and each is not look]
    if not others:
        return look
    choice = chosen.get((look.table.file, look.table.name), Choice())
    beside = Beside(
        named=frozenset(named.thing for each in others for named in each.names.things),
        most_rows=max(len(each.rows) for each in others),
        less=less_likely([each.verdict for each in looks], rules),
    )
    return replace(look, verdict=_verdict(look, choice, rules, beside))


def _verdict(
    look: Look, choice: Choice, rules: Mapping[str, KindRules], beside: Beside | None = None
) -> Verdict:
    if choice.kind is not None:
        return Verdict(choice.kind, 1.0, ("it was chosen",))
    return verdict(look.names, look.columns, rules, beside)


def less_likely(verdicts: Sequence[Verdict], rules: Mapping[str, KindRules]) -> dict[str, float]:
    """Return how much less the kinds weigh that belong to another system than the file's."""
    systems: dict[str, float] = defaultdict(float)
    for each in verdicts:
        if each.kind in rules:
            systems[rules[each.kind].template] += each.confidence
    usual = max(systems, key=systems.__getitem__, default="")
    less = point_list()["other_system"]
    return {kind: less for kind, each in rules.items() if usual and each.template != usual}


def _look(table: Table, choice: Choice, known: Sequence[frozenset[str]], *, alone: bool) -> Look:
    at = _heading_place(table, choice, known)
    headings = headings_at(table, at) if at >= 0 else ("",) * table.width
    data, left = data_rows(table.rows[at + 1 :], headings)
    above = [Skipped(row.number, "stands above the headings") for row in table.rows[: max(at, 0)]]
    number = table.rows[at].number if at >= 0 else 0
    title = next((row.filled[0] for row in table.rows[: max(at, 0)] if len(row.filled) == 1), "")
    names = Names(table.file, table.name, alone, title)
    columns = columns_of(headings, data, {named.thing for named in names.things})
    return Look(table, names, number, columns, data, [*above, *left])


def _heading_place(table: Table, choice: Choice, known: Sequence[frozenset[str]]) -> int:
    """Return where the heading row stands among the rows that are not blank, -1 for none."""
    if choice.header_row is not None:
        numbers = [row.number for row in table.rows]
        return numbers.index(choice.header_row) if choice.header_row in numbers else -1
    found = find(table, known)
    return found.at if found else -1


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
    return Around(
        unique=unique_in_parents(look.columns, listing.rules),
        points_to={p.column: (p.field, names[p.to]) for p in pointing if p.sheet == at},
        pointed_at=frozenset(p.key for p in pointing if p.to == at),
        second=second_languages(look.columns),
    )


def _sheet(
    look: Look, listing: Listing | None, around: Around, kinds: frozenset[str]
) -> SheetProposal:
    """Return the proposal for one sheet."""
    found = look.verdict
    columns = mapped(look.columns, listing.rules if listing else None, around)
    questions = asks(listing.rules, look.names, columns, look.columns, kinds) if listing else ()
    return SheetProposal(
        file=look.table.file,
        name=look.table.name,
        header_row=look.header_row,
        kind=found.kind or None,
        confidence=found.confidence,
        reasons=found.reasons,
        runner_up=found.runner_up or None,
        template=listing.rules.template if listing else "",
        columns=columns,
        levels=levels(columns, look.rows) if listing else (),
        asks=tuple(questions),
        skipped=tuple(look.skipped),
        blanks=tuple(blank_words(look.rows[:2_000])),
        separators=separators(look.columns, columns),
        forms=forms(look.columns, columns),
    )
