"""What a number format says about the values of its cells: dates, times, numbers or text."""

from __future__ import annotations

import re

GENERAL, TEXT = "General", "@"

BUILT_IN = {
    "0": GENERAL, "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
    "11": "0.00E+00", "12": "# ?/?", "13": "# ??/??", "14": "m/d/yyyy", "15": "d-mmm-yy",
    "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm",
    "21": "h:mm:ss", "22": "m/d/yy h:mm", "37": "#,##0", "38": "#,##0", "39": "#,##0.00",
    "40": "#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0", "48": "##0.0E+0",
    "49": TEXT, **dict.fromkeys(map(str, (*range(27, 37), *range(50, 59))), "yyyy/m/d"),
}  # fmt: skip
"""ECMA-376 part 1, 18.8.30: the formats that no workbook spells out. 27 to 36 and 50 to 58 are
dates in East Asian Excel."""

_ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE = re.compile("[dmyhs]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_PADDED = re.compile(r"[^.0#?]*0[0 ()+-]*0")


def is_date(code: str) -> bool:
    """Return whether a number in that format is shown as a date or a time."""
    return code != GENERAL and _DATE.search(_codes(code)) is not None


def counts_hours(code: str) -> bool:
    """Return whether the format shows a length of time, which may be over a day."""
    return _ELAPSED.search(_codes(code)) is not None


def is_numeric(code: str) -> bool:
    """Return whether the format shows digits, and no date."""
    return not is_date(code) and re.search("[0#?]", _codes(code)) is not None


def is_padded(code: str) -> bool:
    """Return whether the format shows leading zeros, which belong to the value as it is read."""
    return not is_date(code) and _PADDED.match(_codes(code)) is not None


def pads_to(code: str) -> int:
    """Return how many digits a format of zeros only shows at least, 0 for any other format."""
    return len(code) if code.strip("0") == "" else 0


def _codes(code: str) -> str:
    """Return the format of positive numbers, without quoted signs, gaps, colours and languages."""
    return _ASIDE.sub("", code).partition(";")[0]
