"""What only a person knows: into which glossary, in which time zone, what links belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from importer.proposal.columns import Column
from importer.proposal.concepts import reading
from importer.proposal.data import field_list
from importer.proposal.naming import Names
from importer.proposal.proposal import Ask, ColumnProposal
from importer.proposal.rules import KindRules
from importer.proposal.zones import likely_zone


@dataclass(frozen=True, slots=True)
class Known:
    """What the other sheets bring: their kinds, and the fields that a sheet's own name fills."""

    kinds: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


def asks(
    rules: KindRules,
    names: Names,
    columns: Sequence[ColumnProposal],
    looks: Sequence[Column],
    known: Known,
) -> Iterator[Ask]:
    """Yield the questions of a sheet."""
    fields = {field for column in columns for field in (column.field, *column.also) if field}
    asked: set[str] = set()
    for name in rules.asks:
        ask = field_list()["asks"][name]
        brought = known.kinds & set(ask.get("unless_kinds", ())) - {rules.kind}
        told = (fields | known.fields) & set(ask["unless"])
        if not (brought or told or ask.get("unless_asked") in asked):
            asked.add(name)
            default = _default(ask.get("default", ""), names, looks)
            yield Ask(ask.get("name", name), ask["question"], default)
    yield from _filter(rules, names, looks)
    yield from _day_or_month(columns, looks)


def _default(which: str, names: Names, looks: Sequence[Column]) -> str:
    if which == "zone":
        return likely_zone(looks)
    return names.title if which == "title" else ""


def _filter(rules: KindRules, names: Names, looks: Sequence[Column]) -> Iterator[Ask]:
    """Yield the question which rows are meant, where they stand among other things."""
    among = {named.thing for named in names.things} | {look.concept.thing for look in looks}
    if rules.filtered and rules.filtered in among:
        found = (look for look in looks if 0 < len(_meant(rules, look)) < look.profile.distinct)
        for look in islice(found, 1):
            question = f"Only the rows with which words under `{look.heading}`?"
            yield Ask("filter", question, "; ".join(_meant(rules, look)[:5]))


def _meant(rules: KindRules, look: Column) -> list[str]:
    """Return the cells of a column of few words that name what the rows are to be."""
    words = dict.fromkeys(filter(None, look.profile.values)) if look.profile.repeats else {}
    return [word for word in words if reading(word).concept.thing in rules.things]


def _day_or_month(columns: Sequence[ColumnProposal], looks: Sequence[Column]) -> Iterator[Ask]:
    """Yield the question which comes first in a date, where no number above 12 settles it."""
    profiles = {look.letter: look.profile for look in looks}
    for column in columns:
        profile = profiles[column.column]
        if column.field and profile.share("date") >= 0.5 and day_first(profile.values) is None:
            yield Ask("date_order", f"Day or month first in `{column.heading}`?", "day")


_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b")


def day_first(values: Sequence[str]) -> bool | None:
    """Return whether dates like 3/4/2026 have the day first; None where nothing tells."""
    parts = [match.groups() for value in values if (match := _PARTS.match(value))]
    if any(int(first) > 12 for first, _ in parts) or not parts:
        return True
    return False if any(int(second) > 12 for _, second in parts) else None
