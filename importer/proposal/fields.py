"""How well each column fits each field of a kind, with the reason in words."""

from __future__ import annotations

from collections.abc import Iterator

from importer.proposal.around import MOSTLY, Around
from importer.proposal.columns import Column
from importer.proposal.concepts import things_in
from importer.proposal.data import depth_of, field_list
from importer.proposal.fit import fit, is_code
from importer.proposal.main_part import unmarked
from importer.proposal.misspelt import misspelt
from importer.proposal.option import LATER, Option
from importer.proposal.profile import Profile
from importer.proposal.rules import KindRules
from importer.proposal.saying import said
from importer.proposal.unheaded import by_cells

_SECOND_LANGUAGE = 0.75

_RUNNING = 0.3
"""A number that only counts the rows names nothing."""

_FOREIGN = 0.45
"""A parent whose cells name no rows of the sheet."""

_PART = 0.3
"""A city without a street is no address of a room's building."""

_NUMBERED = 0.6

_QUESTION = 0.5
"""Most words of a question say nothing of what its answers are."""

_OTHERWISE = 0.8
"""How much less likely the second meaning of a heading is."""

_CODED = 0.97

_CALLED = 0.3
"""How much less a name counts that only says what a numbered room is used for."""

_LOOKED_AT, _OWN_NAMES = 50, 0.5
"""So many names are looked at, and so many of them have the word for the row in them."""

_DIFFER = 0.96
"""Names that differ less say what rooms are used for: each floor has a `Store`."""

_APART = 0.6
"""Names that differ less are none where any number tells the rows apart."""

_FULL = 0.9
"""A column of names is filled in so many rows."""

_REPEATED = 0.35

_NUMBER_WITHIN = 0.95
"""A number that repeats in other parents is no code: it is what its parents call the row."""


def options(column: Column, rules: KindRules, around: Around) -> dict[str, Option]:
    """Return the fields that a column may fill; one whose heading is misspelt only that field."""
    if slip := misspelt(column, rules, around):
        return slip
    found: dict[str, Option] = {}
    for name, option in (*_by_heading(column, rules, around), *_by_rows(column, rules, around)):
        if name not in found or option.score > found[name].score:
            found[name] = option
    if column.concept.thing != "person":
        found = dict(by_cells(column, rules)) | found
    return found


def _by_heading(column: Column, rules: KindRules, around: Around) -> Iterator[tuple[str, Option]]:
    exact = "" if column.reading.grouped else rules.exact(unmarked(column.heading))
    unique = around.unique.get(column.index, column.profile.unique)
    own = column.concept.thing in rules.things or column.says("name")
    for name, weight in _weights(column, rules, around, exact).items():
        sure = 1.0 if name == exact else max(column.confidence, _QUESTION * column.is_question)
        fits = fit(name, rules, column.profile, unique, own=own, said=column.says("name"))
        beside = _beside(name, column, rules, around)
        if name == rules.name and rules.numbered:
            beside *= _unless_repeated(column.profile, unique, around)
            beside *= _CALLED if around.coded and _is_only_called(column, rules) else 1.0
        later = 0.0 if name == exact else LATER * column.index
        score = min(1.0, weight * sure * fits * beside) - later
        yield name, Option(round(score, 3), said(column, fits, exact=name == exact))


def _weights(column: Column, rules: KindRules, around: Around, exact: str) -> dict[str, float]:
    """Return the fields for what a heading says, and how surely; `exact` is the one named so."""
    weights = rules.fields(column.concept) or _otherwise(column, rules)
    unique = around.unique.get(column.index, column.profile.unique)
    if rules.id and _is_numbered(column, rules):
        weights.setdefault(rules.id, _NUMBERED)
    if not around.named and _is_titled(column, rules):
        weights |= {rules.name: _NUMBER_WITHIN, "Description": 0.5}
    if exact:
        weights |= {exact: max(1.0, weights.get(exact, 0.0))}
    if rules.name in weights and not around.named and _is_number_within(column, rules, unique):
        weights[rules.name] = _NUMBER_WITHIN
    return weights


def _otherwise(column: Column, rules: KindRules) -> dict[str, float]:
    """Return the fields for what else a heading may mean, where its likeliest meaning has none.

    What is measured is nothing else: `Area [m2]` is no subject area.
    """
    if column.reading.unit or column.profile.numbers >= MOSTLY:
        return {}
    others = (rules.fields(each) for each in column.reading.concepts if each.thing)
    found = next(filter(None, others), {})
    return {field: _OTHERWISE * weight for field, weight in found.items()}


def _beside(name: str, column: Column, rules: KindRules, around: Around) -> float:
    """Return how much more or less a field is likely beside the other columns."""
    foreign = _FOREIGN if name == rules.parent and column.index in around.foreign else 1.0
    less = _SECOND_LANGUAGE if column.index in around.second else 1.0
    more = 1.1 if column.index in around.pointed_at and name in (rules.id, rules.name) else 1.0
    running = _RUNNING if column.profile.runs and not column.concept.thing else 1.0
    part = 1.0 if around.addressed or not _is_part_above(name, column, rules) else _PART
    return foreign * less * more * running * part * _as_level(column, rules)


def _as_level(column: Column, rules: KindRules) -> float:
    """Return how much less a level is likely whose cells are short codes: beside it is its name."""
    thing, attribute, _ = column.concept
    level = thing not in rules.things and depth_of(thing) >= 0 and not attribute
    return _CODED if level and column.profile.share("acronym", "code", "integer") >= 0.8 else 1.0


def _is_part_above(name: str, column: Column, rules: KindRules) -> bool:
    """Return whether a column is a part of the address of what the rows are in."""
    return column.says(*field_list()["parts_of_address"]) and name not in rules.columns


def _unless_repeated(profile: Profile, unique: float, around: Around) -> float:
    """Return how much less a name is likely that repeats where each row has a number of its own."""
    full = min(1.0, profile.fill / _FULL)
    least = _DIFFER if around.coded else _APART if around.numbered else 0.0
    return _REPEATED if unique * full < least else 1.0


def _is_only_called(column: Column, rules: KindRules) -> bool:
    """Return whether a plain name says what a numbered row is used for: `Post room`, not `Hall 1`.

    The row's own thing stands in names that are its own.
    """
    if column.concept.key != ("", "name"):
        return False
    words = [word for word in column.profile.values if word][:_LOOKED_AT]
    own = sum(not things_in(word).isdisjoint(rules.things) for word in words)
    return own < _OWN_NAMES * len(words)


def _is_numbered(column: Column, rules: KindRules) -> bool:
    """Return whether cells are codes where the heading is the row's thing alone: `Room`: `B 101`.

    Beside a `Room name` that is the code.
    """
    alone = column.concept.thing in rules.things and not column.concept.attribute
    return alone and column.profile.share("code", "integer") >= MOSTLY


def _is_titled(column: Column, rules: KindRules) -> bool:
    """Return whether what is called a description of the row is short and differs: a name."""
    own = column.concept.thing in rules.things and column.says("description")
    profile = column.profile
    return own and profile.share("sentence") < 0.3 and profile.apart >= MOSTLY


def _is_number_within(column: Column, rules: KindRules, unique: float) -> bool:
    """Return whether a code tells rows apart only within their parents: each floor has a room 1."""
    profile = column.profile
    own = column.concept.thing in rules.things and column.says("code")
    return own and not is_code(profile) and unique >= 0.9


def _by_rows(column: Column, rules: KindRules, around: Around) -> Iterator[tuple[str, Option]]:
    """Yield the field for the rows that the cells of a column name."""
    name, where = around.points_to.get(column.index, ("", ""))
    if name in rules.columns:
        yield name, Option(0.9, f"the cells of {column.title} name rows of {where}")
