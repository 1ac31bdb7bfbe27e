"""Gives the columns of a sheet their fields: the best for all together, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from msgspec.structs import replace

from importer.proposal.around import Around
from importer.proposal.assignment import LEFT_OUT, assign
from importer.proposal.chosen import with_chosen, with_reasons
from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.fields import options
from importer.proposal.option import Option
from importer.proposal.proposal import ColumnProposal
from importer.proposal.rules import KindRules
from importer.proposal.saying import left_out

_NAMELIKE = 0.9
"""So many cells of a column whose heading is not known are words that differ."""

_NEEDED, _LIKELY = 0.2, 0.4
"""How much more it counts that a column is the name, if it is as likely as this; a code may be
the name besides.
"""

Options = Mapping[str, Option]

NONE_GIVEN: Mapping[str, str | None] = MappingProxyType({})


def mapped(
    columns: Sequence[Column],
    rules: KindRules | None,
    around: Around,
    given: Mapping[str, str | None] = NONE_GIVEN,
) -> tuple[ColumnProposal, ...]:
    """Return the columns of a sheet with their fields; without rules all of them are left out.

    `given` are the fields that a person has chosen, by the letters of their columns.
    """
    if rules is None:
        return tuple(_column("", column, {}, None) for column in columns)
    judged = [options(column, rules, around) for column in columns]
    if any(_is_code(column, rules) for column in columns):
        judged = list(map(partial(_unless_unknown, rules.name), columns, judged))
    judged = with_chosen(columns, judged, given)
    chosen = assign([_single(each, rules) for each in judged])
    repeated = [_repeated(each, field) for each, field in zip(judged, chosen, strict=True)]
    proposals = tuple(map(partial(_column, rules.own), columns, judged, repeated))
    open_ = [column for column in columns if column.letter not in given]
    return with_reasons(_with_a_name(proposals, open_, rules), given)


def _is_code(column: Column, rules: KindRules) -> bool:
    """Return whether a column is the code of the rows by its heading."""
    return column.concept.thing in rules.things and column.says("code")


def _unless_unknown(name: str, column: Column, found: dict[str, Option]) -> dict[str, Option]:
    """Return the options of a column, without the name where its heading says nothing.

    Words that fill the column and differ are names all the same.
    """
    profile = column.profile
    if column.concept.key != ("", "") or min(profile.share("text"), profile.apart) >= _NAMELIKE:
        return found
    return {field: option for field, option in found.items() if field != name}


def _single(found: Options, rules: KindRules) -> dict[str, float]:
    """Return the scores of the fields that only one column may fill; the name is needed most."""
    best = max(
        (o.score for name, o in found.items() if name in field_list()["repeated"]), default=0.0
    )
    scores = {
        name: option.score for name, option in found.items() if name not in field_list()["repeated"]
    }
    most = max(best, LEFT_OUT)
    needed = _NEEDED if scores.get(rules.id, 0.0) < LEFT_OUT else 0.0
    return {
        field: score + needed * (field == rules.name and score >= _LIKELY)
        for field, score in scores.items()
        if score > most
    }


def _repeated(found: Options, chosen: str | None) -> str | None:
    """Return the field of a column, where it has none yet one that several columns may fill."""
    names = [
        name for name in found if name in field_list()["repeated"] and found[name].score > LEFT_OUT
    ]
    return chosen or max(names, key=lambda name: found[name].score, default=None)


def _column(own: str, column: Column, found: Options, field: str | None) -> ColumnProposal:
    others = sorted(found, key=lambda name: -found[name].score)
    choices = [*others, f"{own}{column.heading}"] if own and column.heading else others
    option = found[field] if field else Option(_certainty(found), left_out(column))
    return ColumnProposal(
        column=column.letter,
        heading=column.heading,
        field=field,
        score=round(option.score, 2),
        reason=option.reason,
        samples=column.profile.samples,
        fill=round(column.profile.fill, 2),
        distinct=column.profile.distinct,
        choices=tuple(name for name in choices if name != field),
    )


def _certainty(found: Options) -> float:
    """Return how surely a column is left out: less where a field was nearly good enough."""
    return 1.0 - max((option.score for option in found.values()), default=0.1)


def _with_a_name(
    proposals: tuple[ColumnProposal, ...], columns: Sequence[Column], rules: KindRules
) -> tuple[ColumnProposal, ...]:
    """Return the columns; where none is the name, the code is both, or what tells rows apart."""
    fields = {proposal.field for proposal in proposals}
    if rules.name in fields:
        return proposals
    if rules.id and rules.id in fields:
        return tuple(_both(each, rules) if each.field == rules.id else each for each in proposals)
    telling = next((column.letter for column in columns if _may_name(column)), "")
    return tuple(
        _naming(each, rules) if each.column == telling and not each.field else each
        for each in proposals
    )


def _may_name(column: Column) -> bool:
    """Return whether a column may name the rows, whatever its heading says."""
    profile = column.profile
    texts = profile.texts + profile.share("integer")
    other = column.concept.thing == "person" or column.says("url", "date", "note", "description")
    return not other and profile.apart >= 0.8 and texts >= 0.6


def _both(column: ColumnProposal, rules: KindRules) -> ColumnProposal:
    """Return the column with the code as the name too; first is the field that must be filled."""
    both = (rules.name, rules.id)
    first, second = both[::-1] if rules.columns[rules.id].required else both
    reason = f"{column.reason}; no column is a name, so it serves as both"
    choices = (second, *(name for name in column.choices if name not in both))
    return replace(column, field=first, also=(second,), reason=reason, choices=choices)


def _naming(column: ColumnProposal, rules: KindRules) -> ColumnProposal:
    reason = "no heading says which column is the name; this is the first whose cells differ"
    choices = tuple(name for name in column.choices if name != rules.name)
    return replace(column, field=rules.name, score=0.4, reason=reason, choices=choices)
