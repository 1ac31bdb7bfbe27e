"""What the other columns and sheets tell of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from importer.proposal.columns import Column
from importer.proposal.languages import languages_of
from importer.proposal.rules import KindRules

MOSTLY = 0.6
"""So many of a column's different cells tell what it names."""


TOLD_APART = 0.95
"""So many of the cells of a code differ."""


class Around(Struct, frozen=True):
    """What the other columns and sheets tell of a column, by its index.

    `unique` is the share of its cells that differ among rows with the same parents. `points_to` is
    the field for the rows that its cells name, and where these stand. `pointed_at` are the columns
    whose cells other columns name. `second` are those in a language that is not the first. `named`
    says that a column of names tells most rows apart, `coded` that one of their own numbers does,
    `numbered` that any number does. `foreign` are parents that are no rows of the sheet.
    `addressed` says that a column holds streets or addresses.
    """

    unique: dict[int, float] = field(default_factory=dict)
    points_to: dict[int, tuple[str, str]] = field(default_factory=dict)
    pointed_at: frozenset[int] = frozenset()
    second: frozenset[int] = frozenset()
    named: bool = False
    coded: bool = False
    numbered: bool = False
    foreign: frozenset[int] = frozenset()
    addressed: bool = False


def has_names(columns: Sequence[Column], rules: KindRules) -> bool:
    """Return whether a column of names tells most rows apart."""
    things = (*rules.things, "")
    named = (c for c in columns if c.says("name") and c.concept.thing in things)
    return any(column.profile.apart >= MOSTLY for column in named)


def second_languages(columns: Sequence[Column], main: str = "") -> frozenset[int]:
    """Return the columns that say again in another language what another one says.

    The first language is `main`, else that of the heading which names none, else the one that such
    headings are in, else that of the first column.
    """
    first = {key: column.reading.language for key, column in _first(columns, main).items()}
    return frozenset(column.index for column in columns if _is_second(column, first))


def in_languages_of(columns: Sequence[Column]) -> dict[str, Column]:
    """Return the languages in which columns say the same, each with its first column.

    The likely main one comes first. Where a heading that names no language says it, that is clear.
    """
    first = _first(columns)
    second = [columns[at] for at in sorted(second_languages(columns))]
    told = [c for c in second if first[c.concept.key].reading.language]
    found: dict[str, Column] = {}
    for column in (*(first[each.concept.key] for each in told), *told):
        found.setdefault(column.reading.language, column)
    return found


def _first(columns: Sequence[Column], main: str = "") -> dict[tuple[str, str], Column]:
    """Return for each thing that columns say the one in the first language."""
    spoken = languages_of(c.reading for c in columns if not c.reading.language)[:1]
    first: dict[tuple[str, str], Column] = {}
    for column in sorted(columns, key=lambda column: _rank(column.reading.language, spoken, main)):
        first.setdefault(column.concept.key, column)
    return first


def _rank(language: str, spoken: Sequence[str], main: str) -> int:
    if main and language == main:
        return 0
    return 1 if not language else 2 if language in spoken else 3


def _is_second(column: Column, first: dict[tuple[str, str], str]) -> bool:
    key, language = column.concept.key, column.reading.language
    return bool(language) and key != ("", "") and first[key] != language


def has_codes(
    columns: Sequence[Column], things: Sequence[str], unique: Mapping[int, float]
) -> bool:
    """Return whether a column of codes of some things tells all rows of the same parents apart."""
    coded = (c for c in columns if c.says("code") and c.concept.thing in things)
    full = (c for c in coded if c.profile.fill >= TOLD_APART and not c.profile.runs)
    return any(unique.get(c.index, c.profile.unique) >= TOLD_APART for c in full)
