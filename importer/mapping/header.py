"""Finds the heading row of a sheet, and the headings that are unknown or stand twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import and_
from typing import Self

from msgspec import Struct, field
from msgspec.structs import replace

from importer.invisible import visible
from importer.mapping.binding import Header
from importer.mapping.conversion.values import shown
from importer.mapping.other_languages import in_other_languages
from importer.model import LONGEST_HEADING, OWN_COLUMNS, Cell
from importer.payload_path import DOT
from importer.suggest import Speller, is_slip
from importer.template import Column, SheetRule, fold
from importer.template.own_sheets import FOLDED
from importer.template.patterns import Pattern, compiled
from importer.template.words import Index

ALIKE = 0.7
"""The least similarity of a misspelt heading to the known one."""

_LETTERS_LOST = 2
"""So many letters a slip may leave out or add; a part of a longer word is another word."""

SEARCHED = 60
"""How many rows of a sheet are searched for its headings."""

_BLANK, _FILLED = r"[\s\x{85}\pZ]", r"[^\s\x{85}\pZ]"
"""What is white space to Python and what is not, in RE2's language."""

_ANY = f"{_FILLED}.*?"

Folded = dict[str, None]
"""The folded texts of a row, in order."""


def find_header(head: Sequence[Sequence[Cell]], rule: SheetRule) -> tuple[Header, int] | None:
    """Return the heading row by a sheet's rule, and how many of the rule's headings it holds.

    It is the first that looks like one: a longer one below rows of data heads another table.
    """
    if not rule.header:
        return Header(0, ("",) * max((len(row) for row in head), default=0)), 0
    table = [texts(row) for row in head]
    found = heading_row([folded(row) for row in table], Names.of(rule))
    return (Header(found[0], table[found[0] - 1]), found[1]) if found else None


def texts(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return the cells of a row as headings are read; that of folded columns is none."""
    found = (visible(shown(cell)).strip() for cell in row)
    return tuple("" if text.startswith(FOLDED) else text for text in found)


def folded(row: Sequence[str]) -> Folded:
    """Return the texts of a row that may be headings, folded, in order; blanks are none."""
    found = dict.fromkeys(fold(text) for text in row if 0 < len(text) <= LONGEST_HEADING)
    found.pop("", None)
    return found


class Names(Struct, frozen=True):
    """The names of a rule's headings: folded name -> main heading; and which are required.

    `words` are those of other languages that count too.
    """

    mains: dict[str, str]
    required: frozenset[str]
    words: Index = field(default_factory=dict)

    @classmethod
    def of(cls, rule: SheetRule) -> Self:
        """Return the names of a sheet's rule, wildcard headings aside."""
        return cls(_names(rule), frozenset(needed(rule)))

    def meant(self, row: Folded) -> dict[str, str]:
        """Return the main heading of each text of a row that is known."""
        own = {text: self.mains[text] for text in row if text in self.mains}
        if self.words.keys().isdisjoint(row):
            return own
        foreign = in_other_languages(row, self.mains, self.words)
        return own | {text: self.mains[name] for text, name in foreign.items()}

    def found(self, row: Folded) -> set[str]:
        """Return the main headings among the folded texts of a row."""
        if not self.words:
            return {self.mains[name] for name in self.mains.keys() & row.keys()}
        return set(self.meant(row).values())


def heading_row(rows: Sequence[Folded], names: Names) -> tuple[int, int] | None:
    """Return the number of the heading row among rows of folded texts, and its known headings.

    Of heading rows that follow each other, the one with most headings counts. Where none looks
    like one, it is the row that holds most headings.
    """
    filled = [(number, row, names.found(row)) for number, row in enumerate(rows, start=1) if row]
    start = next((at for at, (_, row, _) in enumerate(filled) if _is_heading_row(row, names)), None)
    if start is None:
        near = [each for each in filled if each[2]]
    else:
        below = takewhile(lambda each: each[2] & names.required, filled[start + 1 :])
        near = [filled[start], *(each for each in below if _is_heading_row(each[1], names))]
    best = max(near, key=lambda each: len(each[2]), default=None)
    return (best[0], len(best[2])) if best else None


def _is_heading_row(row: Folded, names: Names) -> bool:
    """Return whether a row has all required headings, mostly known ones, or some side by side.

    Facts in pairs, as `Owner | Ann | Status | draft`, have none side by side.
    """
    found = names.found(row)
    if len(found) < 2:
        return False
    if 2 * len(found) > len(row) or (names.required and names.required <= found):
        return True
    meant = names.meant(row)
    known = [text in meant for text in row]
    return bool(names.required & found) and any(map(and_, known, known[1:]))


def matches(
    headings: Sequence[str], rule: SheetRule, words: Callable[[], Index] = dict
) -> dict[str, list[int]]:
    """Return the columns (0-based) of each main heading; wildcard headings never match here.

    The `words` of other languages are only asked for where a heading is not known without them.
    """
    names = Names.of(rule)
    row = folded(headings)
    strange = row.keys() - names.mains.keys() - not_imported(rule)
    meant = replace(names, words=words()).meant(row) if strange else names.meant(row)
    found: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        main = meant.get(fold(heading)) if heading else None
        if main is not None:
            found.setdefault(main, []).append(index)
    return found


def not_imported(rule: SheetRule) -> set[str]:
    """Return the headings, folded, of which a rule makes nothing.

    Where a letter says which of two columns of one heading is meant, nothing is made of the other.
    """
    lettered = (main for main, column in rule.columns.items() if column.letter)
    return set(map(fold, (*OWN_COLUMNS, *rule.ignored, *lettered)))


def _names(rule: SheetRule) -> dict[str, str]:
    """Return the main heading of each folded name."""
    names: dict[str, str] = {}
    for main, column in headed(rule).items():
        for name in column.names:
            if "*" not in name:
                names.setdefault(fold(name), main)
    return names


def headed(rule: SheetRule) -> dict[str, Column]:
    """Return every heading of a sheet's rule with the column rule that declares it."""
    found = rule.columns
    for entity in rule.entities:
        for column in entity.columns:
            for heading in column.headings:
                found.setdefault(heading, Column(heading=heading))
        if entity.each:
            found.setdefault(entity.each.heading, Column(heading=entity.each.heading))
    return found


def stated(rule: SheetRule) -> dict[str, str]:
    """Return the headings whose text the rule itself states, for every row, with that text."""
    columns = [column for entity in rule.entities for column in entity.columns if column.heading]
    read = {column.heading for column in columns if column.constant is None}
    return {one.heading: str(one.constant) for one in columns if one.heading not in read}


def needed(rule: SheetRule) -> dict[str, Column]:
    """Return the headings that a sheet must have, with their columns.

    What sections or the template itself say needs none.
    """
    columns = ((main, one) for main, one in headed(rule).items() if one.constant is None)
    return {main: one for main, one in columns if one.required and not one.in_sections}


def wild(
    column: Column, header: Header, owners: Sequence[str] = ()
) -> Iterator[tuple[int, Column]]:
    """Yield each heading that matches a wildcard: its column (0-based) and its column rule.

    `owners` are what the first wildcard stands for where it can, in their order.
    """
    for index, texts in filled(column, header, owners):
        path = filled_in(column.path or "", [text.replace(".", DOT) for text in texts])
        yield index, replace(column, heading=header.headings[index], aliases=(), path=path)


def filled_in(pattern: str, texts: Iterable[str]) -> str:
    """Return a pattern with texts at its wildcards, whatever these hold."""
    left = iter(texts)
    return "".join(next(left, "*") if one == "*" else one for one in re.split(r"(\*)", pattern))


def filled(
    column: Column, header: Header, owners: Sequence[str] = ()
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the column of each heading that matches a wildcard, and its texts at the wildcards."""
    names = [name for name in column.names if "*" in name] if column.path else []
    for index, heading in enumerate(header.headings) if names else ():
        texts = next((t for name in names if (t := _fill(name, heading, owners))), None)
        if texts:
            yield index, texts


def _fill(name: str, heading: str, owners: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of a heading at a name's wildcards, ignoring case and blanks."""
    for owner in (one for one in owners if one in heading):
        match = _pattern(name, owner).fullmatch(heading)
        if match and match.groups()[0] == owner:
            return match.groups()
    match = _pattern(name).fullmatch(heading)
    return match.groups() if match else ()


@lru_cache
def _pattern(name: str, owner: str = "") -> Pattern:
    """Return the pattern of a name; RE2, since it may have any number of wildcards.

    `owner` is what the first of them must be, if anything.
    """
    first, *others = (f"{_BLANK}*".join(map(re.escape, part.split())) for part in name.split("*"))
    texts = [re.escape(owner) or _ANY, *(_ANY for _ in others[1:])]
    groups = (
        f"{_BLANK}*({text}){_BLANK}*{piece}" for text, piece in zip(texts, others, strict=True)
    )
    return compiled("(?i)" + first + "".join(groups))


def nearest_word(speller: Speller, word: str) -> str | None:
    """Return the word of another language that a heading, folded, is a slip for.

    There are many words: one that is only like a heading, or a part of it, is another word.
    """
    near = speller.nearest(word)
    if near is None or abs(len(near) - len(word)) > _LETTERS_LOST:
        return None
    return near if is_slip(word, near) else None


def own_columns(header: Header) -> list[int]:
    """Return the columns (0-based) that an earlier report of ours has added."""
    places = (own_column(header, name) for name in OWN_COLUMNS)
    return [index for index in places if index is not None]


def own_column(header: Header, name: str) -> int | None:
    """Return the 0-based column of a heading that our reports write, None where it is absent."""
    folded = [fold(heading) for heading in header.headings]
    return folded.index(fold(name)) if fold(name) in folded else None
