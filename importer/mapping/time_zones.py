"""The time zones of IANA's list, and which of them a text may mean."""

from __future__ import annotations

import re
from functools import cache

from importer.suggest import Speller

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?00)?", re.IGNORECASE)
_BEFORE_CITIES = re.compile(r"^\((?:UTC|GMT)[^)]*\)\s*", re.IGNORECASE)
_ABBREVIATIONS = {
    "cest": "CET",
    "eest": "EET",
    "west": "WET",
    "bst": "Europe/London",
    "edt": "EST5EDT",
    "cdt": "CST6CDT",
    "mdt": "MST7MDT",
    "pdt": "PST8PDT",
    "pst": "PST8PDT",
    "jst": "Asia/Tokyo",
}
_SHORTEST = 5
"""How many letters a name needs so that another is like it and not merely as short."""

_MOST = 10_000
"""How many misspelt names are looked up."""


@cache
def time_zones() -> dict[str, str]:
    """Return the names of all zones, each by its form without case."""
    from importlib.resources import files  # only few sheets have time zones

    names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {_folded(name): name for name in names}


def is_time_zone(text: str) -> bool:
    """Return whether a text is the name of a zone as the list has it."""
    return time_zones().get(_folded(text)) == text


def likely_zone(text: str) -> str | None:
    """Return the zone that a text may mean: its city, its offset in whole hours, or a near name."""
    if offset := _OFFSET.fullmatch(text):
        sign = {"+": "-", "-": "+"}[offset[1]]  # west of Greenwich is positive in these names
        return time_zones().get(f"etc/gmt{sign}{int(offset[2])}")
    if abbreviated := _ABBREVIATIONS.get(_folded(text)):
        return abbreviated
    words = map(_folded, (text, *_BEFORE_CITIES.sub("", text).split(",")))
    exact = next((_by_name()[word] for word in words if word in _by_name()), None)
    if exact or len(text) < _SHORTEST:
        return exact
    return _by_name().get(_speller().nearest(_folded(text)) or "")


@cache
def _by_name() -> dict[str, str]:
    """Return the zones by name and by city, without case."""
    zones = time_zones()
    cities = {name.rpartition("/")[2]: zone for name, zone in zones.items() if "/" in zone}
    return {**cities, **zones}


@cache
def _speller() -> Speller:
    return Speller(_by_name(), 0.75, most=_MOST)


def _folded(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip()).casefold()
