"""The time zone that buildings are likely in: by their countries, else by the sheet's language."""

from __future__ import annotations

from collections.abc import Sequence

from importer.proposal.columns import Column
from importer.proposal.data import by_word, word_list
from importer.proposal.languages import languages_of
from importer.proposal.plain import plain

MOST = 4
"""So many time zones are named in a question."""


def likely_zone(columns: Sequence[Column]) -> str:
    """Return the time zone of a list's country or language, nothing where there are several."""
    countries = [column for column in columns if column.says("country")]
    if countries:
        return _only({zone for column in countries for zone in _zones(column)})
    languages = languages_of(column.reading for column in columns)
    known: dict[str, str] = word_list()["zones_by_language"]
    return _only({known.get(language, "") for language in languages})


def several_zones(columns: Sequence[Column], heading: str) -> str:
    """Return what is to be said where a list's countries lie in several time zones.

    Under `heading` each row can say its own.
    """
    for column in columns:
        zones = _zones(column) if column.says("country") else set()
        if len(zones) > 1:
            more = ["others"] if "" in zones or len(zones) > MOST else []
            told = ", ".join([*sorted(zones - {""})[:MOST], *more])
            return (
                f"One answer counts for all, and {column.title} tells several: {told}. "
                f"A column `{heading}` in the list gives each its own."
            )
    return ""


def _zones(column: Column) -> set[str]:
    """Return the time zones of the countries in a column; an unknown country has an empty one."""
    zones = {plain(word): zone for word, zone in by_word("zones").items()}
    return {zones.get(plain(value), "") for value in column.profile.values if value}


def _only(zones: set[str]) -> str:
    return next(iter(zones)) if len(zones) == 1 else ""
