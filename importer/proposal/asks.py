"""What only a person knows: into which glossary, in which time zone, what links belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.naming import Names
from importer.proposal.proposal import Ask, ColumnProposal
from importer.proposal.rules import KindRules


def asks(
    rules: KindRules,
    names: Names,
    columns: Sequence[ColumnProposal],
    looks: Sequence[Column],
    others: frozenset[str] = frozenset(),
) -> Iterator[Ask]:
    """Yield the questions of a sheet; `others` are the kinds that other sheets bring."""
    fields = {field for column in columns for field in (column.field, *column.also) if field}
    for name in rules.asks:
        ask = field_list()["asks"][name]
        brought = ask.get("unless_kind", rules.kind) in others - {rules.kind}
        if not brought and not fields & set(ask["unless"]):
            yield Ask(name, ask["question"], names.title if "default" in ask else "")
    yield from _day_or_month(columns, looks)


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
