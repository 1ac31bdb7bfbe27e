"""Text in, text that no spreadsheet takes for a formula or an error out; and the way back.

A workbook says which cells are text; a text file cannot. There an apostrophe before such a text
says so, as it does where somebody types into a cell. Each apostrophe added is one taken away.
"""

from __future__ import annotations

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins with one of these may be run as a formula."""

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
DEFUSED = re.compile(r"'[=+\-@\t\r]|#[A-Z¡¿]")
"""What a text file that holds defused texts or errors contains somewhere."""

ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!",
    "#NV", "#BEZUG!", "#WERT!", "#ZAHL!",
    "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
    "#N/D", "#¡REF!", "#¡VALOR!", "#¡DIV/0!", "#¿NOMBRE?", "#¡NUM!", "#¡NULO!",
})  # fmt: skip
"""What Excel writes into a text file for a cell with an error: in English, and where it is set to
German, French or Spanish in that language."""


def is_error(text: str) -> bool:
    """Whether a cell of a text file holds an error."""
    return text.strip() in ERRORS


def _is_marked(text: str) -> bool:
    """Whether a text, apostrophes left aside, is one that a spreadsheet would not take for text."""
    return bool(_RISKY.match(text)) or is_error(text.lstrip("'"))


def defused(text: str) -> str:
    """The text as a text file holds it; numbers stay as they are."""
    risky = _is_marked(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def as_meant(text: str) -> str:
    """The inverse of `defused`."""
    return text[1:] if text.startswith("'") and _is_marked(text) else text
