"""Numbers written as text: which numbers a text may mean, by the mark before decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite

from importer.template import Column

Number = int | float
Readings = dict[str, Number]
"""What a text may mean, by the mark before its decimals."""

DOT, COMMA = MARKS = (".", ",")
_BLANKS, _APOSTROPHES = " \xa0\u2009\u202f", "'\u2019"
WHOLE = range(-(2**63), 2**63)
"""The whole numbers of 64 bits."""
LONGEST = 100
"""How many characters a number may have as text."""


class NumberForms:
    """The forms that the numbers of a column may have as text."""

    def __init__(self, column: Column) -> None:
        marks = [m for m in MARKS if column.decimal in ("", m) and column.thousands != m]
        self._patterns = {mark: _pattern(mark, _parts(mark, column.thousands)) for mark in marks}
        self._money = _money(column.currency)
        self.declared = len(marks) == 1

    def readings(self, text: str) -> Readings:
        """Return the numbers that a text may mean; none where it is no number."""
        text = text.strip().replace("\u2212", "-")
        if len(text) > LONGEST:
            return {}
        if self._money and (money := self._money.fullmatch(text)):
            text = "".join(money.groups())
        if text.endswith(".") and text[:-1].lstrip("+-").isdigit():
            text = text[:-1]  # says nothing of what stands before decimals
        found = {}
        for mark, pattern in self._patterns.items():
            match = pattern.fullmatch(text)
            number = _value(match, mark) if match else None
            if number is not None:
                found[mark] = number
        return found


def plain_number(number: Number) -> str:
    """Return a number as it is written without any doubt: `1240.5`, and not `1e-05`."""
    text = format(number, "d" if isinstance(number, int) else ".15g")
    return format(Decimal(text), "f") if "e-" in text else text


def _parts(mark: str, thousands: str) -> str:
    """Return the characters that may part thousands."""
    if thousands:
        return {" ": _BLANKS, "'": _APOSTROPHES}.get(thousands, thousands)
    return (COMMA if mark == DOT else DOT) + _BLANKS + _APOSTROPHES


def _pattern(mark: str, parts: str) -> re.Pattern[str]:
    """Return the pattern of a number; with commas, thousands may also be parted as in India."""
    decimals = r"\.\d*" if mark == DOT else r",\d+"
    plain = rf"(?=[.,]?\d)\d*(?:{decimals})?(?:[eE][+-]?\d+)?"
    grouped = rf"[1-9]\d{{0,2}}(?P<part>[{parts}])\d{{3}}(?:(?P=part)\d{{3}})*(?:[{mark}]\d+)?"
    pair = COMMA if COMMA in parts else "(?!)"
    indian = rf"[1-9]\d?(?:(?P<pair>{pair})\d\d)+,\d{{3}}(?:[{mark}]\d+)?"
    return re.compile(rf"[+-]?(?:{grouped}|{indian}|{plain})")


def _money(signs: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return the pattern of a number with one of these signs before or behind it."""
    if not signs:
        return None
    sign = "|".join(map(re.escape, signs))
    return re.compile(rf"([+-]?)\s*(?:{sign})?\s*([+-]?\S.*?)\s*(?:{sign})?", re.IGNORECASE)


def _value(match: re.Match[str], mark: str) -> Number | None:
    """Return the number, None where it is too large to be sent."""
    digits = match[0].replace(match["part"] or match["pair"] or " ", "").replace(mark, DOT)
    number = float(digits)
    if abs(number) < 1e15:
        return int(number) if number == int(number) else number
    return _large(digits) if isfinite(number) else None


def _large(digits: str) -> Number:
    """Return a number with all its digits if it is a whole one of 64 bits."""
    exact = Decimal(digits)
    is_long = WHOLE.start <= exact < WHOLE.stop and exact == exact.to_integral_value()
    return int(exact) if is_long else float(digits)
