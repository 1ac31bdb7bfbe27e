"""Finds names that seem to be several: `D-101 to D-110` or `D-1; D-2` where a cell is one desk.

Ordinary names hold numbers, dashes and slashes too: `Net-30`, `2A-014`, `Lab 1/2`, `FY2024-2025`,
`Main Street 12-14`. A mark counts only where such names do not have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity
from importer.mapping.entity import Entity
from importer.model import Finding, Severity
from importer.suggest import listed

_DASH = "-\u2013\u2014"
_TO = rf"\s(?:to|thru|through|until|till|bis|\u00e0)\s|\.\.\.?|[-=]>|[\u2192~]|\s[{_DASH}]\s"
_AND = r"\s(?:and|und|plus|et|u[.]|y|e)\s"
_ITEM = r"(?P<word{n}>[^\d;,\n]*?)(?P<number{n}>\d{{1,15}})(?P<letter{n}>[^\W\d_]?)"

_ONE = re.compile(_ITEM.format(n=0))
_RANGE = re.compile(
    rf"(?:from\s|von\s)?{_ITEM.format(n=0)}(?P<mark>\s*(?:{_TO}|[{_DASH}])\s*){_ITEM.format(n=1)}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\s*[,&+|/]\s*|{_AND}", re.IGNORECASE)
_PARTS = re.compile(r"[;\n]")
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_LONGEST = 1_000
"""How many characters a name may have to be looked at for numbers."""

_ENTITY = re.compile(r"&#?\w+;")
_ORDINARY = re.compile(r"Q[1-4]|H[12]|FY.*|[A-Z]2[A-Z]|(?:19|20)\d\d")
"""Quarters, halves, financial years, `B2B`, years: `Q1-Q2` is one span of time."""

_DIGITS = str.maketrans("123456789", "000000000")
_BREAKS = (";", "\n")
_ANY, _LOOSE = rf"(?:{_TO}|{_AND}|[{_DASH},&+|/]|\s)", rf"(?:{_TO}|{_AND}|[,&|])"
_HINT = re.compile(
    rf"\x00(?:from |von )?([^0\x00]++)0(?P<long>00)?0*+[^\W\d_]?\s?"
    rf"(?:{_ANY}\s?\1\s?0|{_LOOSE}\s?0|(?(long)[{_DASH}/+]000|(?!)))"
)
_TWO_NUMBERS = re.compile(r"\d[^\d\x00]+\d")
"""What every name has that may be several by its numbers; names are parted by a NUL."""

_BARE = re.compile(rf"0\s?(?:{_TO}|{_AND}|[{_DASH},&+|/])\s?0")
"""The first two names of lists and ranges, with a NUL before them and a 0 for every digit.

They are looked for in the names of a chunk at once.
"""


class Naming(NamedTuple):
    """How things of a kind are named: after streets, whose numbers are of houses, or by numbers."""

    streets: bool = False
    numbers: bool = False


PLAIN = Naming()


def several_in_one(entities: Sequence[Entity]) -> Iterator[Finding]:
    """Yield a warning for each entity of a chunk whose name seems to be that of several."""
    for bound, group in groupby(entities, attrgetter("bound")):
        if bound.kind.mode == "update":
            continue
        made = list(group)
        found = several([entity.labels[-1] for entity in made], _naming(bound))
        for entity in made if found else ():
            if not entity.delete and entity.labels[-1] in found:
                yield _finding(entity, found[entity.labels[-1]])


def _naming(bound: BoundEntity) -> Naming:
    """Return how a kind is named: what stands in nothing has an address, a level a number."""
    inside = any(each.rule.parent and each.rule.required for each in bound.references)
    return Naming(streets=not inside, numbers=bound.is_level)


def several(names: Sequence[str], naming: Naming) -> dict[str, str]:
    """Return the names that seem to be several, with these; at little cost where none do."""
    if not _is_hinted("\0" + "\0".join(names), naming):
        return {}
    hinted = (name for name in set(names) if _is_hinted(f"\0{name}", naming))
    read = {name: names_in(name, naming) for name in hinted}
    return {name: found for name, found in read.items() if found}


def _is_hinted(joined: str, naming: Naming) -> bool:
    """Return whether one of the names, each behind a NUL, may be several."""
    if any(sign in joined for sign in _BREAKS):
        return True
    if not _TWO_NUMBERS.search(joined):
        return False
    shape = joined.lower().translate(_DIGITS)
    return bool(_HINT.search(shape) or (naming.numbers and _BARE.search(shape)))


@lru_cache(1_000)
def names_in(text: str, naming: Naming = PLAIN) -> str:
    """Return the names in a text that seems to hold several, nothing for a single name."""
    if "://" in text:
        return ""
    text = _ENTITY.sub("&", text.strip())
    if len(text) > _LONGEST:
        return listed(_parted(text))
    text = _ASIDE.sub("", text)
    return listed(_parted(text)) or _spanned(text, naming) or listed(_numbered(text, naming))


def _parted(text: str) -> list[str]:
    """Return what stands between semicolons or line breaks, which no name has in it."""
    if not any(sign in text for sign in _BREAKS):
        return []
    parts = list(dict.fromkeys(filter(None, map(str.strip, _PARTS.split(text)))))
    return parts if len(parts) > 1 else []


def _spanned(text: str, naming: Naming) -> str:
    """Return the names of a range such as `D-101 to D-110`, `D1-D5` or `D-101 to 110`."""
    match = _RANGE.fullmatch(text)
    if match is None or match["letter0"] != match["letter1"]:
        return ""
    word, first, last, letter = match.group("word0", "number0", "number1", "letter0")
    many = int(last) - int(first)
    ends = [f"{word}{number}{letter}" for number in (first, last)]
    if many < 1 or _all_ordinary(ends) or not _is_span(match, naming):
        return ""
    names = [f"{word}{int(first) + n:0{len(first)}}{letter}" for n in (0, 1, many)]
    return listed(names[:2]) + (f" and so on up to `{names[2]}`" if many > 1 else "")


def _is_span(match: re.Match[str], naming: Naming) -> bool:
    """Return whether the ends of a range have one word before their numbers, or may go without."""
    word, again = match["word0"].strip(), match["word1"].strip()
    if again or not word:
        return word == again and (bool(word) or (naming.numbers and len(match["number1"]) < 4))
    tight = match["mark"] in _DASH and not naming.numbers
    return not naming.streets and _follows(match["number0"], match["number1"], tight=tight)


def _follows(one: str, other: str, *, tight: bool) -> bool:
    """Return whether a number without its word goes on from another: `D-9, 10` or `D101-110`.

    Years do not, and behind a tight mark only long numbers do: `A01-12` is a single room, while
    `Floors 1-5` are several.
    """
    if int(other) <= int(one) or _all_ordinary((one, other)):
        return False
    return len(one) == len(other) > 2 if tight else len(other) - len(one) < 2


def _numbered(text: str, naming: Naming) -> list[str]:
    """Return the names of a list whose items are one word with several numbers: `D-1, D-2, 3`."""
    listing = bool(_BETWEEN.search(text))
    parts = [part for part in (_BETWEEN.split(text) if listing else text.split()) if part]
    items = [item for part in parts if (item := _ONE.fullmatch(part) or _RANGE.fullmatch(part))]
    if len(set(parts)) < 2 or len(items) < len(parts) or _all_ordinary(parts):
        return []
    words = {item["word0"].strip() for item in items}
    if words == {""}:
        return parts if listing and naming.numbers and max(map(len, parts)) < 4 else []
    if len(words) == 1:
        return parts
    tight = ("/" in text or "+" in text) and not naming.numbers
    goes_on = listing and not naming.streets and _go_on(items, tight=tight)
    return [_whole(item, items[0]["word0"]) for item in items] if goes_on else []


def _whole(item: re.Match[str], word: str) -> str:
    return item[0] if item["word0"].strip() else f"{word}{item[0].strip()}"


def _go_on(items: Sequence[re.Match[str]], *, tight: bool) -> bool:
    """Return whether items without the word of the first have numbers that go on from it."""
    if len({item["word0"].strip() for item in items} - {""}) > 1 or not items[0]["word0"].strip():
        return False
    return all(
        item["word0"].strip() or _follows(before["number0"], item["number0"], tight=tight)
        for before, item in pairwise(items)
    )


def _all_ordinary(names: Sequence[str]) -> bool:
    return all(map(_ORDINARY.fullmatch, names))


def _finding(entity: Entity, names: str) -> Finding:
    bound, name = entity.bound, entity.labels[-1]
    place = entity.sheet.place(entity.row, *bound.origin(bound.kind.key[-1]))
    shown = name.replace("\n", "\u21b5")
    message = f"`{shown}` makes a single {bound.kind.word}; {_way_out(entity)}: {names}."
    return Finding(FindingCode.SEVERAL_IN_ONE, message, place, Severity.WARNING, name)


def _way_out(entity: Entity) -> str:
    rule = entity.bound.rule
    if rule.creates and rule.each is None:
        return "if it is several, name one of them in each row"
    rules = [one for one in entity.sheet.rule.entities if one.kind == entity.bound.kind.name]
    return f"give each {'a row (or column)' if len(rules) > 1 else 'a row'} of its own"
