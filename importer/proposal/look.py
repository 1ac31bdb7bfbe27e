"""Looks at the sheets of lists: heading row, data rows, columns, and kind beside other sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from importer.proposal.cells import Row, Table
from importer.proposal.chosen import REASON, Choice, Choices
from importer.proposal.columns import Column, columns_of
from importer.proposal.data import point_list
from importer.proposal.heading_row import find, groups_at, heading_set, headings_at
from importer.proposal.kept import Kept, kept
from importer.proposal.kinds import Verdict, verdict
from importer.proposal.naming import Names
from importer.proposal.points import NOTHING
from importer.proposal.proposal import Skipped
from importer.proposal.rules import KindRules
from importer.proposal.skipped import data_rows
from importer.proposal.whole import Beside


class Look(Struct, frozen=True):
    """A sheet as it was looked at: its rows, its columns, and what its rows are."""

    table: Table
    names: Names
    header_row: int
    columns: Sequence[Column]
    rows: Sequence[Row]
    skipped: Sequence[Skipped]
    kept: Kept
    verdict: Verdict = field(default_factory=lambda: Verdict(NOTHING, 0.0, ()))
    choice: Choice = field(default_factory=Choice)


def look_at(tables: Sequence[Table], rules: Mapping[str, KindRules], chosen: Choices) -> list[Look]:
    """Return each sheet with its headings, columns and kind."""
    looks: list[Look] = []
    known: list[frozenset[str]] = []
    files = [table.file for table in tables]
    for table in tables:
        choice = chosen.get((table.file, table.name), Choice())
        look = _look(table, choice, known, alone=files.count(table.file) == 1)
        look = replace(look, choice=choice)
        looks.append(replace(look, verdict=_verdict(look, rules)))
        if look.header_row:
            known.append(heading_set(tuple(column.heading for column in look.columns)))
    return [_beside_others(look, looks, rules) for look in looks]


def _beside_others(look: Look, looks: Sequence[Look], rules: Mapping[str, KindRules]) -> Look:
    """Return a sheet judged again beside the others of its file."""
    others = [each for each in looks if each.table.file == look.table.file and each is not look]
    if not others:
        return look
    beside = Beside(
        named=frozenset(named.thing for each in others for named in each.names.things),
        most_rows=max(len(each.rows) for each in others),
        less=less_likely([each for each in looks if each.table.file == look.table.file], rules),
    )
    return replace(look, verdict=_verdict(look, rules, beside))


def _verdict(look: Look, rules: Mapping[str, KindRules], beside: Beside | None = None) -> Verdict:
    if look.choice.kind is not None:
        return Verdict(look.choice.kind, 1.0, (REASON,))
    return verdict(look.names, look.columns, rules, beside)


def less_likely(looks: Sequence[Look], rules: Mapping[str, KindRules]) -> dict[str, float]:
    """Return how much less the kinds weigh that belong to another system than the file's.

    Long sheets whose kind is sure tell which that is.
    """
    systems: dict[str, float] = defaultdict(float)
    for look in looks:
        if look.verdict.kind in rules:
            weight = look.verdict.confidence * len(look.rows) ** 0.5
            systems[rules[look.verdict.kind].template] += weight
    usual = max(systems, key=systems.__getitem__, default="")
    less = point_list()["other_system"]
    return {kind: less for kind, each in rules.items() if usual and each.template != usual}


def _look(table: Table, choice: Choice, known: Sequence[frozenset[str]], *, alone: bool) -> Look:
    at = _heading_place(table, choice, known)
    headings = headings_at(table, at) if at >= 0 else ("",) * table.width
    below = table.rows[at + 1 :]
    rows = kept(below, *data_rows(below, headings), choice)
    above = [Skipped(row.number, "stands above the headings") for row in table.rows[: max(at, 0)]]
    number = table.rows[at].number if at >= 0 else 0
    title = next((row.filled[0] for row in table.rows[: max(at, 0)] if len(row.filled) == 1), "")
    names = Names(table.file, table.name, alone, title)
    groups = groups_at(table, at) if at > 0 else ()
    columns = columns_of(headings, rows.data, {named.thing for named in names.things}, groups)
    return Look(table, names, number, columns, rows.data, [*above, *rows.left], rows)


def _heading_place(table: Table, choice: Choice, known: Sequence[frozenset[str]]) -> int:
    """Return where the heading row stands among the rows that are not blank, -1 for none."""
    if choice.header_row is not None:
        numbers = [row.number for row in table.rows]
        return numbers.index(choice.header_row) if choice.header_row in numbers else -1
    found = find(table, known)
    return found.at if found else -1
