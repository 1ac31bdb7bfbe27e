"""Columns that are the levels of a tree: each row is about the innermost one that it fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.numbered import tree_levels
from importer.proposal.proposal import ColumnProposal
from importer.proposal.rules import KindRules

OWN = 0.1
"""So many rows are about an outer level where rows of levels stand among each other."""

FEWEST = 2


def tree_of(
    looks: Sequence[Column], columns: Sequence[ColumnProposal], rules: KindRules
) -> tuple[str, ...]:
    """Return the letters of the columns that are levels, outermost first; none for no tree."""
    named = next((each.column for each in columns if each.field == rules.name), "")
    at = next((at for at, look in enumerate(looks) if look.letter == named), -1)
    if at < 1:
        return ()
    above = _above(at, looks, columns, rules)
    found = [*above, looks[at]] if above and _are_free(above, columns, rules) else []
    return tuple(look.letter for look in found) if _is_tree(found, rules) else ()


def _are_free(above: Sequence[Column], columns: Sequence[ColumnProposal], rules: KindRules) -> bool:
    """Return whether no column above the names is something else, or was left out by a person."""
    of: str = field_list()["trees"]["rows"].get(rules.kind, "")
    letters = {look.letter for look in above}
    mine = [each for each in columns if each.column in letters]
    return not of or all(
        each.field == of or (each.field is None and not each.chosen) for each in mine
    )


def _above(
    at: int, looks: Sequence[Column], columns: Sequence[ColumnProposal], rules: KindRules
) -> list[Column]:
    """Return the columns that may be the levels above the name of the rows."""
    if rules.kind == field_list()["trees"]["of"]:
        counted = dict(tree_levels([c.reading for c in looks], [c.profile for c in looks]))
        return list(_run(looks[:at], [place in counted for place in range(at)]))
    if rules.kind in field_list()["trees"]["rows"]:
        return list(_run(looks[:at], [_is_of_tree(look) for look in looks[:at]]))
    kinds = field_list()["levels"]
    levels = {each.column for each in columns if each.field in kinds and rules.name in kinds}
    return [look for look in looks[:at] if look.letter in levels]


def _run(looks: Sequence[Column], fits: Sequence[bool]) -> list[Column]:
    """Return the last columns of a row of them, as far as they fit."""
    wrong = [at for at, fit in enumerate(fits) if not fit]
    return list(looks[wrong[-1] + 1 if wrong else 0 :])


def _is_of_tree(look: Column) -> bool:
    same = look.concept.thing == field_list()["trees"]["of"]
    return same and look.says("", "name", "level", "parent")


def _is_tree(levels: Sequence[Column], rules: KindRules) -> bool:
    """Return whether rows are of several levels, or spell out a tree of categories in each row."""
    rows = list(zip(*(look.profile.values for look in levels), strict=True))
    filled = [row for row in rows if any(row)]
    own = sum(not row[-1] for row in filled)
    if own >= max(FEWEST, OWN * len(filled)):
        return True
    if rules.kind == field_list()["trees"]["of"]:
        return bool(filled)
    spelt = rules.kind in field_list()["trees"]["rows"] and len(levels) > FEWEST
    return spelt and bool(filled) and all(map(all, filled)) and _nests(filled)


def _nests(rows: Sequence[tuple[str, ...]]) -> bool:
    """Return whether each inner name stands in one outer one, and outer ones hold several."""
    above = [(row[at], row[at - 1]) for row in rows for at in range(1, len(row) - 1)]
    inner = {name for name, _ in above}
    return len(set(above)) == len(inner) and len({name for _, name in above}) < len(inner)


def placed(
    columns: Sequence[ColumnProposal], tree: Sequence[str], rules: KindRules
) -> tuple[ColumnProposal, ...]:
    """Return the columns, those of levels with their fields, and what they are levels of."""
    titles = {each.column: each.heading or f"Column {each.column}" for each in columns}
    path = " > ".join(titles[letter] for letter in tree)
    return tuple(
        _placed(each, path, rules, last=each.column == tree[-1]) if each.column in tree else each
        for each in columns
    )


def _placed(column: ColumnProposal, path: str, rules: KindRules, *, last: bool) -> ColumnProposal:
    reason = f"a level of `{path}`: {_called(rules.kind)}"
    field: str = field_list()["trees"]["rows"].get(rules.kind, "")
    if last or not field:
        return replace(column, reason=f"{column.reason}; {reason}")
    choices = tuple(name for name in column.choices if name != field)
    return replace(
        column, field=field, score=max(column.score, 0.8), reason=reason, choices=choices
    )


def said(tree: Sequence[str], columns: Sequence[ColumnProposal], kind: str) -> Iterator[str]:
    """Yield what is said of a tree where the sheet is shown."""
    headings = {each.column: each.heading or f"Column {each.column}" for each in columns}
    if tree:
        path = " > ".join(headings[letter] for letter in tree)
        yield f"{path}: {_called(kind)}; each row is about the last of them that it fills"


def _called(kind: str) -> str:
    """Return what a tree whose rows are of a kind is called: `a tree of categories`."""
    called: dict[str, str] = field_list()["trees"]["called"]
    return called.get(kind, called[""])
