"""Reads the numbers of a column: what a text may mean, decided by all texts of the column."""

from __future__ import annotations

import re
from math import inf
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.conversion.number_hints import unit_hint
from importer.mapping.conversion.numbers import (
    COMMA,
    DOT,
    LONGEST,
    MARKS,
    WHOLE,
    Number,
    NumberForms,
    Readings,
    plain_number,
)
from importer.mapping.conversion.survey import ColumnTexts
from importer.mapping.conversion.values import Fault, shown
from importer.model import Cell
from importer.suggest import listed
from importer.template import Column
from importer.template.expectation import KEYWORD, Expectation
from importer.template.paths import Schema

_EXAMPLES = 3
_WORDS = {DOT: "a dot", COMMA: "a comma"}


class NumberEvidence:
    """What the texts of a column show of the marks in its numbers.

    A text with one reading shows its mark. Failing that, whole numbers below a thousand beside
    `12.500` show that its mark parts thousands: as decimals its zeros would have been left out, and
    where only whole numbers are expected (`is_whole`) there are none.
    """

    def __init__(self, *, is_whole: bool) -> None:
        self.shows: dict[str, list[str]] = {DOT: [], COMMA: []}
        self.unclear: list[str] = []
        self._counts = {DOT: 0, COMMA: 0}
        self._marks: set[str] = set()
        self._drops_zeros = is_whole
        self._bare: set[bool] = set()

    def add(self, text: str, readings: Readings) -> None:
        """Add a text and what it may mean."""
        if len(set(readings.values())) > 1:
            self._add_unclear(text)
        elif len(readings) == 1:
            mark = next(iter(readings))
            self._counts[mark] += 1
            self.shows[mark] = self.shows[mark] or [text]
        elif readings and text.lstrip("+-").isdigit():
            self._bare.add(abs(readings[DOT]) < 1000)

    def _add_unclear(self, text: str) -> None:
        self._marks |= {mark for mark in MARKS if mark in text}
        self._drops_zeros = self._drops_zeros or text.endswith("0")
        if text not in self.unclear and len(self.unclear) < _EXAMPLES:
            self.unclear.append(text)

    @property
    def prefers_dots(self) -> bool:
        """Return whether texts show a dot before decimals, and no more of them a comma."""
        return self._counts[DOT] > 0 and self._counts[DOT] >= self._counts[COMMA]

    @property
    def mark(self) -> str:
        """Return what stands before decimals in the whole column; empty: nobody can say."""
        seen = [mark for mark in MARKS if self._counts[mark]]
        if not seen and self._drops_zeros and self._bare == {True} and len(self._marks) == 1:
            return COMMA if DOT in self._marks else DOT
        return seen[0] if len(seen) == 1 else ""


class NumberColumn:
    """The reader of a column's numbers.

    A dot before decimals is read at once. A text with a comma, or with one mark and three digits
    behind it, is read as the other texts of the column demand and the bounds of the field.
    """

    def __init__(self, column: Column, node: Schema, texts: ColumnTexts) -> None:
        self._forms = NumberForms(column)
        self._signs = column.currency
        self._low, self._high = node.get("minimum", -inf), node.get("maximum", inf)
        expects_whole = node.get(KEYWORD) == Expectation.WHOLE_NUMBER
        self._evidence = NumberEvidence(is_whole=column.type == "integer" or expects_whole)
        self._texts = texts
        texts.watch(self)

    def __call__(self, cell: Cell) -> Any:
        """Return the number in a cell, or a Fault."""
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return int(cell) if float(cell).is_integer() and int(cell) in WHOLE else cell
        text = shown(cell).strip()
        found = self._readings(text) if isinstance(cell, str) else {}
        if not found:
            return self._no_number(text)
        numbers = set(found.values())
        if len(numbers) == 1 and (DOT in found or self._forms.declared):
            return numbers.pop()
        self._texts.show(text, self)
        return self._by_column(text, found)

    def take(self, text: str) -> None:
        """Note what a text of the column shows."""
        text = text.strip()
        self._evidence.add(text, self._readings(text))

    def _readings(self, text: str) -> Readings:
        """Return what a text may mean, without what the field cannot hold if that settles it."""
        found = self._forms.readings(text)
        if len(set(found.values())) < 2:
            return found
        return {m: n for m, n in found.items() if self._low <= n <= self._high} or found

    def _by_column(self, text: str, found: Readings) -> Any:
        """Return the number that the other texts of the column make of a text."""
        if len(found) == 1:
            number = found[COMMA]
            return self._stray(text, number) if self._evidence.prefers_dots else number
        mark = self._evidence.mark
        return found[mark] if mark else self._ambiguous()

    def _no_number(self, text: str) -> Fault:
        near, end = self._near(text), unit_hint(text, self._signs)
        if not end and self._forms.declared and near:
            end = ", as the mapping says that they are written"
        return Fault(FindingCode.NOT_A_NUMBER, f"`{text}` is not a number{end}.", near)

    def _near(self, text: str) -> str | None:
        """Return the number that a text may mean, if the field may hold it."""
        number = self._likely(text)
        fits = number is not None and self._low <= number <= self._high
        return plain_number(number) if number is not None and fits else None

    def _likely(self, text: str) -> Number | None:
        """Return the number that a text may mean; S and W are below 0 in a coordinate."""
        around, match = _COMPASS.get((self._low, self._high)), _LETTERED.fullmatch(text)
        if not (around and match):
            return _likely(text)
        letter = (match[1] or match[2]).upper()
        number = _likely(text.strip(f"{letter}{letter.lower()} "))
        if not number:
            return number
        if letter not in around or number < 0:
            return None
        return -number if letter == around[1] else number

    def _stray(self, text: str, number: Number) -> Fault:
        other = self._evidence.shows[DOT][0]
        words = (
            f"`{text}` has a comma before its decimals, and `{other}` has a dot: write all alike."
        )
        return Fault(FindingCode.NOT_A_NUMBER, words, plain_number(number))

    def _ambiguous(self) -> Fault:
        both = [f"`{texts[0]}`" for texts in self._evidence.shows.values() if texts]
        why = f"the column has {' and '.join(both)}" if both else "nothing in the column says which"
        message = (
            f"{listed(self._evidence.unclear)} may have decimals or thousands behind the mark, and "
            f"{why}: make them real numbers, or declare `decimal` or `thousands` for the column."
        )
        return Fault(FindingCode.AMBIGUOUS_NUMBER, message, of_column=True)


_ANY_FORM = NumberForms(Column())
_COMPASS = {(-90, 90): "NS", (-180, 180): "EW"}
"""The letters beside a coordinate, that for numbers below 0 second, by the bounds of its field."""

_LETTERED = re.compile(r"([A-Za-z])\s*[^A-Za-z]+|[^A-Za-z]+([A-Za-z])")
_MINUS_BEHIND = re.compile(r"\d\s*[-\u2212]\Z")


_CORE = re.compile(r"(?:[^\d+.,-]*[^\w+.,-]|[A-Z]{3})?([\d+.,-].*\d|\d)[^\d%]*")
"""A number and what stands around it: `m2` is none, `EUR 5` and `EUR5` are."""

_IN_BRACKETS = re.compile(r"\(\W*?(\d.*\d|\d)\W*\)")
"""A number below zero, as accountants write it: `(500)`, `($500)`."""


def _likely(text: str) -> Number | None:
    """Return the number in a text without what stands around it: a unit, brackets for a minus."""
    if len(text) > LONGEST:
        return None
    text = re.sub(r"^\u2013(?=[\d.,])", "-", text)
    in_brackets = (text[:1], text[-1:]) == ("(", ")")
    core = (_IN_BRACKETS if in_brackets else _CORE).fullmatch(text)
    numbers = set(_ANY_FORM.readings(core[1]).values()) if core else set()
    if len(numbers) != 1:
        return None
    number = numbers.pop()
    return -abs(number) if in_brackets or _MINUS_BEHIND.search(text) else number
