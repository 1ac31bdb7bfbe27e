"""What the proposal knows, as data: words.json, fields.json and points.json beside this module."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from importer.proposal.plain import plain


@cache
def word_list() -> dict[str, Any]:
    """Return the words of headings in many languages, and those for blanks, totals, units..."""
    return _read("words.json")


@cache
def field_list() -> dict[str, Any]:
    """Return which field of each kind a concept belongs to, and what fields hold."""
    return _read("fields.json")


@cache
def point_list() -> dict[str, Any]:
    """Return the points for each kind."""
    return _read("points.json")


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list as cells are compared: `blank_words`, `total_words`, `yes`..."""
    return frozenset(plain(word).strip() for word in word_list()[name])


@cache
def written() -> dict[str, str]:
    """Return what words that databases cut short stand for: `bldg` -> `building`."""
    return {cut: full for full, cuts in word_list()["cut_short"].items() for cut in cuts}


@cache
def by_word(section: str) -> dict[str, str]:
    """Return the name of each word's list in a section that has several: `m2` -> `area`."""
    return {word: name for name, words in word_list()[section].items() for word in words}


@cache
def fits_of() -> dict[str, str]:
    """Return how the cells of a field are judged, where its type does not say it."""
    return {field: name for name, fields in field_list()["fits"].items() for field in fields}


@cache
def depth_of(thing: str) -> int:
    """Return how deep a thing stands in others, 0 for the outermost, -1 where it stands in none."""
    depth: list[str] = field_list()["depth"]
    return depth.index(thing) if thing in depth else -1


def _read(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return known
