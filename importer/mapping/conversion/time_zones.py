"""The time zones of IANA's list, and which of them a text may mean."""

from __future__ import annotations

import re
from functools import cache

from importer.suggest import likeness

_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?00)?", re.IGNORECASE)
_HOLDS_OFFSET = re.compile(r"(?:UTC|GMT)\b|.*[+-]\d", re.IGNORECASE)
_MINUS = str.maketrans("\u2212\u2013", "--")
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
_WIDE = frozenset(
    [
        "africa",
        "america",
        "antarctica",
        "arctic",
        "asia",
        "atlantic",
        "australia",
        "europe",
        "indian",
        "pacific",
    ]
)
"""The regions that are continents and oceans."""

_SHORTEST, _LONGEST = 5, 40
"""How many letters a name has that may be another one misspelt."""

_LIKENESS = 0.8
"""The least likeness of a misspelt city to the known one that begins with the same letter."""


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
    text = text.strip().translate(_MINUS)
    if offset := _OFFSET.fullmatch(text):
        sign = {"+": "-", "-": "+"}[offset[1]]  # west of Greenwich is positive in these names
        return time_zones().get(f"etc/gmt{sign}{int(offset[2])}")
    if abbreviated := _ABBREVIATIONS.get(_folded(text)):
        return abbreviated
    words = map(_folded, (text, *_BEFORE_CITIES.sub("", text).split(",")))
    exact = next((_by_name()[word] for word in words if word in _by_name()), None)
    if exact or not _SHORTEST <= len(text) <= _LONGEST or _HOLDS_OFFSET.match(text):
        return exact
    return _near(_folded(text))


def _near(name: str) -> str | None:
    """Return the zone whose city, in the region that a name states if any, is most like its own."""
    region, city = _parts(name)
    if region and region not in _regions():
        return _by_name().get(city) or _near(city)
    known = _regions()[region].get(city[:1], {})
    best = max(((_likeness(city, other), other) for other in known), default=(0.0, ""))
    return known[best[1]] if best[0] >= _LIKENESS else None


def _likeness(city: str, other: str) -> float:
    short, long = sorted((len(city), len(other)))
    return likeness(city, other) if 2 * (long - short) <= short else 0.0


def _parts(name: str) -> tuple[str, str]:
    """Return the region, or nothing, and the city of a zone."""
    region, _, city = name.rpartition("/")
    return region.partition("/")[0], city


@cache
def _regions() -> dict[str, dict[str, dict[str, str]]]:
    """Return the zones by region, then by the first letter of a city, then by city.

    A name without a region may be that of any city of a continent or an ocean.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, zone in time_zones().items():
        region, city = _parts(name)
        for place in {region, ""} if region in _WIDE else {region} - {""}:
            found.setdefault(place, {}).setdefault(city[:1], {})[city] = zone
    return found


@cache
def _by_name() -> dict[str, str]:
    """Return the zones by name and by city, without case."""
    zones = time_zones()
    cities = {name.rpartition("/")[2]: zone for name, zone in zones.items() if "/" in zone}
    return {**cities, **zones}


def _folded(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip()).casefold()
