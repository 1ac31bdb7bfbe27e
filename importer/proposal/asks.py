"""What only a person knows: into which glossary, in which time zone, what links belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.naming import Names
from importer.proposal.proposal import Ask, ColumnProposal
from importer.proposal.rules import KindRules
from importer.proposal.zones import likely_zone, several_zones


class Known(Struct, frozen=True):
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
    """Yield the questions that each run asks."""
    fields = {field for column in columns for field in (column.field, *column.also) if field}
    asked: set[str] = set()
    for name in rules.asks:
        ask = field_list()["asks"][name]
        brought = known.kinds & set(ask.get("unless_kinds", ())) - {rules.kind}
        told = (fields | known.fields) & set(ask["unless"])
        if not (brought or told or ask.get("unless_asked") in asked):
            asked.add(name)
            yield _ask(name, ask, names, looks)


def _ask(name: str, ask: Mapping[str, Any], names: Names, looks: Sequence[Column]) -> Ask:
    """Return a question with what is likely, and with what one answer cannot say."""
    which, plain = ask.get("default", ""), ask["question"]
    likely = {"zone": likely_zone(looks), "title": names.title}.get(which, "")
    more = several_zones(looks, ask["unless"][0]) if which == "zone" else ""
    question = f"{plain} {more}".strip()
    return Ask(ask.get("name", name), question, likely, again=plain if more else "")


_PARTS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b")


def day_first(values: Sequence[str]) -> bool | None:
    """Return whether dates like 3/4/2026 have the day first; None where nothing tells."""
    parts = [match.groups() for value in values if (match := _PARTS.match(value))]
    if any(int(first) > 12 for first, _ in parts) or not parts:
        return True
    return False if any(int(second) > 12 for _, second in parts) else None
