"""Finds names that seem to be several: `D-101 to D-110` or `D-1; D-2` where a cell is one desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.entity import Entity
from importer.model import Finding, Severity
from importer.suggest import listed

_MARKS = (" to ", " bis ", "..", " - ", "\u2013", "\u2014", ";", "\n", ",", "/", "&", "+", "|")
"""What stands between the names in all the ways to write several; it is looked for first."""

_HINT = re.compile(r"\d[^\W\d_]?\s*(?:to |bis |\.\.|- |[\u2013\u2014;\n,/&+|])", re.IGNORECASE)
"""What stands behind the first number of every such text; few other names have it."""

_NUMBERED = r"([^\d;,\n]*?)(\d{1,15})([A-Za-z]?)"
_RANGE = re.compile(
    rf"{_NUMBERED}\s*(?: to | bis |\.\.\.?|\u2013|\u2014| - )\s*{_NUMBERED}", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*[;,\n/&+|]\s*")
_ITEM = re.compile(_NUMBERED)


def several_in_one(entities: Sequence[Entity]) -> Iterator[Finding]:
    """Yield a warning for each entity of a chunk whose name seems to be that of several."""
    joined = "\0".join([entity.labels[-1] for entity in entities])
    if not any(mark in joined for mark in _MARKS) or not _HINT.search(joined):
        return
    for entity in entities:
        name = entity.labels[-1]
        if _HINT.search(name) and not entity.delete and (names := names_in(name)):
            yield _finding(entity, names)


def names_in(text: str) -> str:
    """Return the names in a text that seems to hold several, nothing for a single name."""
    return _spanned(text) or listed(_parted(text))


def _spanned(text: str) -> str:
    """Return the names of a range such as `D-101 to D-110` or `D-101 to 110`."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return ""
    before, first, end, again, last, other_end = match.groups()
    alike = again.strip() in ("", before.strip()) and end == other_end
    many = int(last) - int(first)
    if not alike or many < 1 or (not before.strip() and " - " in text):
        return ""
    names = [f"{before}{int(first) + n:0{len(first)}}{end}" for n in (0, 1, many)]
    return listed(names[:2]) + (f" and so on up to `{names[2]}`" if many > 1 else "")


def _parted(text: str) -> list[str]:
    """Return the names of a list whose items are one word with several numbers: `D-1; D-2`."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    items = [_ITEM.fullmatch(part) for part in parts]
    if len(parts) < 2 or None in items:
        return []
    words = {item[1] for item in items if item}
    bare = words == {""} and ";" not in text and "\n" not in text
    return parts if len(words) == 1 and len(set(parts)) > 1 and not bare else []


def _finding(entity: Entity, names: str) -> Finding:
    bound, name = entity.bound, entity.labels[-1]
    place = entity.sheet.place(entity.row, *bound.origin(bound.kind.key[-1]))
    rules = [one for one in entity.sheet.rule.entities if one.kind == bound.kind.name]
    own = "a row (or column)" if len(rules) > 1 else "a row"
    message = f"`{name}` makes a single {bound.kind.word}; give each {own} of its own: {names}."
    return Finding(FindingCode.SEVERAL_IN_ONE, message, place, Severity.WARNING, name)
