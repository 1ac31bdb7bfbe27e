"""How well each column fits each field of a kind, with the reason in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from importer.proposal.columns import Column
from importer.proposal.concepts import Concept, reading
from importer.proposal.data import field_list, listed
from importer.proposal.fit import fit, is_code
from importer.proposal.profile import Profile
from importer.proposal.rules import KindRules
from importer.proposal.saying import called, said

_SECOND_LANGUAGE = 0.75

_RUNNING = 0.3
"""A number that only counts the rows names nothing."""

_NUMBERED = 0.6

_NUMBER_WITHIN = 0.95
"""A number that repeats in other parents is no code: it is what its parents call the row."""

_MOSTLY = 0.6
"""So many of a column's different cells tell what it names."""

_LATER = 0.001
"""Of two columns that fit as well, the first counts."""


class Option(NamedTuple):
    """A field that a column may fill: how well, and why."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the other columns and sheets tell of a column, by its index.

    `unique` is the share of its cells that differ among rows with the same parents. `points_to` is
    the field for the rows that its cells name, and where these stand. `pointed_at` are the columns
    whose cells other columns name. `second` are those in a language that is not the first. `named`
    says that a column of names tells most rows apart.
    """

    unique: dict[int, float] = field(default_factory=dict)
    points_to: dict[int, tuple[str, str]] = field(default_factory=dict)
    pointed_at: frozenset[int] = frozenset()
    second: frozenset[int] = frozenset()
    named: bool = False


def options(column: Column, rules: KindRules, around: Around) -> dict[str, Option]:
    """Return the fields that a column may fill."""
    found: dict[str, Option] = {}
    for name, option in (*_by_heading(column, rules, around), *_by_rows(column, rules, around)):
        if name not in found or option.score > found[name].score:
            found[name] = option
    if column.concept.thing != "person":
        found = dict(_by_cells(column, rules)) | found
    return found


def _by_heading(column: Column, rules: KindRules, around: Around) -> Iterator[tuple[str, Option]]:
    exact = rules.exact(column.heading) if column.heading else ""
    weights = rules.fields(column.concept)
    if rules.id and _is_numbered(column, rules):
        weights.setdefault(rules.id, _NUMBERED)
    if not around.named and _is_titled(column, rules):
        weights |= {rules.name: _NUMBER_WITHIN, "Description": 0.5}
    if exact:
        weights |= {exact: max(1.0, weights.get(exact, 0.0))}
    unique = around.unique.get(column.index, column.profile.unique)
    for name, weight in weights.items():
        sure = 1.0 if name == exact else column.confidence
        own = column.concept.thing in rules.things or column.says("name")
        fits = fit(name, rules, column.profile, unique, own=own)
        if name == rules.name and not around.named and _is_number_within(column, rules, unique):
            weight = _NUMBER_WITHIN
        less = _SECOND_LANGUAGE if column.index in around.second else 1.0
        more = 1.1 if column.index in around.pointed_at and name in (rules.id, rules.name) else 1.0
        running = _RUNNING if column.profile.runs and not column.concept.thing else 1.0
        later = 0.0 if name == exact else _LATER * column.index
        score = min(1.0, weight * sure * fits * less * more * running) - later
        yield name, Option(round(score, 3), said(column, fits, exact=name == exact))


def _is_numbered(column: Column, rules: KindRules) -> bool:
    """Return whether cells are codes where the heading is the row's thing alone: `Room`: `B 101`.

    Beside a `Room name` that is the code.
    """
    alone = column.concept.thing in rules.things and not column.concept.attribute
    return alone and column.profile.share("code", "integer") >= _MOSTLY


def _is_titled(column: Column, rules: KindRules) -> bool:
    """Return whether what is called a description of the row is short and differs: a name."""
    own = column.concept.thing in rules.things and column.says("description")
    profile = column.profile
    return own and profile.share("sentence") < 0.3 and profile.apart >= _MOSTLY


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


def _by_cells(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    """Yield what the cells alone tell, where the heading does not."""
    profile, understood = column.profile, column.concept.key != ("", "")
    if not profile.filled:
        return
    for rule in field_list()["by_cells"]:
        fits = rule["field"] == rules.id if "code" in rule else rule["field"] in rules.columns
        if fits and (not understood or "understood" in rule):
            less = 0.8 if understood else 1.0
            if _shares(profile, rule) >= rule["share"]:
                yield rule["field"], Option(rule["score"] * less, rule["reason"])
    if not understood:
        yield from _named_in_cells(column, rules)
        if profile.texts >= 0.6 and profile.unique >= 0.8 and profile.fill >= 0.5:
            yield from _as_name(column, rules)


def _shares(profile: Profile, rule: Mapping[str, Any]) -> float:
    """Return the share of the cells that have one of a rule's forms or are one of its words."""
    if "words" in rule:
        return profile.share_of(listed(rule["words"]))
    return profile.share(*rule["forms"])


def _named_in_cells(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    """Yield the fields for what most of a few different cells name: `2nd floor`, `Building A`."""
    words = column.profile.words
    things = Counter(reading(word).concept.thing for word in words)
    for thing, count in things.items():
        if thing and count >= _MOSTLY * len(words):
            for name, weight in rules.fields(Concept(thing)).items():
                reason = f"its cells name a {called(thing)}"
                yield name, Option(round(0.6 * weight, 3), reason)


def _as_name(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    profile = column.profile
    score = round(0.24 + 0.2 * profile.unique, 3) - _LATER * column.index
    if rules.id and profile.share("code") >= 0.8:
        yield rules.id, Option(score, "its cells are codes that differ")
        yield rules.name, Option(0.8 * score, "its cells are codes that differ")
    elif column.index == 0 and not column.heading:
        reason = "the first column has no heading, and its cells differ"
        yield rules.name, Option(0.75, reason)
    else:
        yield rules.name, Option(score, "its cells are short texts that differ")


def has_names(columns: Sequence[Column], rules: KindRules) -> bool:
    """Return whether a column of names tells most rows apart."""
    things = (*rules.things, "")
    named = (c for c in columns if c.says("name") and c.concept.thing in things)
    return any(column.profile.apart >= _MOSTLY for column in named)


def second_languages(columns: Sequence[Column]) -> frozenset[int]:
    """Return the columns that say again in another language what another one says.

    The first language is that of the heading which names none, else of the first column.
    """
    first: dict[tuple[str, str], str] = {}
    for column in sorted(columns, key=lambda column: bool(column.reading.language)):
        first.setdefault(column.concept.key, column.reading.language)
    return frozenset(column.index for column in columns if _is_second(column, first))


def _is_second(column: Column, first: dict[tuple[str, str], str]) -> bool:
    key, language = column.concept.key, column.reading.language
    return bool(language) and key != ("", "") and first[key] != language
